from collections.abc import Callable
from typing import Any

import pandas as pd

from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]


class TestOutages:
    def test_cross_midnight_a_month_and_each_other(self, sent_rows: SentRows) -> None:
        rows = {row["outage_id"]: row for row in sent_rows("outages")}
        month, midnight = rows["OUT-EDGE-4"], rows["OUT-EDGE-5"]

        assert (month["from_at"][:7], month["to_at"][:7]) == ("2021-06", "2021-07")
        assert midnight["from_at"][:10] < midnight["to_at"][:10]
        assert rows["OUT-EDGE-6"]["from_at"] < rows["OUT-EDGE-7"]["from_at"] < rows["OUT-EDGE-6"]["to_at"]

    def test_are_forgiven_only_where_somebody_agreed(self, sent_rows: SentRows) -> None:
        rows = {row["outage_id"]: row for row in sent_rows("outages")}

        assert (rows["OUT-EDGE-8"]["planned"], bool(rows["OUT-EDGE-8"]["agreed_by"])) == ("yes", True)
        assert (rows["OUT-EDGE-10"]["planned"], bool(rows["OUT-EDGE-10"]["agreed_by"])) == ("yes", False)

    def test_count_real_minutes_over_the_nights_the_clocks_change(self, planted: Planted) -> None:
        lost = {
            row.period: row.denominator - row.numerator
            for row in planted.truth.figures
            if row.measure == "CPM6"
        }

        # The monthly outage, and 00:30 to 02:30 on the wall: three hours in October, one in March.
        assert lost["2020-10"] == 30 + 180
        assert lost["2021-03"] == 55 + 60


class TestRegister:
    def test_balances_every_month_and_ages_what_is_older_than_the_limit(self, planted: Planted) -> None:
        july = planted.truth.rolls[-1]

        assert all(r.open_at_start + r.opened - r.resolved == r.open_at_end for r in planted.truth.rolls)
        assert july.aged == 1  # of two that stay open, one is exactly at the limit


class TestRollForward:
    def test_balances_and_counts_what_is_old(self, planted: Planted, evidence: Any) -> None:
        rows = evidence.rows["rdp_incidents"]
        opened, resolved = rows["opened_at__day"], rows["resolved_at__day"]

        for roll in planted.truth.rolls:
            month = pd.Period(roll.period, freq="M")
            last = month.end_time.normalize()
            still = (opened <= last) & ~(resolved <= last)
            assert roll.open_at_start + roll.opened - roll.resolved == roll.open_at_end == int(still.sum())
            assert roll.opened == int(opened.between(month.start_time, last).sum())
            assert roll.aged == int((still & ((last - opened).dt.days > 30)).sum())

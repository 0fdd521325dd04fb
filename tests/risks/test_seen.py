from typing import Any

import pytest

from tallystick.parties.models import Organisation
from tallystick.risks.seen import counted
from tallystick.runs.models import Figure
from tests.cases.cast import common, landed, run_of, withdrawn
from tests.risks.cast import CODE, Cast


def figure(party: Organisation | None, period: str = "2021-07", **told: Any) -> Figure:
    run = run_of(period)
    said = {
        "measure": "AREA-B",
        "kind": "share",
        "group_key": f"party={party.slug}" if party else "",
        "numerator": 9,
        "denominator": 10,
        "state": "met",
        "told": {},
        **common(party),
        **told,
    }
    row = Figure(run=run, place=Figure.objects.count(), period=period, **said)
    row.save()
    return row


class TestCounting:
    def test_counts_a_month_of_a_party_once(self, cast: Cast) -> None:
        for party in (cast.alfa, cast.brvo, None):
            figure(party)
        figure(cast.alfa, measure="AREA-C")
        finding = landed(cast.alfa)

        found = counted(CODE, ["AREA-B", "AREA-C"])

        assert found is not None
        assert (found.seen, found.found, found.findings) == (2, 1, (finding.reference,))

    @pytest.mark.usefixtures("cast")
    def test_counts_the_months_of_what_grades_no_party(self) -> None:
        figure(None, "2021-06", measure="CPM4")
        figure(None, "2021-07", measure="CPM4")

        found = counted(CODE, ["CPM4"])

        assert found is not None
        assert (found.seen, found.found, found.first, found.last) == (2, 0, "2021-06", "2021-07")

    def test_leaves_out_what_is_old_empty_or_withdrawn(self, cast: Cast) -> None:
        months = [f"2020-{month:02}" for month in range(7, 13)] + [
            f"2021-{month:02}" for month in range(1, 8)
        ]
        for month in months:
            figure(cast.alfa, month)
        figure(cast.brvo, denominator=0)
        withdrawn(landed(cast.alfa))
        landed(cast.alfa, "2020-07")

        found = counted(CODE, ["AREA-B"])

        assert found is not None
        assert (found.seen, found.found, found.first) == (12, 0, "2020-08")

    def test_tells_nothing_where_nothing_was_seen(self, cast: Cast) -> None:
        figure(cast.alfa)

        assert counted(CODE, []) is None
        assert counted(CODE, ["AREA-C"]) is None

from collections.abc import Callable

from tallystick.demo.plant.cast import CHANGED_ON, CHANGING_AREA
from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]


class TestCoverage:
    def test_changes_in_one_area_on_one_day(self, sent_rows: SentRows) -> None:
        rows = [row for row in sent_rows("coverage", "changed") if row["area"] == CHANGING_AREA]

        assert {(row["from_on"], row["until_on"]) for row in rows} == {
            (f"{CHANGED_ON}", ""),
            ("2019-01-01", f"{CHANGED_ON}"),
        }


class TestInstalls:
    def test_connect_in_a_later_file_where_they_connected_later(self, sent_rows: SentRows) -> None:
        settled = {row["install_id"]: row for row in sent_rows("hub_installs", "settled")}
        before = {row["install_id"]: row for row in sent_rows("hub_installs", "history")}

        learnt = [key for key, row in settled.items() if key in before and row != before[key]]

        assert learnt
        assert {before[key]["connected_at"] for key in learnt} == {""}
        assert all(settled[key]["connected_at"] > "2021-07-12" for key in learnt)

    def test_are_of_every_outcome(self, sent_rows: SentRows) -> None:
        assert {row["outcome"] for row in sent_rows("hub_installs")} == {
            "install_success",
            "no_sm_wan",
            "faulty",
            "abandoned",
        }


class TestReturns:
    def test_of_a_party_stand_in_its_own_file_alone(self, planted: Planted, sent_rows: SentRows) -> None:
        own = {file.party: file for file in planted.truth.files if file.party}

        for party, file in own.items():
            rows = sent_rows("hub_returns", file.file)
            assert {row["party"] for row in rows} == {party}
        assert own["Dovecote Energy"].received_at > own["Alderbrook Energy"].received_at

    def test_are_still_open_where_their_days_run(self, planted: Planted) -> None:
        (still_open,) = (
            row.open
            for row in planted.truth.figures
            if (row.measure, row.period, row.group) == ("AREA-G", "2021-07", "")
        )

        assert still_open


class TestDeliveries:
    def test_come_late_to_the_north_in_july(self, planted: Planted) -> None:
        (july,) = (
            row
            for row in planted.truth.figures
            if (row.measure, row.period) == ("CSPN-HUB-ON-TIME", "2021-07")
        )

        assert july.numerator * 2 < july.denominator

from pathlib import Path

import pytest

from tallystick.rulebook.rulebook import Rulebook
from tests.month.working import figure, payload, stated, world

START = "2021-07-01T10:00:00+01:00"


class TestWhole:
    def test_takes_the_report_where_it_is_official_and_keeps_the_computed_beside_it(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        evidence = {
            "firmware_payloads": [payload("P1", START, 1), payload("P2", START, 500)],
            "reported": [stated("CSPN-PM2", numerator="2", denominator="2", commentary="All well")],
        }

        assessed = world(sec, tmp_path, evidence, measures=["CSPN-PM2"])

        found = figure(assessed, "CSPN-PM2")
        assert (found.numerator, found.denominator, found.state) == (2, 2, "met")
        assert {"disputed", "incomplete"} <= set(found.flags)
        (finding,) = [one for one in assessed.findings if one.state == "disputed"]
        assert finding.obligation == "RPT-PMR"

    @pytest.mark.parametrize(
        ("cells", "state", "share"),
        [
            ({"share": "97.13"}, "below_target", "97.13"),
            ({"share": "99"}, "met", "99"),
            ({"share": "97.13", "status": "Performance measurement not reported"}, "not_reported", "97.13"),
            ({"status": "above Target"}, "met", None),
            ({"numerator": "0", "denominator": "0"}, "no_events", None),
            ({"numerator": "98996", "denominator": "100000"}, "below_target", "99.00"),
        ],
    )
    def test_lets_the_words_of_a_report_win_over_its_number(
        self, sec: Rulebook, tmp_path: Path, cells: dict[str, str], state: str, share: str | None
    ) -> None:
        assessed = world(sec, tmp_path, {"reported": [stated("CPM1", **cells)]}, measures=["CPM1"])

        found = figure(assessed, "CPM1")
        assert (found.state, found.share) == (state, share)

    def test_adds_the_parts_of_a_roll_up_and_leaves_out_what_was_not_received(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        evidence = {
            "firmware_payloads": [
                payload("P1", START, 1),
                payload("P2", START, 500),
                payload("P3", START, 1, "CSPC"),
            ]
        }

        assessed = world(sec, tmp_path, evidence, measures=["CPM1", "CSPN-PM2", "CSPC-PM2", "CSPS-PM2"])

        assert (figure(assessed, "CPM1").numerator, figure(assessed, "CPM1").denominator) == (2, 3)
        assert figure(assessed, "CSPS-PM2").state == "no_events"
        assert "incomplete" in figure(assessed, "CPM1").flags

    def test_is_provisional_while_an_event_is_open(self, sec: Rulebook, tmp_path: Path) -> None:
        evidence = {"firmware_payloads": [payload("P1", START, 1), payload("P2", START, None)]}

        early = world(sec, tmp_path / "early", evidence, measures=["CSPN-PM2"], known_on="2021-07-03")
        late = world(sec, tmp_path / "late", evidence, measures=["CSPN-PM2"], known_on="2021-07-30")

        assert (figure(early, "CSPN-PM2").denominator, figure(early, "CSPN-PM2").open) == (1, 1)
        assert "provisional" in figure(early, "CSPN-PM2").flags
        assert (figure(late, "CSPN-PM2").denominator, figure(late, "CSPN-PM2").open) == (2, 0)
        assert "provisional" not in figure(late, "CSPN-PM2").flags

    def test_marks_what_rests_on_an_unverified_level(self, sec: Rulebook, tmp_path: Path) -> None:
        assessed = world(sec, tmp_path, {"reported": [stated("CPM1", share="99.5")]}, measures=["CPM1"])

        found = figure(assessed, "CPM1")
        assert not found.verified
        assert "unverified" in found.flags

    def test_counts_the_months_on_one_side_of_the_level(self, sec: Rulebook, tmp_path: Path) -> None:
        months = {"2021-04": "99.9", "2021-05": "95", "2021-06": "97", "2021-07": "97.5"}
        rows = [stated("CPM1", period, share=share) for period, share in months.items()]

        found = figure(world(sec, tmp_path, {"reported": rows}, measures=["CPM1"]), "CPM1")

        assert found.run is not None
        assert (found.run.side, found.run.periods, found.run.since) == ("below_target", 3, "2021-05")
        assert found.above_minimum is not None
        assert found.above_minimum.periods == 2
        assert found.change == "+0.50"

    def test_flags_a_register_that_does_not_follow_from_the_month_before(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        counts = {"report": "RPT-RDP", "measure": "RDP-ROLL"}
        rows = [
            {**counts, "period": "2021-07", "opened": "3", "resolved": "1", "open_at_end": "7"},
            {**counts, "period": "2021-08", "opened": "8", "resolved": "12", "open_at_end": "4"},
        ]

        assessed = world(sec, tmp_path, {"reported": rows}, measures=["RDP-ROLL"], period="2021-08")

        found = figure(assessed, "RDP-ROLL")
        assert found.detail["unbalanced_by"] == -1
        assert "unbalanced" in found.flags
        assert [one.state for one in assessed.findings] == ["unbalanced"]

    def test_knows_what_must_have_been_open_at_the_start(self, sec: Rulebook, tmp_path: Path) -> None:
        row = {
            "report": "RPT-RDP",
            "measure": "RDP-ROLL",
            "opened": "8",
            "resolved": "12",
            "open_at_end": "4",
        }

        assessed = world(
            sec,
            tmp_path,
            {"reported": [{**row, "period": "2021-08"}]},
            measures=["RDP-ROLL"],
            period="2021-08",
        )

        assert figure(assessed, "RDP-ROLL").detail["open_at_start"] == 8


class TestPart:
    def test_splits_a_figure_so_that_its_parts_add_up(self, sec: Rulebook, tmp_path: Path) -> None:
        request = {"mode": "on_demand", "received_at": START, "region": "north"}
        rows = [
            {**request, "request_id": "1", "srv": "1.1.1", "party": "ALFA", "delivered_at": START},
            {**request, "request_id": "2", "srv": "1.1.1", "party": "BRVO", "delivered_at": START},
            {**request, "request_id": "3", "srv": "1.1.1", "party": "BRVO"},
        ]

        assessed = world(sec, tmp_path, {"service_requests": rows}, measures=["DSP-PM1.4"], group=["party"])

        found = {one.group["party"]: one for one in assessed.figures if one.group}
        assert {name: (one.numerator, one.denominator) for name, one in found.items()} == {
            "ALFA": (1, 1),
            "BRVO": (1, 2),
        }
        assert figure(assessed, "DSP-PM1.4").denominator == 3

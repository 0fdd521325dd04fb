from pathlib import Path
from typing import Any

from tallystick.month.raising import identity
from tallystick.rulebook.rulebook import Rulebook
from tests.month.working import payload, stated, world

DAY = "2021-07-01T10:00:00+01:00"


def event(name: str, activity: str, at: str, party: str = "ALFA") -> dict[str, Any]:
    return {
        "event_id": f"{name}-{activity}",
        "device_id": name,
        "device_kind": "esme",
        "party": party,
        "activity": activity,
        "at": at,
    }


class TestRaised:
    def test_finds_each_party_by_its_own_figure(self, sec: Rulebook, tmp_path: Path) -> None:
        events = [
            event("D1", "commissioned", DAY),
            event("D2", "commissioned", DAY, "BRVO"),
            event("D2", "certificates_recycled", "2021-07-02T10:00:00+01:00", "BRVO"),
        ]

        assessed = world(sec, tmp_path, {"device_events": events}, measures=["AREA-D1"])

        (finding,) = assessed.findings
        assert (finding.subject, finding.numerator, finding.denominator) == ("ALFA", 0, 1)
        assert (finding.area, finding.obligation, finding.exceptions) == ("d", "OBL-AREA-D", 1)
        assert [line.key for line in finding.lines] == ["D1-commissioned"]
        assert finding.evidence

    def test_says_since_when_a_party_has_fallen_short(self, sec: Rulebook, tmp_path: Path) -> None:
        events = [
            event("D0", "commissioned", "2021-04-01T10:00:00+01:00"),
            event("D0", "certificates_recycled", "2021-04-02T10:00:00+01:00"),
            event("D1", "commissioned", "2021-05-01T10:00:00+01:00"),
            event("D2", "commissioned", DAY),
        ]

        (finding,) = world(sec, tmp_path, {"device_events": events}, measures=["AREA-D1"]).findings

        assert finding.first_seen == "2021-05"

    def test_raises_at_the_first_exception_where_nothing_is_tolerated(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        meter = {"device_kind": "esme", "mpxn": "M1", "party": "ALFA", "model": "X", "firmware": "1"}
        rows = [
            {**meter, "device_id": f"D{number}", "from_at": DAY, "mpxn": f"M{number}"}
            for number in range(200)
        ]
        rows.append({**meter, "device_id": "E1", "from_at": "2021-07-02T10:00:00+01:00", "mpxn": "M1"})

        (finding,) = world(sec, tmp_path, {"inventory": rows}, measures=["AREA-E1"]).findings

        assert (finding.subject, finding.exceptions, finding.denominator) == ("ALFA", 1, 201)

    def test_raises_none_for_a_duty_that_is_not_pursued_but_says_so(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        row = {
            "report": "RPT-SRV",
            "measure": "SR-VARIANCE",
            "period": "2021-07",
            "numerator": "10",
            "denominator": "100",
        }

        assessed = world(sec, tmp_path, {"reported": [row]}, measures=["SR-VARIANCE"])

        assert assessed.findings == ()
        assert "suspended" in assessed.figures[0].flags

    def test_raises_none_for_a_figure_kept_for_service_credits(self, sec: Rulebook, tmp_path: Path) -> None:
        assessed = world(
            sec, tmp_path, {"reported": [stated("CSPN-PM6.3", share="10")]}, measures=["CSPN-PM6.3"]
        )

        assert assessed.findings == ()

    def test_finds_a_figure_below_target_without_a_word_of_explanation(
        self, sec: Rulebook, tmp_path: Path
    ) -> None:
        rows = [stated("CPM1", share="97.13"), stated("CPM2", share="97.13", commentary="Firmware")]

        assessed = world(sec, tmp_path, {"reported": rows}, measures=["CPM1", "CPM2"])

        silent = [one for one in assessed.findings if one.state == "no_commentary"]
        assert [(one.measure, one.obligation, one.subject) for one in silent] == [("CPM1", "RPT-PMR", "DCC")]

    def test_finds_a_provider_below_its_level(self, sec: Rulebook, tmp_path: Path) -> None:
        rows = [payload("P1", DAY, 121), payload("P2", DAY, 120)]

        assessed = world(sec, tmp_path, {"firmware_payloads": rows}, measures=["CSPN-PM2"])

        (finding,) = assessed.findings
        assert (finding.subject, finding.state) == ("CSPN", "below_minimum")
        assert [line.key for line in finding.lines] == ["CSPN|P1"]


class TestIdentity:
    def test_is_the_same_for_the_same_shortfall_and_no_other(self) -> None:
        first = identity("sec", "2021-07", ("O", "M", "ALFA"), {})

        assert first == identity("sec", "2021-07", ("O", "M", "ALFA"), {})
        others = {
            identity("rec", "2021-07", ("O", "M", "ALFA"), {}),
            identity("sec", "2021-08", ("O", "M", "ALFA"), {}),
            identity("sec", "2021-07", ("O", "MA", "LFA"), {}),
            identity("sec", "2021-07", ("O", "M", "ALFA"), {"region": "north"}),
        }
        assert len(others) == 4
        assert first not in others

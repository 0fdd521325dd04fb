from pathlib import Path
from typing import Any

from tallystick.month.drilling import Drilled, columns, drilled, is_of_parties
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.test_known import known
from tests.month.working import payload

JULY = Span.parse("2021-07")


def request(name: str, region: str, party: str, day: int, seconds: int) -> dict[str, Any]:
    """Return a request that was sent on within so many seconds."""
    at = f"2021-07-{day:02}T10:00"
    return {
        "request_id": name,
        "srv": "7.4",
        "mode": "on_demand",
        "party": party,
        "region": region,
        "received_at": f"{at}:00Z",
        "forwarded_at": f"{at}:{seconds:02}Z",
        "answered_at": f"{at}:{seconds:02}Z",
        "delivered_at": f"{at}:{seconds:02}Z",
        "outcome": "success",
    }


REQUESTS = [
    request("R1", "north", "ALFA", 1, 1),
    request("R2", "north", "BRVO", 1, 9),
    request("R3", "south", "ALFA", 2, 1),
]


def of(found: tuple[Drilled, ...], measure: str) -> dict[str, list[tuple[Any, ...]]]:
    """Return what a measure is broken down into: labels with their counts, by column."""
    return {
        one.column: [
            (figure.group[one.column], figure.numerator, figure.denominator) for figure in one.figures
        ]
        for one in found
        if one.measure == measure
    }


class TestDrilled:
    def test_has_every_column_that_names_no_party_and_makes_two(self, sec: Rulebook, tmp_path: Path) -> None:
        found = drilled(known(sec, tmp_path, service_requests=REQUESTS), JULY)

        assert of(found, "DSP-PM1.1") == {
            "region": [("north", 1, 2), ("south", 1, 1)],
            "day": [("2021-07-01", 1, 2), ("2021-07-02", 1, 1)],
        }

    def test_grades_each_part_by_the_level_of_the_whole(self, sec: Rulebook, tmp_path: Path) -> None:
        found = drilled(known(sec, tmp_path, service_requests=REQUESTS), JULY)

        (regions,) = [one for one in found if (one.measure, one.column) == ("DSP-PM1.1", "region")]
        assert [one.state for one in regions.figures] == ["below_minimum", "met"]

    def test_adds_the_days_of_a_roll_up(self, sec: Rulebook, tmp_path: Path) -> None:
        firmware = [payload("P1", "2021-07-02T12:00:00+01:00", 1)]
        found = drilled(known(sec, tmp_path, service_requests=REQUESTS, firmware_payloads=firmware), JULY)

        # Of each request, that it was sent on and that it was answered; and the payload of the second.
        assert of(found, "CPM1") == {"day": [("2021-07-01", 3, 4), ("2021-07-02", 3, 3)]}

    def test_is_nothing_without_evidence(self, sec: Rulebook, tmp_path: Path) -> None:
        assert drilled(known(sec, tmp_path), JULY) == ()


class TestColumns:
    def test_of_a_roll_up_are_those_of_all_its_parts(self, sec: Rulebook) -> None:
        assert columns(sec, sec.measures["CPM1"]) == ("day",)
        assert columns(sec, sec.measures["DSP-PM1.1"]) == ("region", "srv", "day")

    def test_of_a_quarter_before_have_no_day(self, sec: Rulebook) -> None:
        assert columns(sec, sec.measures["CSPC-PM1.2"]) == ("variant",)

    def test_of_a_register_are_none(self, sec: Rulebook) -> None:
        assert columns(sec, sec.measures["RDP-ROLL"]) == ()


class TestIsOfParties:
    def test_where_a_row_names_one_even_if_the_rule_does_not(self, sec: Rulebook) -> None:
        found = {key for key, one in sec.measures.items() if is_of_parties(sec, one)}

        assert {"AREA-B", "AREA-H2", "DSP-PM1.1", "CPM1", "CSPN-CH2.1"} <= found

    def test_not_where_no_row_names_one_or_the_rule_asks_for_the_codes_own(self, sec: Rulebook) -> None:
        found = {key for key, one in sec.measures.items() if is_of_parties(sec, one)}

        assert not {"CSPN-PM2", "HUB-ON-TIME", "CPM4", "CPM8"} & found

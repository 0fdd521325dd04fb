import pytest

from tallystick.assessments.techniques.selecting import Candidate, selected
from tallystick.rulebook.techniques import MoreThan, Selects

HALF_HOURLY = MoreThan(measure="HH", than=500, of="half-hourly sites")
OTHER = MoreThan(measure="NHH", than=50_000, of="other sites")
RULE = Selects(
    more_than=(HALF_HOURLY, OTHER),
    categories=("agent",),
    flagged_by=("monitoring",),
    source="assumed",
    verified=False,
)


class TestSelected:
    # Worked example T26: strictly more.
    @pytest.mark.parametrize(
        ("measure", "count", "is_selected"),
        [("HH", 500, False), ("HH", 501, True), ("NHH", 50_000, False), ("NHH", 50_001, True)],
    )
    def test_are_those_above_a_bound(self, measure: str, count: int, *, is_selected: bool) -> None:
        found = selected(RULE, [Candidate("alderbrook", {measure: count})])

        assert bool(found) == is_selected

    def test_are_told_every_reason(self) -> None:
        one = Candidate("cairn", {"HH": 600}, {"agent": "Meter agent"}, ("monitoring (failed)",))

        assert selected(RULE, [one]) == {
            "cairn": (
                "600 half-hourly sites, more than 500",
                "Meter agent, a category of higher risk",
                "flagged by monitoring (failed)",
            )
        }

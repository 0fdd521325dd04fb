from types import SimpleNamespace
from typing import Any

from tallystick.assessments.comparisons.comparing import Tally
from tallystick.assessments.comparisons.forms import (
    CorrectForm,
    CorrectLeagueForm,
    DraftComparisonForm,
    DraftLeagueForm,
)

PARTY: Any = SimpleNamespace(slug="alfa", name="ALFA")
LINES: Any = [SimpleNamespace(party=PARTY, numerator=1, denominator=2, payable=100)]
KEY = {"key": "k-1"}


class TestDraftComparisonForm:
    def test_says_what_is_compared(self) -> None:
        told = {"measure": "M", "category": "", "first": "2021-06", "last": "2021-07", "names": "names"}
        form = DraftComparisonForm(
            {**KEY, **told, "classification": "amber", "why": "So."},
            measures={"M": "Title"},
            categories={"large": "Large"},
            months=["2021-07", "2021-06"],
        )

        assert form.is_valid()
        assert form.drafted.window is not None
        assert (form.drafted.window.words, form.drafted.names, form.drafted.category) == (
            "June 2021 to July 2021",
            True,
            "",
        )


class TestDraftLeagueForm:
    def test_says_of_whom_it_is(self) -> None:
        told = {"category": "large", "names": "aliases", "classification": "", "why": "So."}
        form = DraftLeagueForm({**KEY, **told}, categories={"large": "Large"})

        assert form.is_valid()
        assert form.drafted.is_league
        assert not DraftLeagueForm({**KEY, **told, "category": ""}, categories={"large": "Large"}).is_valid()


class TestCorrectLeagueForm:
    def test_counts_each_severity(self) -> None:
        lines: Any = [SimpleNamespace(party=PARTY, issues={"minor": [1, 3]})]
        told = {"party": "alfa", "count_minor": "2", "days_minor": "9", "why": "So."}
        form = CorrectLeagueForm({**KEY, **told}, lines=lines, severities=["minor"])

        assert form.is_valid()
        assert form.corrected.issues == {"minor": Tally(2, 9)}
        assert "ALFA: 1 minor, 3 days" in str(form["party"])


class TestCorrectForm:
    def test_knows_the_party_by_its_line(self) -> None:
        form = CorrectForm(
            {**KEY, "party": "alfa", "numerator": 2, "denominator": 2, "why": "So."}, lines=LINES
        )

        assert form.is_valid()
        assert (form.corrected.party, form.corrected.numerator) == (PARTY, 2)
        assert not CorrectForm({**KEY, "party": "brvo"}, lines=LINES).is_valid()

from types import SimpleNamespace
from typing import Any

from tallystick.assessments.comparisons.forms import CorrectForm, DraftComparisonForm

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
        assert (form.drafted.window.words, form.drafted.names, form.drafted.category) == (
            "June 2021 to July 2021",
            True,
            "",
        )


class TestCorrectForm:
    def test_knows_the_party_by_its_line(self) -> None:
        form = CorrectForm(
            {**KEY, "party": "alfa", "numerator": 2, "denominator": 2, "why": "So."}, lines=LINES
        )

        assert form.is_valid()
        assert (form.corrected.party, form.corrected.numerator) == (PARTY, 2)
        assert not CorrectForm({**KEY, "party": "brvo"}, lines=LINES).is_valid()

from types import SimpleNamespace
from typing import Any

from tallystick.assessments.forms import (
    AnswerForm,
    ComputeForm,
    CorrectForm,
    DraftComparisonForm,
    QueryForm,
    RelieveForm,
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
        assert (form.corrected.party, form.recounted.numerator) == (PARTY, 2)
        assert not CorrectForm({**KEY, "party": "brvo"}, lines=LINES).is_valid()


class TestAnswerForm:
    def test_says_who_was_right(self) -> None:
        form = AnswerForm({**KEY, "answer": "So.", "upheld": "no"})

        assert form.is_valid()
        assert not form.answered.is_upheld


class TestQueryForm:
    def test_asks_for_words(self) -> None:
        assert not QueryForm({**KEY, "words": " "}).is_valid()


class TestComputeForm:
    def test_says_which_month(self) -> None:
        form = ComputeForm(
            {**KEY, "scheme": "s", "period": "2021-07"}, schemes={"s": "S"}, months=["2021-07"]
        )

        assert form.is_valid()
        assert form.computed.period == "2021-07"


class TestRelieveForm:
    def test_is_for_everybody_where_none_is_chosen(self) -> None:
        told = {"party": "", "kind": "relieved", "cause": "market", "why": "So."}
        form = RelieveForm({**KEY, **told}, lines=LINES)

        assert form.is_valid()
        assert (form.relieved.party, form.relieved.until_on) == (None, None)

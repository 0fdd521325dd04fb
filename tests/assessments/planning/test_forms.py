from decimal import Decimal
from typing import Any

from django.http import QueryDict

from tallystick.assessments.planning.forms import DocumentForm, DraftForm, SaidForm
from tallystick.assessments.planning.terms import Terms
from tests.assessments.planning.asked import risks, rules


def form(data: dict[str, Any] | None = None, **told: Any) -> DraftForm:
    said = {"terms": Terms(67_500_00), "whys": {}, **told}
    sent = None
    if data is not None:
        sent = QueryDict(mutable=True)
        sent.update({"key": "k", "budget": "67.5", **data})
    return DraftForm(sent, rules=rules(), risks=risks(), **said)


class TestDraftForm:
    def test_tells_the_terms_that_are_chosen(self) -> None:
        asked = form(
            {
                "level_R-02": "high",
                "mature_R-06": "5",
                "hours_small_supplier": "40",
                "way_charges": "out",
                "why_charges": "Too early.",
                "from_comparison": "3",
                "tried": "remedies",
            }
        )

        assert asked.is_valid()
        assert asked.saving.terms == Terms(
            67_500_00,
            levels={"R-02": "high"},
            hours={"small_supplier": Decimal(40)},
            not_before={"comparison": 3},
            mature={"R-06": 5},
            tried=("remedies",),
            fixed={"charges": False},
        )
        assert asked.saving.whys == {"charges": "Too early."}

    def test_asks_why_something_is_put_in(self) -> None:
        asked = form({"way_charges": "in"})

        assert not asked.is_valid()
        assert asked.errors == {"why_charges": ["Say why."]}

    def test_begins_with_the_terms_before(self) -> None:
        terms = Terms(10_000_00, levels={"R-02": "basic"}, fixed={"charges": True}, mature={"R-01": 2})

        asked = form(terms=terms, whys={"charges": "Once."})

        assert asked["budget"].value() == "10"
        assert asked["level_R-02"].value() == "basic"
        assert (asked["way_charges"].value(), asked["why_charges"].value()) == ("in", "Once.")
        assert asked["mature_R-01"].value() == "2"
        assert len(asked.of_risks) == 8
        assert len(asked.of_categories) == 5
        assert len(asked.of_techniques) == len(rules().techniques)


class TestDocumentForm:
    def test_wants_a_draft_of_a_plan(self) -> None:
        asked = DocumentForm({"key": "k", "kind": "plan", "why": "So."}, drafts=[])

        assert not asked.is_valid()
        assert "draft" in asked.errors

    def test_takes_none_for_another(self) -> None:
        asked = DocumentForm({"key": "k", "kind": "register", "why": "So."}, drafts=[])

        assert asked.is_valid()
        assert (asked.drafting.kind, asked.drafting.draft) == ("register", None)


class TestSaidForm:
    def test_wants_words(self) -> None:
        assert not SaidForm({"key": "k", "words": ""}).is_valid()

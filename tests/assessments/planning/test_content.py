import json

from tallystick.assessments.models import Document, Frozen
from tallystick.assessments.planning.content import (
    Changed,
    Content,
    Line,
    changes,
    contents_of,
    hash_of,
    lines_of,
    quarter_of,
    together,
)
from tallystick.assessments.planning.terms import Terms
from tallystick.parties.rulebooks import rulebook_of
from tests.assessments.plan_cast import BUDGET, CODE, Cast
from tests.risks.cast import words_of


def lines(plans: Cast, row: Document) -> list[Line]:
    content = together(contents_of(row, plans.jo).values())
    return lines_of(row.kind, content.figures, content.words, rulebook_of(CODE))


class TestHashOf:
    def test_is_that_of_what_is_said_in_whatever_order(self) -> None:
        assert hash_of({"a": 1, "b": 2}, {}) == hash_of({"b": 2, "a": 1}, {})
        assert hash_of({"a": 1}, {"x": "y"}) != hash_of({"a": 1}, {"x": "z"})
        assert Content({"a": 1}, {}).sha256 == hash_of({"a": 1}, {})


class TestContentsOf:
    def test_of_a_methodology_is_the_method_with_its_edition(self, plans: Cast) -> None:
        plans.scored_year()

        found = lines(plans, plans.drafted(Document.METHODOLOGY))

        told = {one.place: one.text for one in found}
        assert told["Method", "Method"] == "5 by 5"
        assert told["Method", "In force since"] == "6 August 2021"
        assert told["Likelihood", "1"] == "Rare; 0.02"
        assert told["Method", "Appetite"] == "9"

    def test_of_a_register_is_scores_and_words(self, plans: Cast) -> None:
        plans.scored_year()

        found = {one.place: one.text for one in lines(plans, plans.drafted(Document.REGISTER))}

        assert (found["R-02", "Net score"], found["R-06", "Net score"]) == ("16", "5")
        assert found["R-02", "Why so scored"] == "Findings at one party in four months."
        assert "net likelihood 4" in found["R-02", "Scored by"]

    def test_of_a_plan_is_its_draft_with_its_terms(self, plans: Cast) -> None:
        plans.scored_year()
        terms = Terms(
            BUDGET,
            levels={"R-02": "basic"},
            not_before={"comparison": 3},
            mature={"R-06": 5},
            tried=("remedies",),
            fixed={"charges": False},
        )
        plans.saved(terms=terms, whys={"charges": "Too early."}, says="A start.")

        found = {one.place: one.text for one in lines(plans, plans.drafted())}

        assert found["Plan", "Budget"] == "£30k"
        assert found["Techniques", "Monthly monitoring from central data"] == "£14k"
        assert found["Decided by a person", "Charges for shortfall, redistributed"] == "Left out: Too early."
        assert found["Level of assurance", "R-02"] == "Basic: at least 20% taken off"
        assert found["Not before", "Comparative figures to Parties"] == "quarter 3"
        assert found["Mature from", "R-06"] == "not this year"
        assert found["Plan", "Tried before"] == "Remedies with a senior signature"

    def test_of_a_register_are_apart_by_class(self, plans: Cast) -> None:
        plans.scored_year()
        plans.of.scored(plans.of.added(words_of("A weakness"), classification="amber").reference)
        row = plans.drafted(Document.REGISTER)

        open_to_all, stricter = contents_of(row, plans.jo).items()

        assert (open_to_all[0], stricter[0]) == (row.classification, "amber")
        assert [one["reference"] for one in open_to_all[1].figures["risks"]] == ["R-02", "R-06"]
        assert "A weakness" in stricter[1].words.values()
        assert "A weakness" not in open_to_all[1].words.values()
        assert {"A weakness", "Hub variant and region"} <= {one.text for one in lines(plans, row)}

    def test_can_be_frozen_as_json(self, plans: Cast) -> None:
        plans.scored_year()
        for kind, _ in Document.KINDS:
            row = plans.drafted(kind)
            plans.put(row)

            frozen = Frozen.objects.get(document=row)
            assert hash_of(json.loads(json.dumps(frozen.content)), frozen.words) == frozen.sha256


class TestChanges:
    def test_are_the_lines_that_came_went_or_differ(self) -> None:
        before = [Line("a", "x", "1"), Line("a", "y", "2"), Line("b", "z", "3")]
        after = [Line("a", "x", "1"), Line("a", "y", "4"), Line("c", "z", "3")]

        assert changes(before, after) == [
            Changed("a", "y", "2", "4"),
            Changed("c", "z", "", "3"),
            Changed("b", "z", "3", ""),
        ]


class TestQuarterOf:
    def test_is_said_in_words(self) -> None:
        assert (quarter_of(2), quarter_of(5)) == ("quarter 2", "not this year")

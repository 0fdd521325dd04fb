from fractions import Fraction
from typing import Any

import pytest

from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.forms import FACTOR, AddForm, ProposeForm, ScoreForm, SplitForm, WordForm
from tallystick.risks.words import of_rulebook
from tests.risks.cast import CODE, words_of
from tests.risks.scoring.methods import five_by_five, money

SHORT = {
    "title": "Late data",
    "risk_that": "data comes late",
    "resulting_in": "reports are late",
    "why": "Seen.",
}


class TestWordForm:
    @pytest.mark.parametrize("reference", [f"R-{number:02}" for number in range(1, 9)])
    def test_gives_back_the_words_that_it_showed(self, reference: str) -> None:
        rulebook = rulebook_of(CODE)
        words = of_rulebook(rulebook.risks[reference])
        shown = WordForm(rulebook=rulebook, words=words).initial

        form = WordForm({**shown, "key": "k", "why": "Seen."}, rulebook=rulebook)

        assert form.is_valid(), form.errors
        mine = {"source": "assumed", "verified": False}
        assert form.words.columns == {**words.columns, **mine}

    def test_asks_for_the_sentence_and_why(self) -> None:
        form = WordForm({"key": "k"}, rulebook=rulebook_of(CODE))

        assert set(form.errors) == {"title", "risk_that", "resulting_in", "why"}

    def test_of_another_risk_takes_a_class(self) -> None:
        form = AddForm({**SHORT, "key": "k", "classification": "amber"}, rulebook=rulebook_of(CODE))

        assert form.is_valid()
        assert form.worded.classification == "amber"


class TestFactors:
    @pytest.mark.parametrize(
        ("line", "owed", "says"),
        [
            ("OBL-AREA-B: It is not asked", "OBL-AREA-B", "It is not asked"),
            ("Note: it is not asked", None, "Note: it is not asked"),
            ("It is not asked", None, "It is not asked"),
        ],
    )
    def test_are_told_from_their_obligation(self, line: str, owed: str | None, says: str) -> None:
        found = FACTOR.fullmatch(line)

        assert found is not None
        assert (found["owed"], found["says"]) == (owed, says)


class TestSplitForm:
    def test_leaves_out_a_part_that_is_empty(self) -> None:
        told = {
            f"{name}_{place}": value for place in (1, 2) for name, value in SHORT.items() if name != "why"
        }
        form = SplitForm({**told, "why": "Two.", "key": "k"}, words=words_of("Both", clauses=("H3.17",)))

        assert form.is_valid(), form.errors
        assert [(one.title, one.clauses) for one in form.descent.words] == [("Late data", ("H3.17",))] * 2


class TestScoreForm:
    def test_asks_what_the_method_asks(self) -> None:
        steps = ScoreForm(method=five_by_five(), name="grid", drivers={"growth": "It grows"})
        pounds = ScoreForm(method=money(), name="money", drivers={})

        assert list(steps.fields)[1:5] == [
            *("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact"),
        ]
        assert "driver_growth" in steps.fields
        assert "inherent_events" in pounds.fields

    def test_leaves_out_drivers_of_which_nothing_is_said(self) -> None:
        said: dict[str, Any] = {"appetite": "9", "target": "6", "control": "C", "reason": "R", "key": "k"}
        steps = dict.fromkeys(("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact"), "3")
        drivers = {"growth": "It grows", "change": "It changes"}
        form = ScoreForm(
            {**said, **steps, "driver_growth": "falls"}, method=five_by_five(), name="grid", drivers=drivers
        )

        assert form.is_valid(), form.errors
        assert form.scored.heading == {"growth": "falls"}
        assert form.scored.inputs == steps


class TestProposeForm:
    def test_reads_the_prior_exactly(self) -> None:
        form = ProposeForm({"found": "0.1", "clear": "2", "key": "k"})

        assert form.is_valid()
        assert (form.asked.found, form.asked.clear) == (Fraction(1, 10), Fraction(2))

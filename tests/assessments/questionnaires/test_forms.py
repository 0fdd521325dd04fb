"""Forms say questions and answers as the acts take them."""

from decimal import Decimal

from tallystick.assessments.questionnaires.forms import AnswerForm, DesignForm, prefilled
from tests.assessments.field_cast import GIVEN, QUESTIONS


class TestDesign:
    def test_gives_questions_back_as_they_were(self) -> None:
        shown = DesignForm(questions=QUESTIONS, intro="So.")
        sent = {name: shown[name].value() for name in shown.fields}
        told = {key: value for key, value in sent.items() if value is not None and value is not False}

        form = DesignForm(told)

        assert form.is_valid(), form.errors
        assert form.designed.questions == QUESTIONS

    def test_has_room_for_more(self) -> None:
        assert len(DesignForm(questions=QUESTIONS).slots) == len(QUESTIONS) + 3

    def test_asks_why_from_the_second_version_on(self) -> None:
        assert "why" in DesignForm(is_again=True).fields
        assert "why" not in DesignForm().fields

    def test_takes_bounds_without_a_tail_of_noughts(self) -> None:
        told = {"key": "k", "intro": "So.", "ask_1": "How many?", "kind_1": "number", "high_1": "50.00"}

        form = DesignForm(told)

        assert form.is_valid()
        assert str(form.designed.questions[0].high) == str(Decimal(50))


class TestAnswers:
    def test_are_told_by_question(self) -> None:
        form = AnswerForm(
            {"key": "k", **{name: one if name == "q2" else one[0] for name, one in GIVEN.items()}},
            questions=QUESTIONS,
        )

        assert form.is_valid(), form.errors
        assert form.filled.given == {**GIVEN, "q2": ["3", "1"]}

    def test_may_be_wanting_in_a_draft(self) -> None:
        assert AnswerForm({"key": "k"}, questions=QUESTIONS, is_draft=True).is_valid()
        assert set(AnswerForm({"key": "k"}, questions=QUESTIONS).errors) == {"q1", "q3"}

    def test_fill_the_fields_again(self) -> None:
        picked = {"q1": ["2"], "q2": ["1", "3"]}

        assert prefilled(QUESTIONS, picked, {"q5": "So."}) == {"q1": "2", "q2": ["1", "3"], "q5": "So."}

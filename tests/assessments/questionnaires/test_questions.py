"""What a question may be, and what an answer to it may be."""

from decimal import Decimal
from types import SimpleNamespace

import pytest

from tallystick.assessments.questionnaires.questions import (
    DAY,
    MOST,
    NUMBER,
    ONE,
    SEVERAL,
    WORDS,
    Question,
    UnableToAsk,
    UnableToTakeAnswer,
    check,
    kept,
    questions_of,
    taken,
)

ALL = (
    Question("q1", ONE, "Which?", choices=("A", "B")),
    Question("q2", SEVERAL, "Which all?", "More than one.", needed=False, choices=("A", "B", "C")),
    Question("q3", NUMBER, "How many?", low=Decimal("0.5"), high=Decimal(10)),
    Question("q4", DAY, "When?", needed=False),
    Question("q5", WORDS, "Why?", needed=False),
)


class TestQuestions:
    def test_come_back_as_they_were_kept(self) -> None:
        check(ALL)

        assert questions_of(SimpleNamespace(**kept(ALL))) == ALL

    @pytest.mark.parametrize(
        "one",
        [
            Question("q1", "guess", "What?"),
            Question("q1", WORDS, " "),
            Question("q1", WORDS, "x" * 301),
            Question("q1", ONE, "Which?", choices=("A",)),
            Question("q1", ONE, "Which?", choices=("A", "A")),
            Question("q1", WORDS, "Why?", choices=("A", "B")),
            Question("q1", DAY, "When?", low=Decimal(1)),
            Question("q1", NUMBER, "How many?", low=Decimal(2), high=Decimal(1)),
        ],
    )
    def test_can_be_answered(self, one: Question) -> None:
        with pytest.raises(UnableToAsk, match="Question 1"):
            check([one])

    def test_are_some_and_not_too_many(self) -> None:
        for several in ([], [ALL[4]] * (MOST + 1)):
            with pytest.raises(UnableToAsk):
                check(several)

    @pytest.mark.parametrize(
        ("low", "high", "says"),
        [(0, 5, "From 0 to 5."), (0, None, "0 or more."), (None, 5, "5 or less."), (None, None, "")],
    )
    def test_say_their_bounds(self, low: int | None, high: int | None, says: str) -> None:
        bounds = [None if one is None else Decimal(one) for one in (low, high)]

        assert Question("q1", NUMBER, "How many?", low=bounds[0], high=bounds[1]).bounds == says


class TestAnswers:
    def test_are_kept_by_question_and_words_apart(self) -> None:
        given = {"q1": ["2"], "q2": ["3", "1"], "q3": [" 7.5 "], "q4": ["2021-08-06"], "q5": ["So."]}

        picked, said = taken(ALL, given)

        assert picked == {"q1": ["2"], "q2": ["1", "3"], "q3": ["7.5"], "q4": ["2021-08-06"]}
        assert said == {"q5": "So."}

    def test_may_be_left_out_of_a_draft(self) -> None:
        assert taken(ALL, {}, is_draft=True) == ({}, {})

    @pytest.mark.parametrize(
        ("key", "given"),
        [
            ("q1", []),
            ("q1", ["3"]),
            ("q1", ["1", "2"]),
            ("q2", ["0"]),
            ("q3", ["0.4"]),
            ("q3", ["10.01"]),
            ("q3", ["1e1"]),
            ("q3", ["NaN"]),
            ("q4", ["6 August"]),
            ("q5", ["x" * 4001]),
        ],
    )
    def test_are_among_what_is_allowed(self, key: str, given: list[str]) -> None:
        with pytest.raises(UnableToTakeAnswer) as refused:
            taken(ALL, {"q1": ["1"], "q3": ["1"], key: given})

        assert refused.value.key == key

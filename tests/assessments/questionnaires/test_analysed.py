"""Counts and shares of what was answered, and what others than the office are not told."""

from decimal import Decimal

import pytest

from tallystick.assessments.questionnaires.analysed import Sent, analyse, by_category
from tallystick.assessments.questionnaires.questions import DAY, NUMBER, ONE, SEVERAL, WORDS, Question

LEAST = 5
WHICH = Question("q1", ONE, "Which?", choices=("A", "B"))
WHO = Question("q2", SEVERAL, "Who?", needed=False, choices=("A", "B"))
HOW_MANY = Question("q3", NUMBER, "How many?", needed=False)
WHEN = Question("q4", DAY, "When?", needed=False)
WHY = Question("q5", WORDS, "Why?", needed=False)


def sent(number: int, words: str = "", **picked: list[str]) -> Sent:
    return Sent(f"Party {number}", "large", picked, {"q5": words} if words else {})


def of(ones: int, twos: int) -> list[Sent]:
    return [sent(one, q1=["1"]) for one in range(ones)] + [sent(one, q1=["2"]) for one in range(twos)]


class TestOffice:
    def test_is_told_shares_with_both_sides(self) -> None:
        [told] = analyse([WHICH], of(2, 1), 3)

        assert [(one.label, one.count, one.of) for one in told.shares] == [("A", 2, 3), ("B", 1, 3)]
        assert told.shares[0].percent == Decimal("66.7")
        assert not told.is_withheld

    def test_is_told_of_who_picked_several_by_those_who_answered(self) -> None:
        [told] = analyse([WHO], [sent(1, q2=["1", "2"]), sent(2, q2=["1"]), sent(3)], 3)

        assert [(one.count, one.of) for one in told.shares] == [(2, 2), (1, 2)]
        assert (told.answered.count, told.answered.of) == (2, 3)

    def test_is_told_how_numbers_and_days_lie(self) -> None:
        rows = [
            sent(1, q3=["9"], q4=["2021-02-01"]),
            sent(2, q3=["10"]),
            sent(3, q3=["-1.5"]),
            sent(4, q3=["40"]),
        ]

        numbers, days = analyse([HOW_MANY, WHEN], rows, 4)

        assert numbers.spread is not None
        assert days.spread is not None
        assert (numbers.spread.least, numbers.spread.middle, numbers.spread.most) == ("-1.5", "9", "40")
        assert days.spread.middle == "2021-02-01"

    def test_is_told_the_words(self) -> None:
        [told] = analyse([WHY], [sent(1, "So."), sent(2)], 2)

        assert told.said == (("Party 1", "So."),)

    def test_is_told_that_nobody_answered(self) -> None:
        [told] = analyse([WHICH], [], 4)

        assert [one.percent for one in told.shares] == [None, None]


class TestOthers:
    @pytest.mark.parametrize(("ones", "twos"), [(5, 5), (10, 0), (7, 6)])
    def test_are_told_of_enough(self, ones: int, twos: int) -> None:
        [told] = analyse([WHICH], of(ones, twos), ones + twos, LEAST)

        assert not told.is_withheld
        assert [one.count for one in told.shares] == [ones, twos]

    @pytest.mark.parametrize(("ones", "twos"), [(4, 0), (9, 1), (20, 4), (0, 0)])
    def test_are_not_told_of_few(self, ones: int, twos: int) -> None:
        [told] = analyse([WHICH], of(ones, twos), ones + twos, LEAST)

        assert told.is_withheld
        assert (told.shares, told.answered.count) == ((), 0)

    def test_are_not_told_where_few_left_it_out(self) -> None:
        rows = [*(sent(one, q2=["1"]) for one in range(8)), sent(9)]

        [told] = analyse([WHO], rows, 9, LEAST)

        assert told.is_withheld

    def test_are_not_told_where_few_sent_nothing(self) -> None:
        [told] = analyse([WHICH], of(6, 0), 7, LEAST)

        assert told.is_withheld

    def test_are_never_told_words_or_the_ends_of_numbers(self) -> None:
        rows = [sent(one, "So.", q3=[str(one)]) for one in range(12)]

        numbers, words = analyse([HOW_MANY, WHY], rows, 12, LEAST)

        assert (numbers.spread, words.said) == (None, ())


class TestCategories:
    ASKED = {
        f"{kind}{one}": kind
        for kind, count in (("large", 12), ("small", 6), ("net", 5))
        for one in range(count)
    }

    def told(self, answered: list[str], least: int | None = None) -> dict[str, int | None]:
        rows, whole = by_category(self.ASKED, answered, least)
        return {row.category: row.answered for row in (*rows, whole)}

    def test_are_told_to_the_office(self) -> None:
        assert self.told(["large1", "small1"]) == {"large": 1, "small": 1, "net": 0, "": 2}

    def test_are_withheld_where_few_did_or_few_did_not(self) -> None:
        answered = [f"large{one}" for one in range(6)] + ["small1"] + [f"net{one}" for one in range(5)]

        told = self.told(answered, LEAST)

        assert (told["large"], told["small"], told[""]) == (6, None, 12)

    def test_are_withheld_with_another_that_would_tell_the_first(self) -> None:
        answered = [f"large{one}" for one in range(6)] + ["small1"] + [f"net{one}" for one in range(5)]

        told = self.told(answered, LEAST)

        assert told["net"] is None

    def test_withhold_the_whole_where_few_did_not(self) -> None:
        assert self.told(sorted(self.ASKED)[1:], LEAST)[""] is None

    def test_count_nobody_who_was_not_asked(self) -> None:
        assert self.told(["stranger"])[""] == 0

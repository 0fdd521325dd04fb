import datetime as dt
from fractions import Fraction

import pytest

from tallystick.decisions.counting import Reach
from tallystick.decisions.phrases import Wording, agreeing, asked, listed, numbered, sentence
from tallystick.rulebook.rulebook import Rulebook


class TestWording:
    def test_negates_as_english_does(self) -> None:
        words = Wording(carried="approved", not_carried="not approved")

        assert words.is_("not_carried") == "is not approved"
        assert words.would_be("not_carried") == "would not be approved"
        assert words.would_be("carried") == "would be approved"
        assert words.is_("no_quorum") == "is without a quorum"
        assert words.is_("deferred") == "is deferred"

    def test_is_that_of_the_scheme_in_force(self, sec: Rulebook) -> None:
        value = sec.voting["change_board_recommends"].value_on(dt.date(2021, 12, 17))

        words = Wording.of("MP901", sec.bodies["change_board"], value)

        assert words.would_be("not_carried") == "would not be recommended for approval"
        assert words.title("other_sec_party") == "Other SEC Party"

    def test_makes_a_title_of_a_constituency_that_has_none(self) -> None:
        assert Wording().title("other_party") == "Other party"
        assert Wording(constituencies={"other_party": "Others"}).title("other_party") == "Others"


class TestNumbered:
    def test_agrees_with_its_noun(self) -> None:
        said = [numbered(n, noun) for n in (0, 1, 2) for noun in ("vote", "category", "way")]

        assert said == [
            "0 votes", "0 categories", "0 ways",
            "1 vote", "1 category", "1 way",
            "2 votes", "2 categories", "2 ways",
        ]  # fmt: skip

    def test_agrees_with_a_verb(self) -> None:
        assert [agreeing(n, "is", "are") for n in (0, 1, 2)] == ["are", "is", "are"]


class TestListed:
    def test_has_a_word_before_the_last(self) -> None:
        assert [listed("abc"[:n]) for n in (1, 2, 3)] == ["a", "a and b", "a, b and c"]


class TestSentence:
    def test_begins_with_a_capital_and_keeps_the_rest(self) -> None:
        assert sentence("the SEC") == "The SEC"


class TestAsked:
    @pytest.mark.parametrize(
        ("share", "beyond", "said"),
        [
            (Fraction(1, 2), True, "more than half"),
            (Fraction(2, 3), False, "at least two thirds"),
            (Fraction(3, 5), False, "at least 3/5"),
            (Fraction(1), False, "all"),
        ],
    )
    def test_says_a_share_in_words(self, share: Fraction, beyond: bool, said: str) -> None:  # noqa: FBT001 - a case
        assert asked(Reach(share, beyond=beyond)) == said

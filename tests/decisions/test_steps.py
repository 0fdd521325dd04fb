"""The numbers that the steps and the other readings rest on."""

from dataclasses import replace
from fractions import Fraction

from tallystick.decisions.counting import Ballot, Reach, Scheme, Seat
from tallystick.decisions.phrases import Wording
from tallystick.decisions.steps import Counted, contrasts, score

SCHEME = Scheme({"A": "for", "R": "against", "X": "abstain"}, "members", Reach(Fraction(1, 2), beyond=True))
SEATS = [Seat("a", "large", 5), Seat("b", "large"), Seat("c", "small"), Seat("d", "small")]
ACTS = [Ballot("a", "A"), Ballot("b", "R"), Ballot("c", "R"), Ballot("d", "X")]


def vote(scheme: Scheme) -> Counted:
    return Counted.of(scheme, SEATS, ACTS, Wording())


class TestContrasts:
    def test_of_a_vote_by_member_are_by_category_and_of_abstentions(self) -> None:
        assert [one.reading for one in contrasts(vote(SCHEME))] == ["categories", "abstentions"]

    def test_of_a_weighted_vote_begin_with_members(self) -> None:
        found = contrasts(vote(replace(SCHEME, method="weighted")))

        assert [(one.reading, one.differs) for one in found] == [
            ("members", True),
            ("categories", True),
            ("abstentions", False),
        ]
        assert [one.count.outcome for one in found] == ["not_carried", "not_carried", "carried"]

    def test_of_all_who_are_able_are_of_votes_cast(self) -> None:
        found = contrasts(vote(replace(SCHEME, base="able")))

        assert [one.reading for one in found] == ["categories", "votes_cast"]


class TestScore:
    def test_is_for_before_against(self) -> None:
        assert score(vote(SCHEME)) == ", 1 vote to 2"
        assert score(vote(replace(SCHEME, method="weighted"))) == ", 5 votes to 2"

    def test_is_of_categories_where_they_decide(self) -> None:
        assert score(vote(replace(SCHEME, method="categories"))) == ", 0 categories to 1"

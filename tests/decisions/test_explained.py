"""Votes in words: the page of the Change Board, two thirds of votes cast, ties, counts that are hidden."""

import random
import re
from dataclasses import replace
from fractions import Fraction

import pytest

from tallystick.decisions.counting import (
    Act,
    Ballot,
    CastingVote,
    Quorum,
    Reach,
    Scheme,
    Seat,
    StoodAside,
    counted,
)
from tallystick.decisions.explained import explained, standing, turnout
from tallystick.decisions.phrases import Wording
from tallystick.decisions.turning import turning
from tests.decisions.boards import board, ruled, scheme_of

HALF, MAJORITY = Reach(Fraction(1, 2), beyond=False), Reach(Fraction(1, 2), beyond=True)
SCHEME = Scheme(
    {"approve": "for", "reject": "against", "abstain": "abstain"},
    "categories",
    MAJORITY,
    quorum=Quorum(HALF),
    changeable=True,
)
BY_MEMBER = replace(SCHEME, method="members", quorum=None, changeable=False)
NAMES = {
    "large": "Large Supplier",
    "small": "Small Supplier",
    "network": "Network",
    "other": "Other SEC Party",
    "consumer": "Consumer",
}
WORDS = Wording("MP901", NAMES, carried="approved", not_carried="not approved")
SEATS = [
    Seat(f"{name} {n}", name)
    for name, number in zip(NAMES, (13, 3, 3, 3, 1), strict=True)
    for n in range(number)
]
BALLOTS = {
    "large": ["approve"] * 4 + ["reject"] * 2 + ["abstain"],
    "small": ["approve"],
    "network": ["approve", "reject"],
    "other": ["reject"] * 2,
    "consumer": ["approve"],
}
ACTS: list[Act] = [
    *(Ballot(f"{name} {n}", choice) for name, cast in BALLOTS.items() for n, choice in enumerate(cast)),
    StoodAside("large 12"),
]


def panel(ballots: str, seats: int = 9) -> tuple[list[Seat], list[Ballot]]:
    words = {"A": "approve", "R": "reject", "X": "abstain"}
    cast = [Ballot(f"{n}", words[one]) for n, one in enumerate(ballots)]
    return [Seat(f"{n}", "panel") for n in range(seats)], cast


class TestStanding:
    def test_says_what_would_come_of_it_now_and_what_would_turn_it(self) -> None:
        found = standing(SCHEME, SEATS, ACTS, WORDS)

        assert found.explanation.headline == (
            "If the vote closed now, MP901 would be approved, 3 categories to 1."
        )
        assert found.turns == (
            "It would not be approved if 2 more Small Supplier seats voted to reject, "
            "or if 1 more Small Supplier seat and 1 more Network seat voted to reject, "
            "or if 3 more Large Supplier seats voted to reject, or in 2 other ways."
        )

    def test_says_for_each_category_what_could_change_it(self) -> None:
        found = standing(SCHEME, SEATS, ACTS, WORDS)

        assert {one.title: one.says for one in found.categories} == {
            "Large Supplier": "5 still to vote; 2 more to reject tie it, 3 turn it",
            "Small Supplier": "2 still to vote; 1 more to reject ties it, 2 turn it",
            "Network": "1 still to vote; 1 decides it",
            "Other SEC Party": "Settled",
            "Consumer": "Settled",
        }

    def test_says_when_nothing_can_turn_it(self) -> None:
        seats, acts = panel("AAAAAR")

        assert standing(BY_MEMBER, seats, acts, WORDS).turns == (
            "Settled: it stays so however the others vote."
        )
        assert standing(replace(BY_MEMBER, changeable=True), seats, acts, WORDS).turns == (
            "Settled while nobody changes a vote: it stays so however the others vote."
        )

    def test_tells_the_votes_apart_from_the_quorum(self) -> None:
        seats, acts = panel("AAR", 8)

        found = standing(replace(BY_MEMBER, quorum=Quorum(HALF)), seats, acts, WORDS)

        assert found.explanation.headline == (
            "If the vote closed now, MP901 would be without a quorum: 3 voted or abstained and 4 are needed."
        )
        assert found.turns == (
            "With a quorum and these votes, MP901 would be approved. "
            "It would not be approved if 1 more seat voted to reject."
        )

    def test_names_the_casting_vote_where_it_would_decide(self) -> None:
        seats, acts = panel("AR", 2)
        scheme = replace(BY_MEMBER, tie="casting", chair="casting")

        found = standing(scheme, [*seats, Seat("c", "chair")], acts, WORDS)

        assert found.turns == "It would be approved if the casting vote were to approve."

    def test_names_the_weight_that_would_turn_a_weighted_vote(self) -> None:
        seats = [Seat("a", "x", 5), Seat("b", "x", 3), Seat("c", "x", 4)]
        scheme = replace(BY_MEMBER, method="weighted")

        found = standing(scheme, seats, [Ballot("a", "approve")], WORDS)

        assert found.turns == ("It would not be approved if seats with 5 more of the weight voted to reject.")

    def test_says_the_same_as_the_count_and_the_turning_on_any_board(self) -> None:
        for seed in range(300):
            dice = random.Random(seed)  # noqa: S311 - not for secrets: a seed repeats the case
            one = board(dice, scheme=ruled(scheme_of(dice)))
            found = standing(one.scheme, one.seats, one.acts, WORDS)
            count = counted(one.scheme, one.seats, one.acts)

            assert found.explanation.count == count
            assert found.turning == turning(one.scheme, one.seats, one.acts)
            assert ("Settled" in found.turns) == found.turning.is_settled
            assert found.explanation.steps or not one.seats
            assert re.search(r" a 1 more|\b1 \w+ies\b|\b1 (votes|seats)\b", found.turns) is None


class TestTurnout:
    def test_says_how_many_and_whether_they_are_a_quorum(self) -> None:
        found = turnout(SCHEME, SEATS, ACTS)

        assert found.says == (
            "13 of the 22 seats able to vote have voted or abstained; 11 needed, so there is a quorum. "
            "1 seat stood aside."
        )
        assert found.present >= found.needed

    @pytest.mark.parametrize(
        ("ballots", "said"),
        [
            (
                "AAA",
                "3 of the 8 seats able to vote have voted or abstained; 4 needed, so 1 more makes a quorum.",
            ),
            ("A", "1 of the 8 seats able to vote has voted or abstained; 4 needed, so 3 more make a quorum."),
        ],
    )
    def test_says_how_many_more_make_one(self, ballots: str, said: str) -> None:
        seats, acts = panel(ballots, 8)

        found = turnout(replace(BY_MEMBER, quorum=Quorum(HALF)), seats, acts)

        assert (found.says, found.present >= found.needed) == (said, False)

    def test_is_the_same_whatever_was_voted_for(self) -> None:
        dice = random.Random(4)  # noqa: S311 - not for secrets: a seed repeats the case
        told = set()
        for _ in range(200):
            acts = [
                replace(act, choice=dice.choice(list(SCHEME.choices))) if isinstance(act, Ballot) else act
                for act in ACTS
            ]
            told.add(turnout(SCHEME, SEATS, acts))

        assert len(told) == 1


class TestExplained:
    def test_goes_step_by_step_from_the_seats_to_the_result(self) -> None:
        found = explained(SCHEME, SEATS, ACTS, WORDS)

        assert found.headline == "MP901 is approved, 3 categories to 1."
        assert found.steps == (
            "1 seat stood aside and is taken out of the count.",
            (
                "Quorum: at least half of the 22 seats able to vote is 11. 13 voted or abstained, so there "
                "is a quorum."
            ),
            (
                "In each category, the majority of votes cast is its outcome. A tie is no outcome, and an "
                "abstention is no vote cast."
            ),
            (
                "Approve: Large Supplier 4 to 2, Small Supplier 1 to 0, Consumer 1 to 0. "
                "Reject: Other SEC Party 2 to 0. No outcome: Network 1 to 1."
            ),
            (
                "More than half of 4 categories with an outcome is 3 or more. "
                "3 to approve and 1 to reject: MP901 is approved."
            ),
        )

    def test_sets_the_other_natural_reading_beside_it(self) -> None:
        (found,) = explained(SCHEME, SEATS, ACTS, WORDS).contrasts

        assert found.reading == "members"
        assert not found.differs
        assert found.says == (
            "Counting members instead, 7 votes to approve and 5 to reject, where 7 of 12 are needed: "
            "MP901 would be approved. The rule in force is by category."
        )

    def test_shows_what_abstentions_in_the_base_would_change(self) -> None:
        seats, acts = panel("AAAAARRXX")
        scheme = replace(BY_MEMBER, needs=Reach(Fraction(2, 3), beyond=False))

        found = explained(scheme, seats, acts, WORDS)

        assert found.steps == (
            "5 votes to approve and 2 to reject are 7 votes cast. 2 abstentions are no vote cast.",
            "At least two thirds of 7 is 5 or more. 5 to approve and 2 to reject: MP901 is approved.",
        )
        (contrast,) = found.contrasts
        assert (contrast.reading, contrast.differs) == ("abstentions", True)
        assert contrast.says == (
            "With abstentions counted in, 5 votes to approve and 2 to reject, where 6 of 9 are needed: "
            "MP901 would not be approved. The rule in force leaves abstentions out."
        )

    def test_says_what_was_short(self) -> None:
        seats, acts = panel("AAAAARRRR")
        scheme = replace(BY_MEMBER, needs=Reach(Fraction(2, 3), beyond=False))

        assert explained(scheme, seats, acts, WORDS).headline == (
            "MP901 is not approved, 5 votes to 4 where 6 are needed."
        )

    def test_says_how_a_tie_was_decided(self) -> None:
        seats, acts = panel("AR", 2)
        seats.append(Seat("c", "chair"))
        cast = replace(BY_MEMBER, tie="casting", chair="casting")

        assert explained(cast, seats, [*acts, CastingVote("approve")], WORDS).steps == (
            "The chair has no vote, save in a tie.",
            "1 vote to approve and 1 to reject are 2 votes cast.",
            "More than half of 2 is 2. 1 to approve and 1 to reject is a tie.",
            "The casting vote of the chair is to approve, so MP901 is approved.",
        )
        assert explained(cast, seats, acts, WORDS).steps[-1] == (
            "A tie is decided by the casting vote of the chair. None was given, so MP901 is not approved."
        )
        assert explained(replace(BY_MEMBER, tie="deferred"), seats, acts, WORDS).steps[-1] == (
            "In a tie, MP901 is deferred."
        )

    @pytest.mark.parametrize(
        ("base", "said"),
        [
            ("able", "are held against all 9 able to vote, whether they voted or not."),
            ("cast_or_abstained", "and 2 abstentions are 6: abstentions are counted in."),
        ],
    )
    def test_says_what_the_share_is_taken_of(self, base: str, said: str) -> None:
        seats, acts = panel("AAARXX")
        scheme = {"able": replace(BY_MEMBER, base="able")}.get(
            base, replace(BY_MEMBER, base="cast_or_abstained")
        )

        first, *_ = explained(scheme, seats, acts, WORDS).steps
        assert first == f"3 votes to approve and 1 to reject {said}"

    def test_ends_with_the_quorum_where_there_is_none(self) -> None:
        found = explained(SCHEME, SEATS, ACTS[:5], WORDS)

        assert len(found.steps) == 1
        assert found.contrasts == ()
        assert "there is no quorum" in found.steps[0]

    def test_says_so_where_nobody_voted(self) -> None:
        seats, _ = panel("")

        assert explained(BY_MEMBER, seats, [], WORDS).headline == ("MP901 is not approved: no vote was cast.")

"""Votes counted: the worked examples, a second counter over random boards, and what must always hold."""

import json
import os
import random
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.decisions.counting import (
    Act,
    Ballot,
    CastingVote,
    Count,
    Quorum,
    Reach,
    Scheme,
    Seat,
    StoodAside,
    UnableToCount,
    act_of,
    counted,
)
from tests.decisions.boards import Board, board, ruled, scheme_of
from tests.decisions.second_count import count_again

BOARDS = int(os.environ.get("TALLY_BOARDS", "2000"))
CHANGE_BOARD = {"large": 13, "small": 3, "network": 3, "other": 3, "consumer": 1}
MAJORITY, TWO_THIRDS = Reach(Fraction(1, 2), beyond=True), Reach(Fraction(2, 3), beyond=False)
BY_CATEGORY = Scheme({"A": "for", "R": "against", "X": "abstain"}, "categories", MAJORITY)
BY_MEMBER = replace(BY_CATEGORY, method="members")
OF_VOTES_CAST = replace(BY_MEMBER, needs=TWO_THIRDS)
MANY = settings(max_examples=BOARDS // 10, suppress_health_check=list(HealthCheck))
SEEDS = st.integers(0, 2**32)


def seats(numbers: dict[str, int]) -> list[Seat]:
    return [Seat(f"{name} {n}", name) for name, number in numbers.items() for n in range(number)]


def votes(**written: str) -> list[Ballot]:
    """Return ballots as the table writes them: 6R 1X is six that reject and one that abstains."""
    cast = []
    for name, text in written.items():
        choices = [part[-1] for part in text.split() for _ in range(int(part[:-1]))]
        cast += [Ballot(f"{name} {n}", choice) for n, choice in enumerate(choices)]
    return cast


def dice(seed: int) -> random.Random:
    return random.Random(seed)  # noqa: S311 - not for secrets: a seed repeats the case


def of(one: Board) -> Count:
    return counted(one.scheme, one.seats, one.acts)


TABLE = [
    ({"large": "5A", "small": "1A", "network": "2A", "other": "1A", "consumer": "1A"}, (5, 0), (10, 0)),
    ({"large": "6A 1R", "small": "2R", "network": "1A 1R", "other": "1R"}, (1, 2), (7, 5)),
    ({"large": "6R 1X", "small": "1A", "network": "2A", "other": "1A"}, (3, 1), (4, 6)),
    ({"large": "2A 2R", "small": "1X", "other": "1A 1R"}, (0, 0), (3, 3)),
]


class TestGoldenBallots:
    @pytest.mark.parametrize(("ballots", "score", "_members"), TABLE)
    def test_come_out_by_category_as_the_table_says(
        self, ballots: dict[str, str], score: tuple[int, int], _members: tuple[int, int]
    ) -> None:
        count = counted(BY_CATEGORY, seats(CHANGE_BOARD), votes(**ballots))

        outcomes = [one.outcome for one in count.categories]
        assert (outcomes.count("for"), outcomes.count("against")) == score
        assert count.outcome == ("carried" if score[0] > score[1] else "not_carried")
        assert not count.tied

    @pytest.mark.parametrize(("ballots", "_score", "members"), TABLE)
    def test_come_out_by_member_as_the_table_says(
        self, ballots: dict[str, str], _score: tuple[int, int], members: tuple[int, int]
    ) -> None:
        count = counted(BY_MEMBER, seats(CHANGE_BOARD), votes(**ballots))

        assert (count.for_, count.against) == members
        assert count.outcome == ("carried" if members[0] > members[1] else "not_carried")
        assert count.tied == (members[0] == members[1])

    @pytest.mark.parametrize(
        ("ballots", "outcome"),
        [
            ("6A 3R", "carried"),
            ("5A 4R", "not_carried"),
            ("5A 2R 2X", "carried"),
            ("4A 3R 2X", "not_carried"),
            ("9X", "not_carried"),
        ],
    )
    def test_reach_two_thirds_of_the_votes_cast(self, ballots: str, outcome: str) -> None:
        assert counted(OF_VOTES_CAST, seats({"panel": 9}), votes(panel=ballots)).outcome == outcome


class TestSecondCounter:
    def test_finds_the_same_on_random_boards(self, record_property: Callable[[str, object], None]) -> None:
        outcomes: Counter[str] = Counter()
        differing = []
        for seed in range(BOARDS):
            one = board(dice(seed))
            first, second = of(one).as_facts(), count_again(one.opened, one.later)
            outcomes[second["outcome"] + (" after a casting vote" if second["casting"] else "")] += 1
            if first != second:
                differing.append((seed, first, second))

        told = ", ".join(f"{number} {outcome}" for outcome, number in sorted(outcomes.items()))
        record_property("counted", f"{BOARDS} boards twice, {len(differing)} differ: {told}")
        assert differing == []
        assert len(outcomes) == 6
        assert min(outcomes.values()) > BOARDS // 500


class TestCount:
    @MANY
    @given(SEEDS)
    def test_is_the_same_in_whatever_order_the_seats_vote(self, seed: int) -> None:
        one = board(dice(seed))
        by_seat: dict[str, list[Any]] = {}
        for act in one.acts:
            by_seat.setdefault(getattr(act, "seat", ""), []).append(act)
        order = [getattr(act, "seat", "") for act in one.acts]

        dice(seed + 1).shuffle(order)
        permuted = [by_seat[seat].pop(0) for seat in order]

        assert counted(one.scheme, one.seats, permuted) == of(one)

    @MANY
    @given(SEEDS)
    def test_is_never_turned_from_carried_to_lost_by_one_more_for(self, seed: int) -> None:
        one = board(dice(seed), scheme=ruled({**scheme_of(dice(seed)), "changeable": True}))
        before = of(one)

        more = [
            counted(one.scheme, one.seats, [*one.acts, Ballot(seat.seat, "approve")]) for seat in one.seats
        ]

        assert before.outcome != "carried" or {count.outcome for count in more} <= {"carried"}

    @MANY
    @given(SEEDS)
    def test_leaves_out_every_ballot_of_a_seat_that_stood_aside(self, seed: int) -> None:
        one = board(dice(seed))
        if not one.seats:
            return
        recused = dice(seed).choice(one.seats).seat
        acts = [*one.acts, StoodAside(recused)]

        silenced = [act for act in acts if not (isinstance(act, Ballot) and act.seat == recused)]
        louder = [*acts, Ballot(recused, "approve"), Ballot(recused, "reject")]

        assert (
            counted(one.scheme, one.seats, acts)
            == counted(one.scheme, one.seats, silenced)
            == counted(one.scheme, one.seats, louder)
        )

    @MANY
    @given(SEEDS)
    def test_adds_up(self, seed: int) -> None:
        one = board(dice(seed))
        count = of(one)
        at_the_table = [s for s in one.seats if one.scheme.chair == "votes" or s.constituency != "chair"]

        assert count.present + count.silent + count.aside + count.vacant == len(at_the_table)
        assert count.for_ == sum(category.for_ for category in count.categories)
        assert count.against == sum(category.against for category in count.categories)

    def test_is_written_as_the_journal_keeps_it(self) -> None:
        count = counted(BY_MEMBER, seats({"large": 2}), votes(large="1A 1R"))

        assert json.loads(json.dumps(count.as_facts())) == {
            "outcome": "not_carried",
            "for": 1,
            "against": 1,
            "abstained": 0,
            "able": 2,
            "present": 2,
            "needed": 0,
            "aside": 0,
            "vacant": 0,
            "silent": 0,
            "tied": True,
            "casting": None,
            "categories": [
                {"constituency": "large", "for": 1, "against": 1, "abstained": 0, "outcome": "none"}
            ],
        }


class TestTie:
    PAIR = votes(large="1A 1R")

    def outcome(self, acts: Iterable[Any], **rules: Any) -> str:
        return counted(replace(BY_MEMBER, **rules), seats({"large": 2, "chair": 1}), acts).outcome

    def test_is_not_carried_unless_somebody_decides_it(self) -> None:
        assert self.outcome(self.PAIR) == "not_carried"
        assert self.outcome(self.PAIR, tie="deferred") == "deferred"
        assert self.outcome(self.PAIR, tie="casting", chair="casting") == "not_carried"

    def test_goes_as_the_chair_casts(self) -> None:
        cast = {"tie": "casting", "chair": "casting"}

        assert self.outcome([*self.PAIR, CastingVote("A")], **cast) == "carried"
        assert self.outcome([*self.PAIR, CastingVote("R")], **cast) == "not_carried"
        assert self.outcome([Ballot("large 0", "R"), CastingVote("A")], **cast) == "not_carried"

    def test_takes_the_first_casting_vote_or_the_last_as_with_ballots(self) -> None:
        cast = {"tie": "casting", "chair": "casting"}
        both = [*self.PAIR, CastingVote("A"), CastingVote("R")]

        assert self.outcome(both, **cast) == "carried"
        assert self.outcome(both, changeable=True, **cast) == "not_carried"

    def test_is_none_where_the_chair_votes(self) -> None:
        assert self.outcome([*self.PAIR, Ballot("chair 0", "A")], chair="votes") == "carried"


class TestQuorum:
    HALF = replace(BY_MEMBER, quorum=Quorum(Reach(Fraction(1, 2), beyond=False)))

    def test_ends_the_count_where_too_few_are_present(self) -> None:
        count = counted(self.HALF, seats(CHANGE_BOARD), votes(large="11A"))

        assert (count.outcome, count.present, count.needed) == ("no_quorum", 11, 12)

    def test_falls_when_one_stands_aside_unless_the_scheme_keeps_them_in(self) -> None:
        acts: list[Act] = [*votes(large="11A"), StoodAside("small 0")]

        assert counted(self.HALF, seats(CHANGE_BOARD), acts).needed == 11
        assert counted(replace(self.HALF, aside="in"), seats(CHANGE_BOARD), acts).needed == 12

    def test_is_never_under_the_fewest(self) -> None:
        scheme = replace(BY_MEMBER, quorum=Quorum(Reach(Fraction(1, 2), beyond=True), fewest=5))

        assert counted(scheme, seats({"large": 4}), votes(large="4A")).outcome == "no_quorum"

    def test_counts_who_abstains_as_present(self) -> None:
        assert counted(self.HALF, seats({"large": 4}), votes(large="1A 1X")).outcome == "carried"


class TestScheme:
    @MANY
    @given(SEEDS)
    def test_is_written_and_read_as_the_same(self, seed: int) -> None:
        scheme = Scheme.of_facts(scheme_of(dice(seed)))

        assert Scheme.of_facts(json.loads(json.dumps(scheme.as_facts()))) == scheme

    @pytest.mark.parametrize(
        "share",
        [
            {"at_least": "0/2"},
            {"at_least": "3/2"},
            {"more_than": "1/0"},
            {"more_than": "half"},
            {"at_least": 0.5},
            {"at_least": "1/2", "more_than": "1/2"},
            {},
        ],
    )
    def test_refuses_a_share_that_is_none(self, share: dict[str, Any]) -> None:
        with pytest.raises(UnableToCount):
            Reach.of_facts(share)


class TestUnableToCount:
    def test_an_unknown_choice_a_seat_named_twice_or_a_casting_vote_that_abstains(self) -> None:
        with pytest.raises(UnableToCount, match="'B'"):
            counted(BY_MEMBER, seats({"large": 1}), [Ballot("large 0", "B")])
        with pytest.raises(UnableToCount, match="twice"):
            counted(BY_MEMBER, seats({"large": 1}) * 2, [])
        with pytest.raises(UnableToCount, match="for or against"):
            counted(BY_MEMBER, seats({"large": 1}), [CastingVote("X")])


class TestActOf:
    def test_reads_the_acts_that_count_and_passes_over_others(self) -> None:
        assert act_of("decisions.cast_vote", {"motion": "M", "seat": "a", "choice": "A"}) == Ballot("a", "A")
        assert act_of("decisions.stand_aside", {"motion": "M", "seat": "a"}) == StoodAside("a")
        assert act_of("decisions.give_casting_vote", {"motion": "M", "choice": "A"}) == CastingVote("A")
        assert act_of("decisions.close_vote", {"motion": "M"}) is None

    def test_keeps_a_seat_as_it_was(self) -> None:
        seat = Seat("a", "large", 3, "vacant")

        assert Seat.of_facts(seat.as_facts()) == seat

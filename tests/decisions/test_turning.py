"""What would turn a vote: compared, on small boards, with every further vote there could be."""

import itertools
import os
import random
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest

from tallystick.decisions.counting import (
    Ballot,
    CastingVote,
    Reach,
    Scheme,
    Seat,
    StoodAside,
    called,
    counted,
)
from tallystick.decisions.turning import ANY, Further, Turning, Way, opened, turning
from tests.decisions.boards import Board, ruled, scheme_of

BOARDS = int(os.environ.get("TALLY_BOARDS", "2000")) // 5
FEW = 7
MAJORITY = Reach(Fraction(1, 2), beyond=True)
BY_CATEGORY = Scheme({"A": "for", "R": "against", "X": "abstain"}, "categories", MAJORITY)
BY_MEMBER = replace(BY_CATEGORY, method="members")
SIDES: tuple[str | None, ...] = (None, "approve", "reject", "abstain")
Sets = set[tuple[tuple[tuple[str, int], ...], bool]]


def small_board(seed: int) -> Board:
    """Return a board of few seats, of a scheme that a rulebook could state and without a quorum."""
    dice = random.Random(seed)  # noqa: S311 - not for secrets: a seed repeats the case
    scheme = {**ruled(scheme_of(dice)), "quorum": None}
    if seed % 3 == 0:
        scheme |= {"tie": "casting", "chair": "casting", "base": "cast", "needs": {"more_than": "1/2"}}
    seats = [
        {
            "seat": f"S{n}",
            "constituency": dice.choice(["large", "small", "network", "chair"]),
            "weight": dice.choice([1, 2, 3, 5]),
            "state": dice.choice(["filled"] * 8 + ["vacant", "aside"]),
        }
        for n in range(dice.randint(2, FEW))
    ]
    later: list[tuple[str, dict[str, Any]]] = [
        (
            "cast_vote",
            {"seat": seat["seat"], "choice": dice.choice(["approve", "reject", "reject", "abstain"])},
        )
        for seat in seats
        if dice.random() < 0.5
    ]
    if dice.random() < 0.2:
        later.append(("give_casting_vote", {"choice": dice.choice(["approve", "reject"])}))
    return Board({"scheme": scheme, "seats": seats}, later)


def futures(one: Board) -> Iterator[tuple[list[Ballot], str | None]]:
    """Yield everything that those who have not voted could still do, and every casting vote still to give."""
    roll = called(one.scheme, one.seats, one.acts)
    silent = [seat.seat for seat in roll.silent()]
    castings = [None, "approve"] if one.scheme.tie == "casting" and roll.casting is None else [None]
    for chosen in itertools.product(SIDES, repeat=len(silent)):
        cast = [Ballot(s, c) for s, c in zip(silent, chosen, strict=True) if c is not None]
        for casting in castings:
            yield cast, casting


def carries(one: Board, cast: list[Ballot], casting: str | None) -> bool:
    later = [*one.acts, *cast, *([CastingVote(casting)] if casting else [])]
    return counted(one.scheme, one.seats, later).outcome == "carried"


def by_trying(one: Board) -> Sets:
    """Return the smallest sets of further votes that turn the vote, by trying every one."""
    wanted = not carries(one, [], None)
    weights = {s.seat: s.weight if one.scheme.method == "weighted" else 1 for s in one.seats}
    places = {s.seat: s.constituency if one.scheme.method == "categories" else ANY for s in one.seats}
    found: list[tuple[Counter[str], bool]] = []
    for cast, casting in futures(one):
        if carries(one, cast, casting) == wanted and not (casting and not wanted):
            amounts: Counter[str] = Counter()
            for ballot in cast:
                amounts[places[ballot.seat]] += weights[ballot.seat]
            found.append((+amounts, casting is not None))
    return {
        (tuple(sorted(votes.items())), casting)
        for votes, casting in found
        if not any(other != (votes, casting) and other[0] <= votes and other[1] <= casting for other in found)
    }


def told(turned: Turning) -> Sets:
    return {
        (tuple(sorted((one.constituency, one.amount) for one in way.votes)), way.casting)
        for way in turned.ways
    }


class TestTurning:
    def test_is_what_trying_every_further_vote_finds(self) -> None:
        seen: Counter[str] = Counter()
        for seed in range(BOARDS):
            one = small_board(seed)
            turned = turning(one.scheme, one.seats, one.acts, most=100)
            tried = by_trying(one)
            seen["settled" if turned.is_settled else "casting" if any(c for _, c in tried) else "open"] += 1
            if one.scheme.method == "weighted":
                assert bool(told(turned)) == bool(tried), seed
            else:
                assert told(turned) == tried, seed

        assert min(seen.values()) > 5
        assert set(seen) == {"settled", "casting", "open"}

    def test_names_the_least_weight_that_turns_a_weighted_vote(self) -> None:
        weighted = [seed for seed in range(BOARDS) if small_board(seed).scheme.method == "weighted"]
        for seed in weighted:
            one = small_board(seed)
            turned = turning(one.scheme, one.seats, one.acts)
            worth = {s.seat: s.weight for s in one.seats}
            choice = "reject" if carries(one, [], None) else "approve"
            for way in (way for way in turned.ways if not way.casting):
                least = sum(vote.amount for vote in way.votes)
                for cast, casting in futures(one):
                    if casting is None and {ballot.choice for ballot in cast} == {choice}:
                        enough = sum(worth[ballot.seat] for ballot in cast) >= least
                        assert (carries(one, cast, None) == (choice == "approve")) == enough, seed

    def test_stops_where_there_are_more_ways_than_anybody_reads(self) -> None:
        seats = [Seat(f"{n} {k}", f"C{n}") for n in range(9) for k in range(3)]
        acts = [Ballot(f"{n} 0", "A") for n in range(9)]

        turned = turning(BY_CATEGORY, seats, acts, most=3)

        assert len(turned.ways) == 3
        assert not turned.whole
        assert not turned.is_settled

    def test_lists_the_fewest_votes_first(self) -> None:
        seats = [Seat(f"L{n}", "large") for n in range(13)] + [Seat(f"S{n}", "small") for n in range(3)]
        acts = [*(Ballot(f"L{n}", "A") for n in range(4)), *(Ballot(f"S{n}", "A") for n in range(1))]

        ways = turning(BY_CATEGORY, seats, acts).ways

        assert ways == (
            Way("against", (Further("small", 2),)),
            Way("against", (Further("large", 5),)),
            Way("against", (Further("large", 4), Further("small", 1))),
        )

    def test_may_want_the_casting_vote_alone(self) -> None:
        scheme = replace(BY_MEMBER, tie="casting", chair="casting")
        seats = [Seat("a", "large"), Seat("b", "large"), Seat("c", "chair")]

        turned = turning(scheme, seats, [Ballot("a", "A"), Ballot("b", "R")])

        assert turned.ways == (Way("for", (), casting=True),)

    def test_finds_no_tie_that_the_weights_left_cannot_make(self) -> None:
        scheme = replace(BY_MEMBER, method="weighted", tie="casting", chair="casting")
        seats = [Seat("a", "large", 3), Seat("b", "large", 2), Seat("c", "large", 2), Seat("d", "chair")]

        turned = turning(scheme, seats, [Ballot("a", "R")])

        assert turned.ways == (Way("for", (Further(ANY, 4),)),)


class TestOpened:
    @pytest.mark.parametrize(
        ("ballots", "ties", "turns"),
        [
            ("AAAARR", 2, 3),
            ("AAAA", None, None),
            ("AAA", 3, None),
            ("AR", None, 1),
            ("", None, 1),
            ("RRR", 3, None),
        ],
    )
    def test_counts_the_votes_behind_that_tie_or_turn(
        self, ballots: str, ties: int | None, turns: int | None
    ) -> None:
        size = 11 if len(ballots) == 6 else 7 if ballots == "AAAA" else 6
        seats = [Seat(f"{n}", "large") for n in range(size)]
        acts: list[Any] = [Ballot(f"{n}", choice) for n, choice in enumerate(ballots)]

        (one,) = opened(BY_CATEGORY, seats, acts)

        assert (one.ties, one.turns) == (ties, turns)

    def test_leaves_out_who_stood_aside(self) -> None:
        seats = [Seat("a", "large"), Seat("b", "large"), Seat("c", "large")]

        (one,) = opened(BY_CATEGORY, seats, [Ballot("a", "A"), StoodAside("b")])

        assert (one.silent, one.ties, one.turns) == (1, 1, None)

"""A vote counted: from the scheme, the seats and the acts of one motion to what came of it.

The rules and their order are those of docs/voting-format.md. All arithmetic is on whole numbers and exact
fractions, and nothing here knows of rows, pages or clocks: whoever has the journal can count again.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from math import ceil, floor
from typing import Any, Literal

Effect = Literal["for", "against", "abstain"]
Outcome = Literal["carried", "not_carried", "deferred", "no_quorum"]
CategoryOutcome = Literal["for", "against", "none"]
CHAIR = "chair"
HALF = Fraction(1, 2)
_WRITTEN = re.compile(r"[0-9]{1,9}/[0-9]{1,9}")


class UnableToCount(ValueError):
    """What was recorded is no vote: an unknown choice, a seat named twice, a share that is none."""


@dataclass(frozen=True, slots=True)
class Reach:
    """A share to be reached: at least it or, if `beyond`, more than it."""

    share: Fraction
    beyond: bool

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Reach":
        named = [key for key in ("at_least", "more_than") if key in facts]
        written = facts[named[0]] if len(named) == 1 else None
        if not isinstance(written, str) or not _WRITTEN.fullmatch(written) or written.endswith("/0"):
            raise UnableToCount("A share is at_least or more_than a fraction, such as 1/2.")
        share = Fraction(written)
        if not 0 < share <= 1:
            raise UnableToCount(f"The share {written} is not above 0 and at most 1.")
        return cls(share, beyond=named == ["more_than"])

    def as_facts(self) -> dict[str, str]:
        word = "more_than" if self.beyond else "at_least"
        return {word: f"{self.share.numerator}/{self.share.denominator}"}

    def least(self, whole: int) -> int:
        """Return the smallest whole number that reaches the share of the whole."""
        share = self.share * whole
        return floor(share) + 1 if self.beyond else ceil(share)

    @property
    def is_majority(self) -> bool:
        return self.beyond and self.share == HALF


@dataclass(frozen=True, slots=True)
class Quorum:
    """How many seats have to be present: a share of those able to vote, and never under `fewest`."""

    reach: Reach
    fewest: int = 0

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Quorum":
        return cls(Reach.of_facts(facts), facts.get("fewest", 0))

    def as_facts(self) -> dict[str, Any]:
        return {**self.reach.as_facts(), **({"fewest": self.fewest} if self.fewest else {})}

    def least(self, able: int) -> int:
        return max(self.reach.least(able), self.fewest)


@dataclass(frozen=True, slots=True)
class Scheme:
    """What counts of a voting scheme. What it says besides is for readers."""

    choices: Mapping[str, Effect]
    method: Literal["members", "weighted", "categories"]
    needs: Reach
    base: Literal["cast", "cast_or_abstained", "able"] = "cast"
    quorum: Quorum | None = None
    vacancies: Literal["out", "in"] = "out"
    aside: Literal["out", "in"] = "out"
    chair: Literal["votes", "casting", "none"] = "none"
    tie: Literal["not_carried", "casting", "deferred"] = "not_carried"
    changeable: bool = False

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Scheme":
        """Return the scheme that an entry of the journal says.

        :raises UnableToCount: if a share is none
        """
        quorum = facts["quorum"]
        return cls(
            choices=dict(facts["choices"]),
            method=facts["method"],
            needs=Reach.of_facts(facts["needs"]),
            base=facts["base"],
            quorum=None if quorum is None else Quorum.of_facts(quorum),
            vacancies=facts["vacancies"],
            aside=facts["aside"],
            chair=facts["chair"],
            tie=facts["tie"],
            changeable=facts["changeable"],
        )

    def as_facts(self) -> dict[str, Any]:
        return {
            "choices": dict(self.choices),
            "method": self.method,
            "needs": self.needs.as_facts(),
            "base": self.base,
            "quorum": self.quorum.as_facts() if self.quorum else None,
            "vacancies": self.vacancies,
            "aside": self.aside,
            "chair": self.chair,
            "tie": self.tie,
            "changeable": self.changeable,
        }

    def effect(self, choice: str) -> Effect:
        """Return what a choice counts as.

        :raises UnableToCount: if the scheme knows no such choice
        """
        if choice not in self.choices:
            raise UnableToCount(f"The scheme has no choice {choice!r}.")
        return self.choices[choice]


@dataclass(frozen=True, slots=True)
class Seat:
    """A seat as it was when the vote opened."""

    seat: str
    constituency: str
    weight: int = 1
    state: Literal["filled", "vacant", "aside"] = "filled"

    @classmethod
    def of_facts(cls, facts: Mapping[str, Any]) -> "Seat":
        return cls(facts["seat"], facts["constituency"], facts["weight"], facts["state"])

    def as_facts(self) -> dict[str, Any]:
        return {
            "seat": self.seat,
            "constituency": self.constituency,
            "weight": self.weight,
            "state": self.state,
        }


@dataclass(frozen=True, slots=True)
class StoodAside:
    """Whoever holds the seat declared a conflict: from the start, it has no vote."""

    seat: str


@dataclass(frozen=True, slots=True)
class Ballot:
    """One vote of one seat."""

    seat: str
    choice: str


@dataclass(frozen=True, slots=True)
class CastingVote:
    """The vote of the chair that decides a tie, and nothing else."""

    choice: str


Act = StoodAside | Ballot | CastingVote


def act_of(name: str, facts: Mapping[str, Any]) -> Act | None:
    """Return what an entry of the journal did to a count, or nothing for an entry of another kind."""
    if name == "decisions.stand_aside":
        return StoodAside(facts["seat"])
    if name == "decisions.cast_vote":
        return Ballot(facts["seat"], facts["choice"])
    if name == "decisions.give_casting_vote":
        return CastingVote(facts["choice"])
    return None


@dataclass(frozen=True, slots=True)
class Sums:
    """Standing ballots of one constituency, or of all: by weight where the method weighs."""

    constituency: str
    for_: int = 0
    against: int = 0
    abstained: int = 0

    @property
    def outcome(self) -> CategoryOutcome:
        if self.for_ == self.against:
            return "none"
        return "for" if self.for_ > self.against else "against"

    def as_facts(self) -> dict[str, Any]:
        return {
            "constituency": self.constituency,
            "for": self.for_,
            "against": self.against,
            "abstained": self.abstained,
            "outcome": self.outcome,
        }


@dataclass(frozen=True, slots=True)
class Roll:
    """The seats that count, which of them stood aside, what stands of their ballots, and the casting vote."""

    seats: tuple[Seat, ...]
    aside: frozenset[str]
    ballots: Mapping[str, Effect]
    casting: Effect | None

    def filled(self) -> tuple[Seat, ...]:
        """Return the seats that can vote."""
        return tuple(one for one in self.seats if one.state == "filled" and one.seat not in self.aside)

    def silent(self) -> tuple[Seat, ...]:
        """Return the seats that can still vote and have not."""
        return tuple(one for one in self.filled() if one.seat not in self.ballots)

    def able(self, scheme: Scheme) -> tuple[Seat, ...]:
        """Return the seats that a share of those able to vote is taken of."""
        counted = {one.seat for one in self.filled()}
        if scheme.vacancies == "in":
            counted |= {one.seat for one in self.seats if one.state == "vacant"}
        if scheme.aside == "in":
            counted |= self.aside
        return tuple(one for one in self.seats if one.seat in counted)


@dataclass(frozen=True, slots=True)
class Decided:
    """What the sums of a vote decide, its quorum aside; `casting` is the casting vote where it decided."""

    outcome: Outcome
    tied: bool = False
    casting: Effect | None = None


@dataclass(frozen=True, slots=True)
class Count:
    """What came of a vote.

    `for_`, `against`, `abstained` and `able` follow the method; the rest of the numbers are of seats.
    """

    outcome: Outcome
    for_: int
    against: int
    abstained: int
    able: int
    present: int
    needed: int
    aside: int
    vacant: int
    silent: int
    tied: bool
    casting: Effect | None
    categories: tuple[Sums, ...]

    def as_facts(self) -> dict[str, Any]:
        """Return the count as the entry that closes a vote says it."""
        return {
            "outcome": self.outcome,
            "for": self.for_,
            "against": self.against,
            "abstained": self.abstained,
            "able": self.able,
            "present": self.present,
            "needed": self.needed,
            "aside": self.aside,
            "vacant": self.vacant,
            "silent": self.silent,
            "tied": self.tied,
            "casting": self.casting,
            "categories": [one.as_facts() for one in self.categories],
        }


def counted(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act]) -> Count:
    """Count a vote. Acts come in the order in which they were done.

    :raises UnableToCount: if a choice is unknown, a seat is named twice or a casting vote abstains
    """
    roll = called(scheme, seats, acts)
    able = roll.able(scheme)
    sums = summed(scheme, roll)
    present = len(roll.ballots)
    needed = scheme.quorum.least(len(able)) if scheme.quorum else 0
    weighed = sum(weight_of(scheme, one) for one in able)
    decided = Decided("no_quorum") if present < needed else decide(scheme, sums, weighed, roll.casting)
    return Count(
        outcome=decided.outcome,
        for_=sum(one.for_ for one in sums),
        against=sum(one.against for one in sums),
        abstained=sum(one.abstained for one in sums),
        able=weighed,
        present=present,
        needed=needed,
        aside=len(roll.aside),
        vacant=sum(one.state == "vacant" for one in roll.seats),
        silent=len(roll.silent()),
        tied=decided.tied,
        casting=decided.casting,
        categories=sums,
    )


def called(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act]) -> Roll:
    """Return which seats count and what stands of the acts.

    :raises UnableToCount: as `counted` does
    """
    every = tuple(seats)
    if len({one.seat for one in every}) < len(every):
        raise UnableToCount("A seat is named twice.")
    counting = tuple(one for one in every if scheme.chair == "votes" or one.constituency != CHAIR)
    done = tuple(acts)
    stood = {one.seat for one in done if isinstance(one, StoodAside)}
    aside = {one.seat for one in counting if one.state == "aside"}
    aside |= {one.seat for one in counting if one.state == "filled" and one.seat in stood}
    voting = {one.seat for one in counting if one.state == "filled"} - aside
    ballots: dict[str, Effect] = {}
    casting: Effect | None = None
    for act in done:
        if isinstance(act, Ballot):
            effect = scheme.effect(act.choice)
            if act.seat in voting and (scheme.changeable or act.seat not in ballots):
                ballots[act.seat] = effect
        elif isinstance(act, CastingVote):
            effect = scheme.effect(act.choice)
            casting = effect if scheme.changeable or casting is None else casting
    if casting == "abstain":
        raise UnableToCount("A casting vote is for or against.")
    return Roll(counting, frozenset(aside), ballots, casting)


def summed(scheme: Scheme, roll: Roll) -> tuple[Sums, ...]:
    """Return the standing ballots by constituency, in the order in which the seats name them."""
    tallies: dict[str, dict[Effect, int]] = {}
    for one in roll.seats:
        tally = tallies.setdefault(one.constituency, {"for": 0, "against": 0, "abstain": 0})
        if one.seat in roll.ballots:
            tally[roll.ballots[one.seat]] += weight_of(scheme, one)
    return tuple(Sums(key, one["for"], one["against"], one["abstain"]) for key, one in tallies.items())


def weight_of(scheme: Scheme, seat: Seat) -> int:
    return seat.weight if scheme.method == "weighted" else 1


def decide(scheme: Scheme, sums: Sequence[Sums], able: int, casting: Effect | None) -> Decided:
    """Return what the sums decide; `able` is counted as the method counts."""
    for_, against, base = compared(scheme, sums, able)
    if base and for_ >= scheme.needs.least(base):
        return Decided("carried")
    if not (scheme.needs.is_majority and for_ == against > 0):
        return Decided("not_carried")
    if scheme.tie == "deferred":
        return Decided("deferred", tied=True)
    if scheme.tie == "casting" and casting is not None:
        return Decided("carried" if casting == "for" else "not_carried", tied=True, casting=casting)
    return Decided("not_carried", tied=True)


def compared(scheme: Scheme, sums: Sequence[Sums], able: int) -> tuple[int, int, int]:
    """Return what is for, what is against, and the base that the share is taken of."""
    if scheme.method == "categories":
        outcomes = [one.outcome for one in sums]
        for_, against = outcomes.count("for"), outcomes.count("against")
        return for_, against, for_ + against
    for_, against = sum(one.for_ for one in sums), sum(one.against for one in sums)
    if scheme.base == "able":
        return for_, against, able
    abstained = sum(one.abstained for one in sums) if scheme.base == "cast_or_abstained" else 0
    return for_, against, for_ + against + abstained

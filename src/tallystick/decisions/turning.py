"""What would turn a vote that is open: the smallest sets of further votes after which it ends otherwise.

Further votes are those of seats that have not voted yet; votes already cast are taken as they stand, and so
is the quorum, which is told apart. A further vote for never turns a carried vote to lost, nor does one
against turn a lost vote to carried: a rulebook refuses the one scheme of which that would not hold, where a
tie is decided though silence or abstentions stand in the base. So only votes of one side are tried, and a set
is named only if none of its parts would do.
"""

import heapq
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from tallystick.decisions.counting import (
    Act,
    Decided,
    Effect,
    Roll,
    Scheme,
    Seat,
    Sums,
    called,
    decide,
    summed,
    weight_of,
)

Side = Literal["for", "against"]
MOST_WAYS = 12
MOST_TRIED = 20_000
MOST_WEIGHT = 1_000_000
ANY = ""


@dataclass(frozen=True, slots=True)
class Further:
    """So many more votes of a constituency, or of whatever seats: by weight where the method weighs."""

    constituency: str
    amount: int


@dataclass(frozen=True, slots=True)
class Way:
    """One smallest set of further votes, all of one side; `casting` if the chair has to cast for it too."""

    side: Side
    votes: tuple[Further, ...]
    casting: bool = False


@dataclass(frozen=True, slots=True)
class Turning:
    """How the votes stand, the quorum aside, and what would turn them, the fewest further votes first.

    Where `whole` is false there are more ways than are listed.
    """

    now: Decided
    ways: tuple[Way, ...]
    whole: bool = True

    @property
    def is_settled(self) -> bool:
        return self.whole and not self.ways


@dataclass(frozen=True, slots=True)
class Open:
    """What is open in one constituency: how many may still vote, and how many votes would change it.

    `ties` are votes for the side behind that leave it without an outcome, `turns` those that turn it; from no
    outcome, one vote turns it. Nothing stands where too few are left.
    """

    sums: Sums
    silent: int
    ties: int | None
    turns: int | None


def turning(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act], most: int = MOST_WAYS) -> Turning:
    """Return what would turn the vote; of the ways, at most so many."""
    roll = called(scheme, seats, acts)
    sums = summed(scheme, roll)
    able = sum(weight_of(scheme, one) for one in roll.able(scheme))
    now = decide(scheme, sums, able, roll.casting)
    side: Side = "against" if now.outcome == "carried" else "for"
    wanted = side == "for"

    def turns(votes: Sequence[Further], casting: Effect | None) -> bool:
        after = decide(scheme, _with(sums, votes, side), able, casting)
        return (after.outcome == "carried") is wanted

    open_to = _open_to(scheme, roll, sums, side)
    found, whole = _smallest(open_to, lambda votes: turns(votes, roll.casting), most)
    ways = [Way(side, votes) for votes in found]
    if wanted and scheme.tie == "casting" and roll.casting is None:
        with_casting, all_of_them = _with_casting(scheme, roll, open_to, turns, most)
        ways += [Way(side, votes, casting=True) for votes in with_casting]
        whole = whole and all_of_them
    order = {one.constituency: place for place, one in enumerate(sums)}
    ordered = sorted(ways, key=lambda way: _size(way, order))
    return Turning(now, tuple(ordered[:most]), whole and len(ordered) <= most)


def opened(scheme: Scheme, seats: Iterable[Seat], acts: Iterable[Act]) -> tuple[Open, ...]:
    """Return what is open in each constituency, in the order in which the seats name them."""
    roll = called(scheme, seats, acts)
    silent = roll.silent()
    found = []
    for sums in summed(scheme, roll):
        left = sum(weight_of(scheme, one) for one in silent if one.constituency == sums.constituency)
        apart = abs(sums.for_ - sums.against)
        ties = apart if apart and apart <= left else None
        found.append(Open(sums, left, ties, apart + 1 if apart < left else None))
    return tuple(found)


def _size(way: Way, order: Mapping[str, int]) -> tuple[int, int, list[int]]:
    """Return what ways are ordered by: votes, then constituencies, then the order of these."""
    votes = sum(one.amount for one in way.votes) + way.casting
    return votes, len(way.votes), [order.get(one.constituency, 0) for one in way.votes]


def _with(sums: Sequence[Sums], votes: Sequence[Further], side: Side) -> list[Sums]:
    """Return the sums with further votes; which constituency gets those of any does not matter to a whole."""
    more = {one.constituency or sums[0].constituency: one.amount for one in votes}
    if side == "for":
        return [replace(one, for_=one.for_ + more.get(one.constituency, 0)) for one in sums]
    return [replace(one, against=one.against + more.get(one.constituency, 0)) for one in sums]


def _open_to(scheme: Scheme, roll: Roll, sums: Sequence[Sums], side: Side) -> dict[str, Sequence[int]]:
    """Return the amounts of further votes that matter, from none up, by constituency."""
    silent = roll.silent()
    if scheme.method != "categories":
        return {ANY: range(sum(weight_of(scheme, one) for one in silent) + 1)}
    amounts: dict[str, Sequence[int]] = {}
    for one in sums:
        left = sum(seat.constituency == one.constituency for seat in silent)
        ahead = one.against - one.for_ if side == "for" else one.for_ - one.against
        amounts[one.constituency] = [0, *(n for n in (ahead, ahead + 1) if 0 < n <= left)]
    return amounts


def _with_casting(
    scheme: Scheme,
    roll: Roll,
    open_to: dict[str, Sequence[int]],
    turns: Callable[[Sequence[Further], Effect | None], bool],
    most: int,
) -> tuple[list[tuple[Further, ...]], bool]:
    """Return the smallest sets of votes for that leave a tie, which a casting vote for then decides."""
    found, whole = _smallest(open_to, lambda votes: turns(votes, "for"), most)
    tied = [votes for votes in found if not turns(votes, None)]
    if scheme.method != "weighted" or not tied:
        return tied, whole
    ((further,),) = [votes or (Further(ANY, 0),) for votes in tied]
    if further.amount > MOST_WEIGHT:
        return [], False
    weights = [one.weight for one in roll.silent()]
    return (tied, whole) if _adds_up(weights, further.amount) else ([], whole)


def _adds_up(weights: Iterable[int], amount: int) -> bool:
    """Tell whether some of the weights add up to the amount exactly."""
    sums = 1  # bit n is set where some of the weights add up to n
    for weight in weights:
        sums |= (sums << weight) & ((2 << amount) - 1)
    return bool(sums >> amount & 1)


def _smallest(
    open_to: dict[str, Sequence[int]], turns: Callable[[Sequence[Further]], bool], most: int
) -> tuple[list[tuple[Further, ...]], bool]:
    """Return the sets of votes that turn and none of whose parts does, and whether these are all.

    Sets are tried from the fewest votes up. Whatever contains a set that turns, turns too.
    """
    if len(open_to) == 1:
        return _threshold(*next(iter(open_to.items())), turns)
    names, amounts = list(open_to), list(open_to.values())
    ahead: list[tuple[int, tuple[int, ...]]] = [(0, (0,) * len(names))]
    found: list[tuple[int, ...]] = []
    tried = 0
    while ahead and len(found) <= most and tried < MOST_TRIED:
        _, at = heapq.heappop(ahead)
        tried += 1
        if any(all(a <= b for a, b in zip(one, at, strict=True)) for one in found):
            continue
        if turns(_votes(names, amounts, at)):
            found.append(at)
            continue
        last = max((n for n, step in enumerate(at) if step), default=0)
        for n in range(last, len(at)):
            if at[n] + 1 < len(amounts[n]):
                after = (*at[:n], at[n] + 1, *at[n + 1 :])
                heapq.heappush(ahead, (sum(amounts[m][step] for m, step in enumerate(after)), after))
    return [_votes(names, amounts, at) for at in found], not ahead


def _threshold(
    name: str, amounts: Sequence[int], turns: Callable[[Sequence[Further]], bool]
) -> tuple[list[tuple[Further, ...]], bool]:
    """Return the smallest amount that turns, found by halving: what turns goes on turning with more."""
    low, high = 0, len(amounts)
    while low < high:
        middle = (low + high) // 2
        if turns(_votes([name], [amounts], (middle,))):
            high = middle
        else:
            low = middle + 1
    return ([_votes([name], [amounts], (low,))] if low < len(amounts) else []), True


def _votes(names: list[str], amounts: Sequence[Sequence[int]], at: tuple[int, ...]) -> tuple[Further, ...]:
    return tuple(Further(names[n], amounts[n][step]) for n, step in enumerate(at) if step)

"""Made-up worlds of parties, and an attacker who knows the rules and all that one owner may see.

The attacker is not asked to solve anything. A number that a rival has is not determined exactly where there
is another world, with the same published things and the same own rows, in which the rival has another number.
So for each rival and number such a world is looked for, and where none is found, the number counts as
determined: that errs on the side of the attacker, who may be as clever as can be, and may know the rules,
everybody's owner and category, who sent something, and who sent something else later on.

Whoever owns several parties counts as one here: nothing that is told could part what they have together.
"""

import random
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from itertools import chain, combinations
from typing import NamedTuple

from tallystick.runs import peers
from tallystick.runs.instead import share_instead
from tallystick.runs.peers import Part, Told, Version
from tests.runs.peer_months import DAY

HALF = Fraction(1, 2)
# Who makes good what a rival gains: nobody where no sum is known, one other, or two between them.
RATIOS: tuple[tuple[Fraction, ...], ...] = (
    (),
    (Fraction(1),),
    (HALF, HALF),
    (Fraction(2), Fraction(-1)),
    (Fraction(-1), Fraction(2)),
)
TRIES = 100_000
NEAR = 20  # a number is determined where it is known to a twentieth of itself
MOST_PARTNERS = 8
STEPS = tuple(Fraction(text) for text in ("1/4", "1/8", "1/19", "1/2", "1", "3", "8", "20", "60"))

Sides = tuple[int, int]
Month = list[dict[str, Sides]]  # numerator and denominator of each owner, in each version of the month


class World(NamedTuple):
    """Owners, each of one category, and what they did in some months, as later versions have it."""

    category: dict[str, str]
    months: list[Month]


class Seen(NamedTuple):
    """What one owner sees of a month, by version: its own rows, wholes that are published, and peers.

    Of a whole that is not published it may see the share to a whole percent.
    """

    own: tuple[Sides | None, ...]
    wholes: tuple[Sides | None, ...]
    shares: tuple[int | None, ...]
    peers: tuple[Told | None, ...]


def parts(version: Mapping[str, Sides]) -> list[Part]:
    return [Part(owner, *sides) for owner, sides in version.items()]


def wholes(month: Month, *, carefully: bool = True) -> tuple[Sides | None, ...]:
    """Return the wholes of a month's versions, None where one is withheld."""
    published: list[list[Part]] = []
    found: list[Sides | None] = []
    for version in month:
        adding = parts(version)
        is_safe = peers.is_safe_to_publish(adding) and all(
            peers.is_safe_to_restate(earlier, adding) for earlier in published
        )
        if is_safe or not carefully:
            published.append(adding)
            found.append((sum(p.numerator for p in adding), sum(p.denominator for p in adding)))
        else:
            found.append(None)
    return tuple(found)


def statements(world: World, month: Month, own: str) -> list[Version]:
    """Return the version that is told of its peers to an owner, for each version of a month."""
    known = [
        Version(
            DAY,
            {
                part.party: part
                for part in parts(version)
                if part.party != own and world.category[part.party] == world.category[own]
            },
        )
        for version in month
    ]
    return [peers.last_told(known[: at + 1]) for at in range(len(known))]


def is_first(month: Month, at: int) -> bool:
    """Tell whether no version before had other numbers."""
    return all(before == month[at] for before in month[:at])


def seen(world: World, month: Month, own: str, *, carefully: bool = True) -> Seen:
    published = wholes(month, carefully=carefully)
    return Seen(
        tuple(version.get(own) for version in month),
        published,
        tuple(
            share_instead(parts(version)) if whole is None and is_first(month, at) else None
            for at, (version, whole) in enumerate(zip(month, published, strict=True))
        ),
        tuple(peers.statement(one.parts.values()) for one in statements(world, month, own)),
    )


class Attack:
    """One owner against the others, in one month; `tries` is how long a random search goes on."""

    def __init__(
        self, world: World, month: Month, own: str, *, carefully: bool = True, tries: int = TRIES
    ) -> None:
        self._world, self._month, self._own, self._carefully = world, month, own, carefully
        self._tries = tries
        self._seen = seen(world, month, own, carefully=carefully)

    def determined(self) -> list[tuple[str, int, str]]:
        """Return each rival, version and side whose number is as good as known."""
        found = []
        for at, version in enumerate(self._month):
            for rival, sides in version.items():
                if rival != self._own and sides[1]:
                    found += [(rival, at, side) for side in self._left(rival, at)]
        return found

    def counts(self) -> dict[str, int]:
        """Return how much there was to attack, and to attack with."""
        return {
            "numbers": 2 * sum(len(version.keys() - {self._own}) for version in self._month),
            "wholes": sum(one is not None for one in self._seen.wholes),
            "wholes withheld": sum(one is None for one in self._seen.wholes),
            "told as a share": sum(one is not None for one in self._seen.shares),
            "middles": sum(one is not None for one in self._seen.peers),
        }

    def _left(self, rival: str, at: int) -> list[str]:
        """Return the sides of a rival's part for which no other world was found."""
        left = ["numerator", "denominator"]
        before = self._month[at][rival]
        for world in chain(self._others(rival, at), self._anyhow(rival, at)):
            after = world[at][rival]
            left = [
                side for place, side in enumerate(("numerator", "denominator"))
                if side in left and abs(after[place] - before[place]) * NEAR <= before[place]
            ]  # fmt: skip
            if not left:
                break
        return left

    def _others(self, rival: str, at: int) -> Iterator[Month]:
        """Yield worlds that look the same, in which the rival has other numbers in the version."""
        largest = {one: max(v[one][1] for v in self._month if one in v) for v in self._month for one in v}
        others = sorted(largest.keys() - {rival, self._own}, key=lambda one: (-largest[one], one))
        known = {one: sides for version in self._month for one, sides in version.items()}
        known[rival] = self._month[at][rival]
        for ratio in RATIOS:
            for partners in combinations(others[:MOST_PARTNERS], len(ratio)):
                moves = self._moves(at, (rival, *partners))
                for by in _steps(known, rival, partners) if moves else ():
                    shifts = _shifts(rival, dict(zip(partners, ratio, strict=True)), by)
                    month = self._moved(moves, shifts)
                    if month is not None and self._looks_the_same(month):
                        yield month

    def _anyhow(self, rival: str, at: int) -> Iterator[Month]:
        """Yield worlds that look the same, found by trying changes of several at random."""
        chance = random.Random(f"{rival} {at}")  # noqa: S311 - a search, not a secret
        spans = self._spans()
        [first] = [(one, span) for one, span in spans if one == rival and at in span]
        published = [v for v, whole in enumerate(self._seen.wholes) if whole is not None]
        for _ in range(self._tries):
            month = [dict(version) for version in self._month]
            for one, span in [first, *chance.sample(spans, min(len(spans), chance.randint(0, 4)))]:
                _add(month, one, span, _gain(chance, self._month[min(span)][one]))
            for v in published:
                lacking = tuple(
                    sum(sides[side] for sides in self._month[v].values())
                    - sum(sides[side] for sides in month[v].values())
                    for side in (0, 1)
                )
                one, span = chance.choice([(one, span) for one, span in spans if v in span] or [first])
                _add(month, one, span, lacking)
            if _is_possible(month) and self._looks_the_same(month):
                yield month

    def _spans(self) -> list[tuple[str, frozenset[int]]]:
        """Return each other owner with each set of versions that are known to have the same of it."""
        return [
            (one, frozenset(v for v, version in enumerate(self._month) if version.get(one) == sides))
            for one in sorted({one for version in self._month for one in version} - {self._own})
            for sides in dict.fromkeys(version[one] for version in self._month if one in version)
        ]

    def _moves(self, at: int, movers: tuple[str, ...]) -> dict[str, set[int]]:
        """Return in which versions each mover changes so that sums stay; nothing where they cannot.

        A mover that is known to have the same numbers in two versions changes in both or in neither. In a
        version whose whole is published all change, or none.
        """
        moves: dict[str, set[int]] = {one: set() for one in movers}
        moves[movers[0]] = {at}
        before = None
        while before != moves:
            before = {one: set(versions) for one, versions in moves.items()}
            for one, versions in moves.items():
                together = {v for other in moves.values() for v in other if self._seen.wholes[v] is not None}
                told = [version.get(one) for version in self._month]
                versions |= {v for v in range(len(told)) for w in versions | together if told[v] == told[w]}
                if any(told[v] is None for v in versions):
                    return {}
        alone = len(movers) == 1 and any(self._seen.wholes[v] is not None for v in moves[movers[0]])
        return {} if alone else moves

    def _moved(self, moves: dict[str, set[int]], shifts: dict[str, Sides]) -> Month | None:
        """Return the month with what is shifted; None where somebody would have less than nothing."""
        month = [dict(version) for version in self._month]
        for one, versions in moves.items():
            _add(month, one, versions, shifts[one])
        return month if _is_possible(month) else None

    def _looks_the_same(self, month: Month) -> bool:
        changed, known = (
            [
                {one for one in {*a, *b} if a.get(one) != b.get(one)}
                for a, b in combinations(versions, 2)
            ]
            for versions in (month, self._month)
        )  # fmt: skip
        after = seen(self._world, month, self._own, carefully=self._carefully)
        return changed == known and after == self._seen


def _add(month: Month, one: str, versions: Iterable[int], by: tuple[int, ...]) -> None:
    for at in versions:
        numerator, denominator = month[at][one]
        month[at][one] = numerator + by[0], denominator + by[1]


def _is_possible(month: Month) -> bool:
    return all(0 <= n <= d and d for version in month for n, d in version.values())


def _gain(chance: random.Random, sides: Sides) -> Sides:
    """Return a change by little or by much, to less than ten events now and then."""
    numerator, denominator = sides
    by = chance.choice(
        (
            0,
            chance.randint(-2, 2),
            round(denominator * chance.uniform(-0.5, 0.5)),
            chance.randint(0, 9) - denominator,
            round(denominator * chance.uniform(0, 30)),
        )
    )
    share = numerator / denominator if denominator else 1
    return round(by * share) + chance.choice((0, 0, 1, -1)), by


def _shifts(rival: str, ratio: dict[str, Fraction], by: Sides) -> dict[str, Sides]:
    """Return what each gains: the rival as much as is said, its partners less by that, in a ratio."""
    shifts, left = {rival: by}, by
    for one, share in ratio.items():
        shifts[one] = -round(by[0] * share), -round(by[1] * share)
        left = left[0] + shifts[one][0], left[1] + shifts[one][1]
    if ratio:
        last = shifts[one]
        shifts[one] = last[0] - left[0], last[1] - left[1]
    return shifts


def _steps(version: dict[str, Sides], rival: str, partners: tuple[str, ...]) -> Iterator[Sides]:
    """Yield changes of a rival's numerator and denominator, from just over a twentieth to several times."""
    numerator, denominator = version[rival]
    shares = [Fraction(*version[one]) for one in (rival, *partners)]
    least = numerator // NEAR + 1
    for times in STEPS:
        for sign in (1, -1):
            by = sign * (int(denominator * times) + 1)
            tries = {by, 0, least, -least, *(round(by * share) for share in shares)}
            yield from ((top, by) for top in sorted(tries, key=lambda top: (abs(top), top), reverse=True))

"""Which rows of a type somebody may read, as a condition of a query.

It is drawn from the same tables as a single decision: for who is acting, every combination of the facts of a
row is asked of the policy, and those that are allowed are joined. In a join an empty `Q` would vanish rather
than stand for everything; it occurs only where it is the only one.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from functools import cache
from itertools import product
from typing import NamedTuple, TypeVar

from django.db.models import Q

from tallystick.parties.acting import Acting
from tallystick.parties.policy import kinds
from tallystick.parties.policy.decision import (
    POLICY,
    factor_of,
    interests,
    may_stand_with_any,
    own_body,
    own_party,
    role_of,
)
from tallystick.parties.policy.predicates import CLASSES, STATES, Ask

# True of every row. Its trace in the SQL tells that a query went through here (see `guard`).
WITH_A_CLASS = Q(classification__isnull=False)
NOTHING = Q(pk__in=[])
SIDES = ("own", "interest", "other", "none")

Handling = frozenset[tuple[str, str]]  # pairs of class and state
K = TypeVar("K")
V = TypeVar("V")


class Place(NamedTuple):
    """How a row stands to somebody: whose it is (one of SIDES), and whether it is before their body."""

    side: str
    on_body: bool


class Standing(NamedTuple):
    """Where somebody stands, by keys: their own party, the parties they stand with besides, their body.

    `any_party`: whom they stand with is not known, so that it may be every party but their own.
    """

    own: int | None
    near: frozenset[int]
    body: int | None
    any_party: bool = False

    def sides(self) -> set[str]:
        """Return the sides on which a row may be at all."""
        absent = {"own"} if self.own is None else set()
        if self.any_party:
            return set(SIDES) - absent - {"other"}
        return set(SIDES) - absent - (set() if self.near else {"interest"})

    def bodies(self) -> set[bool]:
        return {False} if self.body is None else {False, True}

    def side(self, name: str) -> Q:
        own = set() if self.own is None else {self.own}
        if name == "none":
            return Q(party__isnull=True)
        if name == "interest" and self.any_party:
            return Q(party__isnull=False) & ~Q(party__in=sorted(own))
        if name == "other":
            return Q(party__isnull=False) & ~Q(party__in=sorted(own | self.near))
        return Q(party__in=sorted(own if name == "own" else self.near))

    def at_body(self, *, on_body: bool) -> Q:
        return Q(body=self.body) if on_body else Q(body__isnull=True) | ~Q(body=self.body)


def scope(acting: Acting, kind: str, *, now: dt.datetime | None = None, cleared: bool = False) -> Q:
    """Return the condition that a row of the type may be read by somebody; the code is left to the caller.

    :param cleared: of rows in whose matter somebody declared that they stand with no side: whom they work
        for need not be known then
    :raises LookupError: if the policy knows no such type
    """
    if kind not in kinds.TYPES:
        raise LookupError(f"The policy knows no type {kind!r}.")
    any_party = may_stand_with_any(acting) and not cleared
    standing = Standing(own_party(acting), interests(acting), own_body(acting), any_party=any_party)
    possible = set(map(Place._make, product(standing.sides(), standing.bodies())))
    readable = _readable(role_of(acting), kind, factor_of(acting, now))
    places = _gathered({place: readable[place] for place in possible if readable[place]})
    if not places:
        return NOTHING
    return WITH_A_CLASS & _any(
        _of_handling(handling) & _at(where, possible, standing) for handling, where in places.items()
    )


@cache
def _readable(role: str, kind: str, factor: str) -> dict[Place, Handling]:
    """Return, for each place, which classes in which states may be read."""
    return {
        place: frozenset(
            (cls, state)
            for cls, state in product(CLASSES, STATES)
            if POLICY.allows(_ask(role, kind, factor, place)._replace(cls=cls, state=state))
        )
        for place in map(Place._make, product(SIDES, (False, True)))
    }


def _ask(role: str, kind: str, factor: str, place: Place) -> Ask:
    conflicted = place.side == "interest"
    rel = "other" if conflicted else place.side
    return Ask(role, kind, "r", "red", rel, place.on_body, False, conflicted, "draft", factor)


def _of_handling(handling: Handling) -> Q:
    """Return the condition that a row's class and state are one of the pairs."""
    states: dict[str, set[str]] = defaultdict(set)
    for cls, state in sorted(handling):
        states[cls].add(state)
    return _any(
        _one_of("classification", classes, CLASSES, "red") & _one_of("publicity", among, STATES, "draft")
        for among, classes in _gathered({cls: frozenset(found) for cls, found in states.items()}).items()
    )


def _at(places: set[Place], possible: set[Place], standing: Standing) -> Q:
    """Return the condition that a row stands at one of the places, of those that are possible."""
    if places == possible:
        return Q()
    bodies: dict[str, set[bool]] = defaultdict(set)
    for place in sorted(places):
        bodies[place.side].add(place.on_body)
    return _any(
        _at_sides(sides, standing) & _at_bodies(among, standing)
        for among, sides in _gathered({side: frozenset(found) for side, found in bodies.items()}).items()
    )


def _at_sides(sides: set[str], standing: Standing) -> Q:
    if sides == standing.sides():
        return Q()
    return _any(standing.side(side) for side in sorted(sides))


def _at_bodies(bodies: frozenset[bool], standing: Standing) -> Q:
    if bodies == standing.bodies():
        return Q()
    return standing.at_body(on_body=True in bodies)


def _one_of(field: str, values: AbstractSet[str], known: tuple[str, ...], otherwise: str) -> Q:
    """Return the condition that the field has one of the values; what is not known counts as `otherwise`."""
    if values == set(known):
        return Q()
    if otherwise in values:
        return ~Q(**{f"{field}__in": sorted(set(known) - values)})
    return Q(**{f"{field}__in": sorted(values)})


def _gathered(values: Mapping[K, V]) -> dict[V, set[K]]:
    """Return the keys by their value."""
    keys: dict[V, set[K]] = defaultdict(set)
    for key, value in values.items():
        keys[value].add(key)
    return keys


def _any(conditions: Iterable[Q]) -> Q:
    joined = Q()
    for condition in conditions:
        joined |= condition
    return joined

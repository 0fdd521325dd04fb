"""How a party stands among others of its category, told so that nobody's own numbers can be worked out.

How few are too few the rulebook says (`fewest` of `handling.yaml`); below, "five" and "ten events" are what
holds where it says nothing.

This is the one place that reads figures of other parties for somebody who may not see them. What leaves is
made of five owners or more; parties under one owner count as one, since they can put together what they know.
Where the middle of them lies is told by a cell that is twice as wide as it would have to be: why that one
was chosen then says nothing of any one of them. `docs/decisions/0012-peers.md` gives the reasons.

Here, too, are the rules by which a whole may be seen by those who know a part of it; `runs.wholes` asks them.
"""

import datetime as dt
import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import NamedTuple

from django.db.models import Value

from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, GroupMembership, Role, in_force
from tallystick.parties.policy.decision import facts, may, own_party
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.policy.kinds import FOR_A_PARTY
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.handling import UNWRITTEN_FEWEST, Fewest
from tallystick.rulebook.periods import Span
from tallystick.runs.models import Figure, Run

WHY = "Figures of five owners or more are told together; no row leaves this module."
DOMINANT = Fraction(85, 100)
HUNDRED = 100
FINEST = Fraction(1, 2)  # percent

Parts = Sequence[tuple[str, int, int]]


class Part(NamedTuple):
    """What one party, or all of one owner, adds to a figure."""

    party: str
    numerator: int
    denominator: int


@dataclass(frozen=True, slots=True, order=True)
class Band:
    """Shares above `low` up to `high`, in percent and whole or half ones, that five owners or more lie in."""

    low: Fraction
    high: Fraction


@dataclass(frozen=True, slots=True)
class Peers:
    """What may be said of the others of a category under one measure.

    `middle` holds the middle of their shares. `at_least` is how many owners there are, rounded down to a
    multiple of five. It is said of what was known on `known_on`: a later run changes it once the figures of
    five owners have changed.
    """

    category: str
    at_least: int
    middle: Band
    known_on: dt.date


class Told(NamedTuple):
    """What of `Peers` follows from the shares alone."""

    at_least: int
    middle: Band


class Version(NamedTuple):
    """The parts of a figure as one run had them, by owner."""

    known_on: dt.date
    parts: Mapping[str, Part]


def all_among_peers(acting: Acting, run: Run) -> dict[str, Peers]:
    """Return, by measure, what a delegate may know of the others of its category in a run.

    It takes three queries, however many measures there are.
    """
    own = own_party(acting)
    if own is None or run.state != Run.LANDED or run.code != acting.code:
        return {}
    if not may(acting, "r", facts(acting, Figure.TYPE, classification=Figure.AMBER, party=own)):
        return {}
    day = Span.parse(run.period).last
    categories, known = _categories(acting, day)
    if own not in categories:
        return {}
    owners = owners_on(day)
    mine = {_owner(owners, one) for one in {own, *known}}
    owner_of = {
        one: _owner(owners, one)
        for one, category in categories.items()
        if category == categories[own] and _owner(owners, one) not in mine
    }
    told, fewest = {}, rulebook_of(run.code).handling.fewest_on(day)
    for measure, versions in _versions(run, owner_of).items():
        version = last_told(versions, fewest)
        said = statement(tuple(version.parts.values()), fewest)
        if said is not None:
            told[measure] = Peers(categories[own], *said, known_on=version.known_on)
    return told


def _categories(acting: Acting, day: dt.date) -> tuple[dict[int, str], set[int]]:
    """Return each party's category on a day, and the parties whose own figures the person sees in any role.

    What is theirs they can take away.
    """
    held = Category.objects.filter(in_force(day), code=acting.code).values_list("organisation_id", "category")
    roles = Role.objects.filter(in_force(acting.day), person=acting.person, role__in=FOR_A_PARTY)
    own = roles.filter(organisation__isnull=False).annotate(none=Value(""))
    rows = list(held.union(own.values_list("organisation_id", "none"), all=True))
    return {one: category for one, category in rows if category}, {
        one for one, category in rows if not category
    }


def statement(parts: Iterable[Part], fewest: Fewest = UNWRITTEN_FEWEST) -> Told | None:
    """Return what may be told of parts, one of each owner; nothing of fewer than five, or if one dominates.

    Parts of fewer than ten events are left out. No sum is told, so that theirs cannot be had by taking away.
    """
    counted = [part for part in parts if part.denominator >= fewest.events]
    if len(counted) < fewest.owners or any(not 0 <= part.numerator <= part.denominator for part in counted):
        return None
    if _is_dominated([part.denominator for part in counted]):
        return None
    # A share of nothing lies in the last cell: it must not have one to itself.
    short = sorted(
        min(Fraction(HUNDRED * (part.denominator - part.numerator), part.denominator), HUNDRED - FINEST / 2)
        for part in counted
    )
    sealed = hashlib.sha256(repr(sorted(part[1:] for part in counted)).encode()).digest()
    least = fewest.owners
    return Told(len(short) // least * least, _middle(short, int.from_bytes(sealed), least))


def _middle(short: Sequence[Fraction], choice: int, least: int) -> Band:
    """Return a cell twice as wide as the smallest with the middle of the shortfalls and five of them.

    Of the wider cells that hold such a smallest one, `choice` takes one. It follows from all the numbers, so
    that nobody can go back from the cell to the smallest one who does not know them. Nothing is told beside
    it: two cells, of two parts of the peers, would tell of those who lie in the one and not in the other.
    """
    low, high = short[(len(short) - 1) // 2], short[len(short) // 2]
    width = FINEST
    while width * 2 < HUNDRED:
        step = max(width / 2, FINEST)
        first = max((high - width) // step + 1, 0) * step
        found: set[Fraction] = set()
        for start in _every(first, low, step):
            if start + width <= HUNDRED and sum(start <= one < start + width for one in short) >= least:
                found |= {
                    wider
                    for wider in _every(max(start - width, Fraction(0)), start, step)
                    if wider + 2 * width <= HUNDRED
                }
        if found:
            top = sorted(found)[choice % len(found)]
            return Band(HUNDRED - top - 2 * width, HUNDRED - top)
        width *= 2
    return Band(Fraction(0), Fraction(HUNDRED))


def _every(first: Fraction, last: Fraction, step: Fraction) -> list[Fraction]:
    return [first + step * number for number in range(int((last - first) // step) + 1)]


def last_told(versions: Sequence[Version], fewest: Fewest = UNWRITTEN_FEWEST) -> Version:
    """Return the version that is told of, the last of the versions being the one that is asked for.

    Two statements that differ by the change of four owners would tell what those four changed: the earlier
    one stands until five have changed since each statement that was ever made.
    """
    made: list[Version] = []
    standing = versions[0]
    for version in versions:
        if all(_is_apart(earlier.parts, version.parts, fewest) for earlier in made):
            standing = version
            if statement(tuple(version.parts.values()), fewest) is not None:
                made.append(version)
    return standing


def _is_apart(before: Mapping[str, Part], after: Mapping[str, Part], fewest: Fewest) -> bool:
    """Tell whether nobody or five have changed of those that statements are made of."""
    old, new = (
        {part for part in parts.values() if part.denominator >= fewest.events} for parts in (before, after)
    )
    changed = len({part.party for part in old ^ new})
    return changed == 0 or changed >= fewest.owners


def _versions(run: Run, owner_of: Mapping[int, str]) -> dict[str, list[Version]]:
    """Return the parts of each measure as the runs of the period had them, up to this one, as they landed."""
    with unscoped(WHY, of_everybody=True):
        rows = list(
            Figure.objects.filter(
                code=run.code,
                period=run.period,
                party__in=list(owner_of),
                denominator__isnull=False,
                numerator__isnull=False,
                run__state=Run.LANDED,
                run__ended_at__lte=run.ended_at,
            )
            .order_by("run__ended_at", "run_id", "place")
            .values_list(
                "measure", "run_id", "run__known_on", "group", "party_id", "numerator", "denominator"
            )
        )
    found: dict[str, dict[int, tuple[dt.date, list[Part]]]] = defaultdict(dict)
    for measure, number, known_on, group, party, numerator, denominator in rows:
        if len(group) == 1 and party in owner_of:
            _, parts = found[measure].setdefault(number, (known_on, []))
            parts.append(Part(owner_of[party], numerator or 0, denominator or 0))
    return {
        measure: [Version(known_on, {part.party: part for part in owned(parts)}) for known_on, parts in runs]
        for measure, by_run in found.items()
        if run.pk in by_run
        for runs in [by_run.values()]
    }


def owned(parts: Parts, owners: Mapping[str, str] | None = None) -> list[Part]:
    """Return the parts of one owner added up, each by its owner's name."""
    sides: dict[str, tuple[int, int]] = {}
    for party, numerator, denominator in parts:
        owner = (owners or {}).get(party, party)
        before = sides.get(owner, (0, 0))
        sides[owner] = before[0] + numerator, before[1] + denominator
    return [Part(owner, *both) for owner, both in sides.items()]


def owners_on(day: dt.date) -> dict[int, str]:
    """Return who owns each organisation in a group on the day; groups that share a member are one owner."""
    owners: dict[int, str] = {}
    members: dict[str, set[int]] = defaultdict(set)
    rows = GroupMembership.objects.filter(in_force(day)).order_by("group_id", "organisation_id")
    for organisation, group in rows.values_list("organisation_id", "group_id"):
        owner = f"group {group}"
        joined = members.pop(owners[organisation], set()) if organisation in owners else set()
        members[owner] |= {organisation, *joined}
        owners.update(dict.fromkeys(members[owner], owner))
    return owners


def _owner(owners: Mapping[int, str], organisation: int) -> str:
    return owners.get(organisation, f"organisation {organisation}")


def is_safe_to_publish(parts: Parts, fewest: Fewest = UNWRITTEN_FEWEST) -> bool:
    """Tell whether whoever knows one part and the whole learns no other part: party, numerator, denominator.

    To each there must be five others, none with 85 % of what all the others have, and something on either
    side, since of nothing everybody has nothing. Give parties of one owner as one (`owned`), and leave out
    what is published by itself. What no party adds to tells on none.
    """
    adding = [part for part in owned(parts) if part.numerator or part.denominator]
    rivals = [[part for part in adding if part is not own] for own in adding]
    return all(
        len(others) >= fewest.owners
        and not _is_told([part.numerator for part in others])
        and (all(not part.denominator for part in adding) or not _is_told([o.denominator for o in others]))
        for others in rivals
    )


def _is_told(numbers: Sequence[int]) -> bool:
    return not sum(numbers) or _is_dominated(numbers)


def _is_dominated(numbers: Sequence[int]) -> bool:
    return max(numbers) >= DOMINANT * sum(numbers)


def is_safe_to_restate(before: Parts, after: Parts, fewest: Fewest = UNWRITTEN_FEWEST) -> bool:
    """Tell whether a whole may be published of `after` where one of `before` was, for the same period.

    Their difference is what changed. It tells next to all of a party that came or went between them, whose
    change is 85 % of what it had or more, unless the change is itself of so many that it may be published.
    """
    old = {part.party: part for part in owned(before)}
    new = {part.party: part for part in owned(after)}
    changes, came_or_went = [], False
    for party in {*old, *new}:
        sides = zip(old.get(party, Part(party, 0, 0))[1:], new.get(party, Part(party, 0, 0))[1:], strict=True)
        by = []
        for one, other in sides:
            by.append(abs(other - one))
            came_or_went |= one != other and by[-1] >= DOMINANT * max(one, other)
        changes.append(Part(party, *by))
    return not came_or_went or is_safe_to_publish(changes, fewest)

"""What each version of a remedy promised, what changed between two, and how far every date has slipped."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from tallystick.cases.models import Milestone, Remedy

Change = Literal["added", "dropped", "moved", "reworded", "same"]
WORDS = ("what", "owner", "proof")
OF_A_VERSION = ("cause", "measure", "level", "months", "otherwise", "signed_by", "signed_as", "signed_on")


@dataclass(frozen=True)
class Promise:
    """A milestone as one version has it; `thread` tells which it is in the others."""

    thread: int
    number: int
    what: str
    owner: str
    due_on: dt.date
    proof: str


@dataclass(frozen=True)
class Version:
    """All that one version says."""

    version: int
    cause: str
    measure: str = ""
    level: Decimal | None = None
    months: int | None = None
    otherwise: str = ""
    signed_by: str = ""
    signed_as: str = ""
    signed_on: dt.date | None = None
    promises: tuple[Promise, ...] = ()

    def by_thread(self) -> dict[int, Promise]:
        return {one.thread: one for one in self.promises}


class Changed(NamedTuple):
    """What a version says under one name, and what the one before said."""

    name: str
    before: object
    after: object


@dataclass(frozen=True)
class Compared:
    """A milestone in two versions; `before` or `after` is None where one of them has none.

    `days` is how far its date moved: more is later. `words` are what else of it was changed.
    """

    thread: int
    before: Promise | None
    after: Promise | None
    days: int = 0
    words: tuple[Changed, ...] = ()

    @property
    def change(self) -> Change:
        """What changed, in one word: a date that moved tells more than words that did."""
        if self.before is None or self.after is None:
            return "added" if self.before is None else "dropped"
        if self.days:
            return "moved"
        return "reworded" if self.words else "same"


@dataclass(frozen=True)
class Difference:
    """What a version changed: of itself, and of each milestone in its order, those dropped last."""

    of_version: tuple[Changed, ...]
    milestones: tuple[Compared, ...]

    def __bool__(self) -> bool:
        return bool(self.of_version) or any(one.change != "same" for one in self.milestones)


class Slip(NamedTuple):
    """The day a milestone was first promised for, the day it is promised for now, and the days between."""

    first: dt.date
    now: dt.date

    @property
    def days(self) -> int:
        return (self.now - self.first).days


def version_of(remedy: Remedy, milestones: Iterable[Milestone]) -> Version:
    """Return what a version says, with its own milestones."""
    rows = sorted(milestones, key=lambda one: one.number)
    promises = (
        Promise(one.thread, one.number, one.what, one.owner, one.due_on, one.proof)
        for one in rows
        if one.remedy_id == remedy.pk
    )
    said = {name: getattr(remedy, name) for name in OF_A_VERSION}
    return Version(version=remedy.version, promises=tuple(promises), **said)


def difference(before: Version, after: Version) -> Difference:
    """Return what changed from one version to another."""
    old, new = before.by_thread(), after.by_thread()
    threads = [*new, *(thread for thread in old if thread not in new)]
    return Difference(
        of_version=_changed(OF_A_VERSION, before, after),
        milestones=tuple(_compared(thread, old.get(thread), new.get(thread)) for thread in threads),
    )


def slips(versions: Sequence[Version]) -> dict[int, Slip]:
    """Return, by thread, the first and the last day that versions promise, oldest first, for a milestone.

    Every version that was filed counts, one that was returned among them. A milestone that the last version
    has no more stands by the last that had it.
    """
    found: dict[int, Slip] = {}
    for version in versions:
        for one in version.promises:
            first = found[one.thread].first if one.thread in found else one.due_on
            found[one.thread] = Slip(first, one.due_on)
    return found


def _compared(thread: int, before: Promise | None, after: Promise | None) -> Compared:
    if before is None or after is None:
        return Compared(thread, before, after)
    days = (after.due_on - before.due_on).days
    return Compared(thread, before, after, days, _changed(WORDS, before, after))


def _changed(names: Iterable[str], before: object, after: object) -> tuple[Changed, ...]:
    pairs = (Changed(name, getattr(before, name), getattr(after, name)) for name in names)
    return tuple(one for one in pairs if one.before != one.after)

"""A remedy as pages show it: its versions and where each stands, its milestones with every date."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.cases.matter import Matter, seen
from tallystick.cases.models import Case, Remedy
from tallystick.cases.progress import Progress, Standing, progress_of
from tallystick.cases.versions import Difference, difference, version_of
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.parties.waiting import DueChip, due_chip
from tallystick.processes.queries import process_of

FILED, RETURNED, SUPERSEDED = "filed", "returned", "superseded"
CARRIED = ("accepted", "at_risk", "missed", "done")
# How a state is shown: the class of its pill, its icon, its word.
STATES = {
    "on_track": ("met", "circle-check", "On track"),
    "at_risk": ("blt", "triangle-inverted", "At risk"),
    "missed": ("blm", "square-x", "A date was missed"),
    "reached": ("met", "circle-check", "Reached"),
    "unknown": ("nrp", "help-hexagon", "Not known yet"),
}
MET = {"met": "Met", "awaited": "Months not yet computed", "missed": "Missed", "open": "Open"}


@dataclass(frozen=True)
class Tab:
    """One version among the others: its number, the stage it stands in, and that in words.

    One that was returned is told as that, also once the next has taken its place.
    """

    version: int
    stage: str
    title: str


@dataclass(frozen=True)
class Dated:
    """A milestone with the chip of its day."""

    standing: Standing
    due: DueChip

    @property
    def words(self) -> str:
        return MET[self.standing.state]


@dataclass(frozen=True)
class Shown:
    """All that pages show of one version; `changed` is None of the first."""

    row: Remedy
    stage: str
    tabs: tuple[Tab, ...]
    progress: Progress
    milestones: tuple[Dated, ...]
    changed: Difference | None

    @property
    def waits(self) -> bool:
        return self.stage == FILED

    @property
    def is_carried(self) -> bool:
        return self.stage in CARRIED

    @property
    def state(self) -> tuple[str, str, str]:
        return STATES[self.progress.state]

    @property
    def last_due(self) -> dt.date:
        return max(one.standing.promise.due_on for one in self.milestones)


def versions(acting: Acting, case: Case, matter: Matter | None = None) -> list[Any]:
    """Return the versions that somebody may see of a remedy, each with its `stage`, the oldest first.

    :param matter: the rows of the case as read for them, where that was done already
    """
    return seen((matter or Matter(case, acting)).remedies)


def latest(acting: Acting, case: Case, matter: Matter | None = None) -> Shown | None:
    """Return the version that waits, else the one that is carried out, else the last, if there is any."""
    told = matter or Matter(case, acting)
    rows = versions(acting, case, told)
    if not rows:
        return None
    waits = [one for one in rows if one.stage == FILED]
    carried = [one for one in rows if one.stage in CARRIED]
    return shown_of(acting, (waits or carried or [rows[-1]])[-1], rows, told)


def _title(row: Any) -> str:
    stage = RETURNED if row.stage == SUPERSEDED and row.was_returned else row.stage
    title: str = process_of(row.course).stage(stage).title
    return title


def shown_of(acting: Acting, row: Any, rows: Sequence[Any], matter: Matter | None = None) -> Shown:
    """Return one version as a page shows it, beside the others of its case."""
    told = matter or Matter(row.case, acting)
    tabs = tuple(Tab(one.version, one.stage, _title(one)) for one in rows)
    progress, calendar = progress_of(row, acting.day, told), rulebook_of(row.code).calendar()
    milestones = tuple(
        Dated(one, due_chip(one.promise.due_on, acting.day, calendar)) for one in progress.milestones
    )
    before = next((one for one in rows if one.version == row.version - 1), None)
    changed = None
    if before is not None:
        changed = difference(version_of(before, told.milestones), progress.version)
    return Shown(row, row.stage, tabs, progress, milestones, changed)

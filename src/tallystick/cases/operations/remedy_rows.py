"""What acts on remedies share: the rows they lock and read, the steps, and the names of what they changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tallystick.cases.models import Message, Remedy
from tallystick.cases.operations.entries import common
from tallystick.cases.progress import Standing
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, take_step


def fresh(remedy: Remedy) -> Remedy:
    found: Remedy = Remedy.objects.select_related("course", "case", "party").get(pk=remedy.pk)
    return found


def has_taken(remedy: Remedy, key: str) -> bool:
    return bool(remedy.course.steps.filter(key=key).exists())


def step(remedy: Remedy, taken: Taken, facts: Mapping[str, Any], by: Acting, at: dt.datetime) -> Step:
    return take_step(remedy.course, taken, facts, PREDICATES, by=by, at=at)


def next_due(stands: tuple[Standing, ...], by: Acting) -> dict[str, dt.date]:
    """Return what the clock of the next milestone is told: its day, or today where that is over."""
    return {"milestone": max(stands[0].promise.due_on, by.day)} if stands else {}


def tell(remedy: Remedy, kind: str, text: str, key: str, by: Acting, at: dt.datetime) -> Message:
    """Serve the party with words about a version."""
    message = Message(
        **common(remedy.case),
        case=remedy.case,
        kind=kind,
        text=text,
        from_party=False,
        sent_by=by.person,
        sent_at=at,
        key=key,
    )
    message.save(force_insert=True)
    return message


def enter_remedy(act: str, remedy: Remedy, by: Acting, at: dt.datetime, said: str, **facts: object) -> None:
    """Write the entry of an act on a version, which is about the version and names its case."""
    subject = Subject(remedy.code, remedy.TYPE, remedy.handle, remedy.classification)
    told = {"case": remedy.case.reference, "version": remedy.version, **facts}
    record(act=f"cases.{act}", subject=subject, by=by.actor, at=at, said=said, facts=told)

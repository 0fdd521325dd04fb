"""What the acts of this room share: the lock, and how they name what they changed."""

import datetime as dt
from collections.abc import Mapping

from tallystick.derogations.models import Derogation, Forbearance
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting

BESIDE = ("course", "party", "body")


def locked_derogation(row: Derogation) -> Derogation:
    """Return a derogation as it stands, which nobody else can change until this transaction ends."""
    held = Derogation.objects.select_for_update(of=("self",)).select_related(*BESIDE)
    found: Derogation = held.get(pk=row.pk)
    return found


def locked_forbearance(row: Forbearance) -> Forbearance:
    """Return forbearance as it stands, which nobody else can change until this transaction ends."""
    held = Forbearance.objects.select_for_update(of=("self",)).select_related("course", "body")
    found: Forbearance = held.get(pk=row.pk)
    return found


def enter(
    act: str,
    row: Derogation | Forbearance,
    by: Acting,
    at: dt.datetime,
    said: str,
    facts: Mapping[str, object],
) -> Entry:
    """Write the entry of an act of this room."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    told = {row.TYPE: row.reference, **facts}
    return record(act=f"derogations.{act}", subject=subject, by=by.actor, at=at, said=said, facts=told)


def day(one: dt.date) -> str:
    return f"{one.day} {one:%B %Y}"

"""What the acts on drafts and documents share: locks, who may act, how they name what they changed."""

import datetime as dt
from collections.abc import Mapping

from tallystick.assessments.models import Document
from tallystick.assessments.models.draft import KEY
from tallystick.decisions.marks import class_of
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Person, Role
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod

LONGEST = 4_000


def locked_period(period: OperatingPeriod) -> OperatingPeriod:
    """Return a period, in which nobody else drafts anything until this transaction ends."""
    held = OperatingPeriod.objects.select_for_update(of=("self",)).select_related("body")
    found: OperatingPeriod = held.get(pk=period.pk)
    return found


def locked_document(row: Document) -> Document:
    """Return a document as it stands, which nobody else can change until this transaction ends."""
    held = Document.objects.select_for_update(of=("self",))
    found: Document = held.select_related("course", "body", "period", "draft", "revises").get(pk=row.pk)
    return found


def person_of(by: Acting, key: str, refusal: type[Exception], roles: tuple[str, ...] = Role.OFFICE) -> Person:
    """Return who acts.

    :raises refusal: if it is for somebody else, or the form has no key
    """
    if by.person is None or by.name not in roles:
        raise refusal("The office does that." if roles == Role.OFFICE else "It is not for this role.")
    if not 0 < len(key) <= KEY:
        raise refusal("The form has no key, so that it could be done twice. Open the page again.")
    return by.person


def class_for(by: Acting) -> str:
    """Return the class of what the office drafts from today on."""
    return class_of(rulebook_of(by.code), Document.TYPE, by.day, None)


def enter(
    act: str, row: Classified, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]
) -> Entry:
    """Write the entry of an act of this room."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    return record(act=f"assessments.{act}", subject=subject, by=by.actor, at=at, said=said, facts=dict(facts))


def day(one: dt.date) -> str:
    return f"{one.day} {one:%B %Y}"

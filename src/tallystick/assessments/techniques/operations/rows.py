"""What the acts on applications share: the locks, who may act, and how they name what they changed."""

import datetime as dt
from collections.abc import Mapping

from tallystick.assessments.models import Application, Part
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Person, Role

LONGEST = 4000
KEY = 64


def locked_application(row: Application) -> Application:
    """Return an application as it stands, which nobody else can change until this transaction ends."""
    held = Application.objects.select_for_update(of=("self",)).select_related("course", "period")
    found: Application = held.get(pk=row.pk)
    return found


def locked_part(row: Part) -> Part:
    """Return a part as it stands, its application locked before it."""
    locked_application(row.application)
    held = Part.objects.select_for_update(of=("self",)).select_related("application__course", "party")
    found: Part = held.get(pk=row.pk)
    return found


def keyed(key: str, refusal: type[Exception]) -> str:
    """Return the key of a form.

    :raises refusal: if it has none
    """
    if not 0 < len(key) <= KEY:
        raise refusal("The form has no key, so that it could be done twice. Open the page again.")
    return key


def office_of(by: Acting, key: str, refusal: type[Exception]) -> Person:
    """Return who of the office acts.

    :raises refusal: if it is somebody else, or the form has no key
    """
    if by.person is None or by.name not in Role.OFFICE:
        raise refusal("The office applies techniques.")
    keyed(key, refusal)
    return by.person


def told(words: str, what: str, refusal: type[Exception]) -> str:
    """Return words that have to be said.

    :raises refusal: if nothing is said, or too much
    """
    said = words.strip()
    if not said or len(said) > LONGEST:
        raise refusal(f"Say {what}, in {LONGEST:,} characters at most.")
    return said


def enter(
    act: str, row: Classified, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]
) -> Entry:
    """Write the entry of an act of this room."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    return record(act=f"assessments.{act}", subject=subject, by=by.actor, at=at, said=said, facts=dict(facts))

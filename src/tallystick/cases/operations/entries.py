"""What the acts on cases share: the lock, the rows beside a case, and how they name what they changed."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tallystick.cases.models import Case, Note
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role


def locked_case(case: Case) -> Case:
    """Return the case as it stands, which nobody else can change until this transaction ends."""
    held = Case.objects.select_for_update(of=("self",)).select_related("course", "party", "body")
    found: Case = held.get(pk=case.pk)
    return found


def common(case: Case) -> dict[str, Any]:
    """Return what a row that both sides of a case see takes on from it."""
    return {
        "code": case.code,
        "classification": case.classification,
        "party": case.party,
        "body": case.body,
        "publicity": Case.ISSUED,
    }


def is_of_party(by: Acting, case: Case) -> bool:
    """Tell whether somebody acts for the party that a case is about."""
    return by.name == Role.PARTY_DELEGATE and by.organisation == case.party


def enter(
    act: str, row: Case | Note, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]
) -> Entry:
    """Write the entry of an act on a case, or on a note: the history of that is the office's own."""
    case = row if isinstance(row, Case) else row.case
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    told = {"case": case.reference, **facts}
    return record(act=f"cases.{act}", subject=subject, by=by.actor, at=at, said=said, facts=told)


def counted(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"

"""What the acts of this room share: the lock, the rows of words, and how they name what they changed."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from tallystick.decisions.marks import class_of
from tallystick.decisions.worded import worded
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Person, Role
from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod, Risk, Wording
from tallystick.risks.models.period import KEY
from tallystick.risks.words import WORDS, Words


@dataclass(frozen=True)
class Writing:
    """By whom, when, why and by which form words are written, and the body that the register is before."""

    by: Acting
    at: dt.datetime
    why: str
    key: str
    body: int | None = None


def locked_register(code: str) -> OperatingPeriod | None:
    """Return the latest period of a code, which nobody else can write in until this transaction ends.

    Every act but the first opening takes this lock, so that references and numbers are given one by one.
    """
    held = OperatingPeriod.objects.select_for_update(of=("self",)).filter(code=code)
    found: OperatingPeriod | None = held.select_related("body").order_by("-from_on").first()
    return found


def person_of(by: Acting, key: str, refusal: type[Exception]) -> Person:
    """Return who of the office acts.

    :raises refusal: if it is somebody else, or the form has no key
    """
    if by.person is None or by.name not in Role.OFFICE:
        raise refusal("The office keeps the register.")
    if not 0 < len(key) <= KEY:
        raise refusal("The form has no key, so that it could be done twice. Open the page again.")
    return by.person


def written_risk(reference: str, words: Words, told: Writing, classification: str) -> tuple[Risk, Wording]:
    """Write a risk with its first version."""
    risk = Risk(
        code=told.by.code,
        classification=classification,
        publicity=Risk.ISSUED,
        body_id=told.body,
        reference=reference,
        since=told.by.day,
    )
    risk.save(force_insert=True)
    return risk, written_words(risk, 1, words, told)


def written_words(risk: Risk, number: int, words: Words, told: Writing) -> Wording:
    """Write a version of a risk's words."""
    wording = Wording(
        code=risk.code,
        classification=risk.classification,
        publicity=Risk.ISSUED,
        body_id=told.body,
        risk=risk,
        number=number,
        **words.columns,
        why=told.why.strip(),
        by=told.by.person,
        at=told.at,
        key=told.key,
    )
    wording.save(force_insert=True)
    return wording


def free_reference(code: str) -> str:
    """Return the first reference after those given, such as R-09."""
    given = Risk.objects.filter(code=code).values_list("reference", flat=True)
    last = max((int(one.partition("-")[2]) for one in given), default=0)
    return f"R-{last + 1:02}"


def class_for(by: Acting, asked: str = "") -> str:
    """Return the class of what the register says from today on, or a stricter one that is asked for."""
    return class_of(rulebook_of(by.code), Risk.TYPE, by.day, None, asked)


def places(wording: Wording) -> list[str]:
    """Return how an entry names the words of a version, each where it stands."""
    told = [name for name in (*WORDS, "why") if not isinstance(getattr(wording, name), dict)]
    kept = [f"{name}.{key}" for name in ("factors", "elsewhere") for key in getattr(wording, name)]
    return worded(wording, *told, *kept)


def enter(
    act: str, row: Classified, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]
) -> Entry:
    """Write the entry of an act of this room."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    return record(act=f"risks.{act}", subject=subject, by=by.actor, at=at, said=said, facts=dict(facts))

"""What the body that assures security sets and records of a party. All of it is Red.

These are the secretary's of that body alone: nobody else of the office reads or writes any of it.
"""

import datetime as dt
from dataclasses import dataclass
from typing import Any, TypeVar

from django.db import transaction

from tallystick.assessments.models import Assurance, Letter, SecurityStatus, Verification
from tallystick.assessments.models.security import LONGEST_NAME
from tallystick.assessments.security.words import KINDS, LETTERS, OUTCOMES, STATUSES
from tallystick.assessments.techniques.operations.rows import LONGEST, enter, keyed
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.classified import Classified
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped

BODY = "SSC"
Row = TypeVar("Row", SecurityStatus, Verification, Letter)


class UnableToAssure(Exception):
    """It is not this secretary's, the party is not of the code, or what is recorded is not said or known."""


@dataclass(frozen=True)
class StatusSet:
    status: str
    set_on: dt.date
    grounds: str
    key: str


@dataclass(frozen=True)
class Verified:
    kind: str
    held_on: dt.date
    assessor: str
    outcome: str
    key: str
    found: str = ""


@dataclass(frozen=True)
class Lettered:
    received_on: dt.date
    signed_by: str
    signed_as: str
    says: str
    outcome: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def set_status(*, party: Organisation, told: StatusSet, by: Acting, at: dt.datetime) -> SecurityStatus:
    """Set the status of a party's security, as the body decided it. The latest counts.

    :raises UnableToAssure: if it is not theirs to set, or the status or its grounds are not said
    """
    body = _body(by, told.key)
    _check(told.set_on, by, {"grounds": told.grounds}, (told.status, STATUSES))
    head = _head(party, body, by, at)
    row = SecurityStatus(**_of(head), status=told.status, set_on=told.set_on, grounds=told.grounds.strip())
    row.number = head.statuses.count() + 1
    made, is_new = _written(row, told.key, ("status", "set_on", "grounds"), by, at)
    if is_new:
        said = f"set the security assurance status of {party.name}"
        facts = {"status": made.status, "set_on": str(made.set_on), "number": made.number}
        enter("set_status", head, by, at, said, {**facts, **named(*worded(made, "grounds"))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_verification(*, party: Organisation, told: Verified, by: Acting, at: dt.datetime) -> Verification:
    """Record an assessment of a party's security.

    :raises UnableToAssure: if it is not theirs to record, or something is not said or known
    """
    body = _body(by, told.key)
    names = (told.kind, KINDS), (told.outcome, OUTCOMES)
    _check(told.held_on, by, {"assessor": told.assessor}, *names, may_be_empty=told.found)
    head = _head(party, body, by, at)
    row = Verification(**_of(head), kind=told.kind, held_on=told.held_on, outcome=told.outcome)
    row.assessor, row.found = told.assessor.strip(), told.found.strip()
    of_a_form = ("kind", "held_on", "assessor", "outcome", "found")
    made, is_new = _written(row, told.key, of_a_form, by, at)
    if is_new:
        said = f"recorded an assessment of the security of {party.name}"
        facts = {"kind": made.kind, "held_on": str(made.held_on), "outcome": made.outcome}
        enter(
            "record_verification", head, by, at, said, {**facts, **named(*worded(made, "assessor", "found"))}
        )
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def record_letter(*, party: Organisation, told: Lettered, by: Acting, at: dt.datetime) -> Letter:
    """Record a letter in which a director of a party answers for its security.

    :raises UnableToAssure: if it is not theirs to record, or something is not said or known
    """
    body = _body(by, told.key)
    words = {"signed_by": told.signed_by, "signed_as": told.signed_as, "says": told.says}
    _check(told.received_on, by, words, (told.outcome, LETTERS))
    head = _head(party, body, by, at)
    row = Letter(**_of(head), received_on=told.received_on, outcome=told.outcome)
    row.signed_by, row.signed_as, row.says = (one.strip() for one in words.values())
    made, is_new = _written(row, told.key, ("received_on", "outcome", *words), by, at)
    if is_new:
        said = f"recorded a director's letter of {party.name}"
        facts = {"received_on": str(made.received_on), "outcome": made.outcome}
        enter("record_letter", head, by, at, said, {**facts, **named(*worded(made, *words))})
    return made


def _body(by: Acting, key: str) -> Body:
    """Return the body that assures security, whose secretary acts.

    :raises UnableToAssure: if somebody else does
    """
    keyed(key, UnableToAssure)
    _person(by)
    if by.name != Role.SECRETARY or by.body is None or by.body.key != BODY:
        raise UnableToAssure("The secretary of the body that assures security records this.")
    return by.body


def _person(by: Acting) -> Person:
    if by.person is None:
        raise UnableToAssure("Sign in.")
    return by.person


def _check(
    day: dt.date,
    by: Acting,
    words: dict[str, str],
    *names: tuple[str, dict[str, str]],
    may_be_empty: str = "",
) -> None:
    if day > by.day:
        raise UnableToAssure("That day lies ahead.")
    if any(key not in known for key, known in names):
        raise UnableToAssure("That is none of the list.")
    short = [one for name, one in words.items() if name not in ("grounds", "says")]
    is_long = any(len(one) > LONGEST for one in (*words.values(), may_be_empty))
    if not all(one.strip() for one in words.values()) or is_long or any(map(_is_long, short)):
        raise UnableToAssure("Something is not said, or more than there is room for.")


def _is_long(name: str) -> bool:
    return len(name) > LONGEST_NAME


def _head(party: Organisation, body: Body, by: Acting, at: dt.datetime) -> Assurance:
    """Return the record of a party's security, locked; it begins with the first thing that is recorded."""
    if not party.categories.filter(code=by.code).exists():
        raise UnableToAssure("It is no party of this code.")
    there: Assurance | None = Assurance.objects.select_for_update().filter(code=by.code, party=party).first()
    if there is not None:
        return there
    head = Assurance(code=by.code, classification=Classified.RED, publicity=Assurance.ISSUED)
    head.party, head.body, head.begun_at = party, body, at
    head.save(force_insert=True)
    return head


def _of(head: Assurance) -> dict[str, object]:
    names = ("code", "classification", "publicity", "party", "body")
    return {"assurance": head, **{name: getattr(head, name) for name in names}}


def _written(row: Row, key: str, of_a_form: tuple[str, ...], by: Acting, at: dt.datetime) -> tuple[Row, bool]:
    """Write a row once for its form, and tell whether it was written now.

    :raises UnableToAssure: if the form said something else before
    """
    model: Any = type(row)
    person = _person(by)
    there: Row | None = model.objects.filter(by=person, key=key).first()
    if there is None:
        row.by, row.at, row.key = person, at, key
        row.save(force_insert=True)
        return row, True
    if any(getattr(there, name) != getattr(row, name) for name in (*of_a_form, "assurance_id")):
        raise UnableToAssure("This form said something else before. Open the page again.")
    return there, False

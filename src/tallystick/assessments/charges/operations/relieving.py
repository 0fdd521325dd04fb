"""Parties are relieved of what they would pay, or it is put off: what was computed stays as it was."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.charges.operations.sheets import charged, seal_charges, write_charges
from tallystick.assessments.matters.operations.rows import LONGEST, enter, locked
from tallystick.assessments.matters.standing import stage_of
from tallystick.assessments.models import ChargeLine, ChargeRun, Relief
from tallystick.assessments.models.charge import DEFERRED, RELIEVED
from tallystick.assessments.models.publication import KEY
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.queries import process_of, standing_of

# What a body approves is what is payable: it decides on reliefs with the charges, which then stay.
NOT_YET = ("shown", "checked")
PUT_OFF = (*NOT_YET, "approved", "invoiced")


class UnableToRelieve(Exception):
    """Nothing is said why, nobody pays anything, the day lies behind, or it is too late or too early."""


@dataclass(frozen=True)
class Relieved:
    """Whom it is for, everybody where `party` is None; whether for good or until a day, and why.

    `kind` and `cause` are those of `Relief`; `key` is that of the form.
    """

    party: Organisation | None
    kind: str
    cause: str
    why: str
    key: str
    until_on: dt.date | None = None


@transaction.atomic
@unscoped(BY_AN_ACT)
def relieve_charges(
    *, charge_run: ChargeRun, relieved: Relieved, by: Acting, at: dt.datetime
) -> list[Relief]:
    """Relieve a party of its charge, or everybody, or put it off; what others get follows in another sheet.

    Sent again it relieves nobody more.

    :raises UnableToRelieve: if nothing is said, nobody pays anything, or it is too late
    """
    held = locked(charge_run)
    there = list(held.reliefs.filter(given_by=by.person, key=relieved.key).order_by("pk"))
    if there:
        return there
    _check(held, relieved, by)
    latest = held.chargesheets.get(number=held.version)
    lines = list(latest.lines.select_related("party").order_by("party__name"))
    chosen = [one for one in lines if one.payable and relieved.party in (None, one.party)]
    if not chosen:
        raise UnableToRelieve("Nobody of them pays anything.")
    made = [_written(held, one, relieved, by, at) for one in chosen]
    places = [place for one in made for place in worded(one, "why")]
    if relieved.kind == RELIEVED:
        _again(held, lines, {one.party_id for one in chosen}, relieved, (by, at))
        places += worded(held.chargesheets.get(number=held.version), "why")
    what = "relieved" if relieved.kind == RELIEVED else "put off the charges of"
    said = f"{what} {len(made)} of {held.reference}"
    told = {"parties": [one.party.handle for one in made], "kind": relieved.kind, "cause": relieved.cause}
    told |= {"until_on": str(relieved.until_on or ""), "seal": held.seal}
    enter("relieve_charges", held, (by, at), said, {**told, **named(*places)})
    return made


def _check(held: ChargeRun, relieved: Relieved, by: Acting) -> None:
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToRelieve("The office writes down who is relieved.")
    if not 0 < len(relieved.key) <= KEY or not relieved.why.strip() or len(relieved.why) > LONGEST:
        raise UnableToRelieve(f"Say why, in {LONGEST} characters at most.")
    if relieved.kind not in dict(Relief.KINDS) or relieved.cause not in dict(Relief.CAUSES):
        raise UnableToRelieve("Choose what is done, and because of what.")
    if (relieved.kind == DEFERRED) != (relieved.until_on is not None):
        raise UnableToRelieve("What is put off has a day, and what is relieved has none.")
    if relieved.until_on is not None and relieved.until_on <= by.day:
        raise UnableToRelieve("The day until which it is put off lies ahead.")
    stage = stage_of(process_of(held.course), standing_of(held.course, by.day))
    if stage not in (NOT_YET if relieved.kind == RELIEVED else PUT_OFF):
        raise UnableToRelieve(
            "Somebody is relieved once charges are shown and before they are approved, for the body decides"
            " on it with them. They are put off until they are given back."
        )


def _written(held: ChargeRun, line: ChargeLine, relieved: Relieved, by: Acting, at: dt.datetime) -> Relief:
    made = Relief(
        charge_run=held,
        code=held.code,
        classification=line.classification,
        party=line.party,
        body=held.body,
        publicity=held.publicity,
        kind=relieved.kind,
        cause=relieved.cause,
        why=relieved.why.strip(),
        until_on=relieved.until_on,
        given_by=by.person,
        given_at=at,
        key=relieved.key,
    )
    made.save(force_insert=True)
    return made


def _again(
    held: ChargeRun,
    lines: Sequence[ChargeLine],
    chosen: set[int],
    relieved: Relieved,
    told: tuple[Acting, dt.datetime],
) -> None:
    """Freeze another sheet, in which those chosen pay nothing and others get what follows."""
    free = [one.party.slug for one in lines if one.is_relieved or one.party_id in chosen]
    again = charged(held, [(one.party, one.numerator, one.denominator) for one in lines], free)
    held.version, held.seal = held.version + 1, seal_charges(again)
    held.save(update_fields=["version", "seal"])
    write_charges(held, again, relieved.why.strip(), *told)

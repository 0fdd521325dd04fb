"""The charges of a month are computed, moved along their way, and corrected; by this nobody is invoiced."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.charges.operations.sheets import charged, seal_charges, write_charges
from tallystick.assessments.matters.counts import UnableToCount, Window, done_in
from tallystick.assessments.matters.operations.moving import step
from tallystick.assessments.matters.operations.rows import LONGEST, enter, has_taken, locked, told_of
from tallystick.assessments.matters.standing import CORRECTABLE, stage_of
from tallystick.assessments.models import ChargeRun, ChargeSheet
from tallystick.assessments.models.publication import KEY
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, begin_course
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of
from tallystick.rulebook.terms import NoValueYet
from tallystick.runs.models import Run

PROCESS = "charge"
DAYS = {"invoice": "invoiced_on", "redistribute": "redistributed_on"}


class UnableToComputeCharges(Exception):
    """The code has no such scheme in that month, the month has not landed, or it is computed already."""


class UnableToCorrectCharge(Exception):
    """The party has no charge in it, nothing differs or is said, the numbers cannot be, or a body has it."""


@dataclass(frozen=True)
class Computed:
    """Which charges are computed, as the form has it; `key` is that of the form."""

    scheme: str
    period: str
    key: str


@dataclass(frozen=True)
class Recounted:
    """What a party did in truth, and what was wrong; `key` is that of the form."""

    party: Organisation
    numerator: int
    denominator: int
    why: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def compute_charges(*, computed: Computed, by: Acting, at: dt.datetime) -> ChargeRun:
    """Compute the charges of a month from its landed figures. Sent again it computes no others.

    :raises UnableToComputeCharges: if there is no such scheme or month, or it goes on already
    """
    value_day = _check(computed, by)
    there = _computed_before(computed, by)
    if there is not None:
        return there
    scheme = rulebook_of(by.code).charges[computed.scheme]
    try:
        done = done_in(by, scheme.measure, Window(computed.period, computed.period))
    except UnableToCount as refusal:
        raise UnableToComputeCharges(str(refusal)) from refusal
    _check_free(computed, by)
    draft = _row(computed, value_day, by, at)
    lines = charged(draft, [(one.party, one.numerator, one.denominator) for one in done])
    before = transaction.savepoint()
    course = begin_course(draft, PROCESS, on=by.day, at=at)

    def fresh() -> ChargeRun:
        row = _row(computed, value_day, by, at)
        row.course_id, row.reference = course.pk, new_reference("CHG", by.day.year)
        row.seal = seal_charges(lines)
        return row

    made, is_new = written_once(fresh, lambda: _computed_before(computed, by))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    sheet = write_charges(made, lines, "As landed.", by, at)
    said = f"computed {made.reference}: {made.scheme} for {made.period}"
    told = {"run": made.run.reference, "status": made.status, "lines": len(lines), "seal": made.seal}
    told |= {"collected": sheet.collected, **named(*worded(sheet, "why"))}
    enter("compute_charges", made, (by, at), said, told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_charge_step(
    *, charge_run: ChargeRun, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take a step of a run of charges, once.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it: under a proposed scheme nobody is charged
    :raises UnableToTakeStep: if nothing was decided so
    """
    held = locked(charge_run)
    was_done = has_taken(held, taken.key)
    made = step(held, taken, by, at, decision)
    if was_done:
        return made
    if made.move in DAYS:
        setattr(held, DAYS[made.move], by.day)
        held.save(update_fields=[DAYS[made.move]])
    said = f"took a step of {held.reference}: {process_of(held.course).moves[made.move].title}"
    told = {**told_of(made, decision), "seal": held.seal, **named(*words_of(made))}
    enter("take_charge_step", held, (by, at), said, told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def correct_charge(
    *, charge_run: ChargeRun, recounted: Recounted, by: Acting, at: dt.datetime
) -> ChargeSheet:
    """Correct what a party is charged for, in another sheet of all charges. Sent again it corrects no more.

    :raises UnableToCorrectCharge: if nothing differs, or a body has what was sealed
    """
    held = locked(charge_run)
    latest = held.chargesheets.get(number=held.version)
    lines = list(latest.lines.select_related("party").order_by("party__name"))
    mine = next((one for one in lines if one.party_id == recounted.party.pk), None)
    if mine is None:
        raise UnableToCorrectCharge(f"{recounted.party.name} has no charge in it.")
    if (mine.numerator, mine.denominator) == (recounted.numerator, recounted.denominator):
        if latest.number > 1 and latest.why == recounted.why.strip():
            return latest
        raise UnableToCorrectCharge("Nothing differs from what stands there.")
    _check_recount(stage_of(process_of(held.course), standing_of(held.course, by.day)), recounted, by)
    counts = {one.party_id: (one.numerator, one.denominator) for one in lines}
    counts[mine.party_id] = recounted.numerator, recounted.denominator
    relieved = [one.party.slug for one in lines if one.is_relieved]
    again = charged(held, [(one.party, *counts[one.party_id]) for one in lines], relieved)
    held.version, held.seal = held.version + 1, seal_charges(again)
    held.save(update_fields=["version", "seal"])
    sheet = write_charges(held, again, recounted.why.strip(), by, at)
    said = f"corrected {held.reference} in sheet {sheet.number}: {recounted.party.name}"
    told = {"sheet": sheet.number, "seal": sheet.seal, "party": recounted.party.handle}
    enter("correct_charge", held, (by, at), said, {**told, **named(*worded(sheet, "why"))})
    return sheet


def _check_recount(stage: str, recounted: Recounted, by: Acting) -> None:
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToCorrectCharge("The office corrects it.")
    if stage not in CORRECTABLE:
        raise UnableToCorrectCharge("A body has what was sealed, and its lines stay as they are.")
    if not recounted.why.strip() or len(recounted.why) > LONGEST:
        raise UnableToCorrectCharge(f"Say what was wrong, in {LONGEST} characters at most.")
    if not 0 <= recounted.numerator <= recounted.denominator or not recounted.denominator:
        raise UnableToCorrectCharge(
            "Of so many events no more can be good than there were, and there was one."
        )


def _check(computed: Computed, by: Acting) -> dt.date:
    """Return the day whose value of the scheme counts: the first of the month.

    :raises UnableToComputeCharges: if it is for another role, or the code has no such scheme then
    """
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToComputeCharges("The office computes charges, and a body approves them.")
    if not 0 < len(computed.key) <= KEY:
        raise UnableToComputeCharges(
            "The form has no key, so that it could compute two. Open the page again."
        )
    rulebook = rulebook_of(by.code)
    scheme, found = rulebook.charges.get(computed.scheme), rulebook.processes.get(PROCESS)
    if scheme is None or found is None or min(found.values) > by.day:
        raise UnableToComputeCharges(f"The code has no charges {computed.scheme[:60]!r}.")
    try:
        first = dt.date.fromisoformat(f"{computed.period}-01")
        scheme.value_on(first)
    except (ValueError, NoValueYet) as refusal:
        raise UnableToComputeCharges(f"The scheme says nothing of {computed.period[:20]!r}.") from refusal
    return first


def _check_free(computed: Computed, by: Acting) -> None:
    going = ChargeRun.objects.filter(
        code=by.code, scheme=computed.scheme, period=computed.period, ended_at=None
    ).first()
    if going is not None:
        raise UnableToComputeCharges(f"{going.reference} has the charges of that month.")


def _computed_before(computed: Computed, by: Acting) -> ChargeRun | None:
    """Return the run that the form computed before.

    :raises UnableToComputeCharges: if the form said something else then
    """
    there: ChargeRun | None = ChargeRun.objects.filter(computed_by=by.person, key=computed.key).first()
    if there is not None and (there.scheme, there.period) != (computed.scheme, computed.period):
        raise UnableToComputeCharges(f"This form computed {there.reference} before. Open the page again.")
    return there


def _row(computed: Computed, value_day: dt.date, by: Acting, at: dt.datetime) -> ChargeRun:
    rulebook = rulebook_of(by.code)
    return ChargeRun(
        code=by.code,
        classification=class_of(rulebook, PROCESS, by.day, None, ChargeRun.AMBER),
        scheme=computed.scheme,
        value_day=value_day,
        status=rulebook.charges[computed.scheme].value_on(value_day).status,
        period=computed.period,
        run=Run.objects.get(code=by.code, period=computed.period, is_current=True),
        computed_by=by.person,
        computed_at=at,
        key=computed.key,
    )

"""A technique is applied: begun, started, reported, closed, or cancelled on the way."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.begun import MOST, Begun, UnableToBeginApplication, check
from tallystick.assessments.techniques.concluding import contradicted
from tallystick.assessments.techniques.facts import PROCESS, facts_of
from tallystick.assessments.techniques.operations.rows import (
    enter,
    keyed,
    locked_application,
    office_of,
    told,
)
from tallystick.assessments.techniques.operations.serving import serve
from tallystick.decisions.marks import class_of
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, begin_course, follow, take_step
from tallystick.processes.said import words_of
from tallystick.rulebook.techniques import ALL

OF_A_FORM = ("technique", "title", "why", "risks", "categories", "from_on", "until_on", "cost", "period_id")


class UnableToMoveApplication(Exception):
    """The application is not moved by the office, or what the move needs is not said."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def begin_application(*, begun: Begun, by: Acting, at: dt.datetime) -> Application:
    """Begin an application with a part for each party it reaches. Sent again it begins no other.

    :raises UnableToBeginApplication: if something is not said or cannot be
    """
    office_of(by, begun.key, UnableToBeginApplication)
    there = _begun_before(begun, by)
    if there is not None:
        return there
    check(begun, by)
    before = transaction.savepoint()
    course = begin_course(_row(begun, by, at), PROCESS, on=by.day, at=at)

    def fresh() -> Application:
        row = _row(begun, by, at)
        row.course_id, row.reference = course.pk, _free_reference(by)
        return row

    made, is_new = written_once(fresh, lambda: _begun_before(begun, by))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    parts = [_part(made, party, by) for party in begun.parties]
    said = f"planned {made.reference}, {made.title}, for {len(parts)} of the parties"
    facts = {"application": made.reference, "technique": made.technique, "risks": made.risks}
    facts |= {"categories": made.categories, "parts": [one.handle for one in parts]}
    facts |= {"from_on": str(made.from_on), "until_on": str(made.until_on), "cost": str(made.cost)}
    facts |= {"period": made.period.name if made.period else "", **named(*worded(made, "title", "why"))}
    enter("begin_application", made, by, at, said, facts)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def start_application(*, application: Application, key: str, by: Acting, at: dt.datetime) -> Step:
    """Start an application: each party is served its part, and reads of it from now on.

    :raises UnableToMoveApplication: if it is not the office that starts it
    :raises UnableToMove: if the rule does not allow it
    """
    held = locked_application(application)
    was_done, made = _moved(held, Taken("start", key), by, at)
    if was_done:
        return made
    served = serve(held, at)
    said = f"started {held.reference} and served {served} of the parties their part"
    enter("start_application", held, by, at, said, {**_stages(held, made), "served": served})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def report_application(
    *, application: Application, result: str, spent: Decimal, key: str, by: Acting, at: dt.datetime
) -> Step:
    """Tell what came of an application as a whole, and what was spent on it in pounds.

    :raises UnableToMoveApplication: if it is not said, or not the office's to say
    :raises UnableToMove: if a part waits for its outcome, or the rule does not allow it
    """
    held = locked_application(application)
    words = told(result, "what came of it", UnableToMoveApplication)
    if not spent.is_finite() or not 0 <= spent < MOST:
        raise UnableToMoveApplication("What was spent is not below nothing.")
    was_done, made = _moved(held, Taken("report", key, {"result": words}), by, at)
    if was_done:
        return made
    others = [one.party.name for one in contradicted(held)]
    if others:
        what = f"What was recorded since speaks against the outcome of {', '.join(others)}"
        raise UnableToMoveApplication(f"{what}. Say it otherwise first.")
    held.result, held.spent = words, spent
    held.save(update_fields=["result", "spent"])
    facts = {**_stages(held, made), "spent": str(spent)}
    said = f"reported {held.reference}: £{spent:,.2f} of £{held.cost:,.2f} planned was spent"
    enter("report_application", held, by, at, said, {**facts, **_words(made, worded(held, "result"))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def close_application(
    *, application: Application, effect: str, key: str, by: Acting, at: dt.datetime
) -> Step:
    """Close an application that was reported, and say what it changed.

    :raises UnableToMoveApplication: if it is not said, or not the office's to say
    :raises UnableToMove: if the rule does not allow it
    """
    held = locked_application(application)
    words = told(effect, "what it changed", UnableToMoveApplication)
    was_done, made = _moved(held, Taken("close", key, {"effect": words}), by, at)
    if not was_done:
        _end(held, at)
        said = f"closed {held.reference}"
        enter("close_application", held, by, at, said, {**_stages(held, made), **_words(made)})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def cancel_application(
    *, application: Application, reasons: str, key: str, by: Acting, at: dt.datetime
) -> Step:
    """Cancel an application before it is reported. What was served and answered stays.

    :raises UnableToMoveApplication: if no reason is given, or it is not the office's to give
    :raises UnableToMove: if the rule does not allow it
    """
    held = locked_application(application)
    words = told(reasons, "why it is not carried out", UnableToMoveApplication)
    was_done, made = _moved(held, Taken("cancel", key, {"reasons": words}), by, at)
    if not was_done:
        _end(held, at)
        said = f"cancelled {held.reference}"
        enter("cancel_application", held, by, at, said, {**_stages(held, made), **_words(made)})
    return made


def _moved(held: Application, taken: Taken, by: Acting, at: dt.datetime) -> tuple[bool, Step]:
    """Take a step, and tell whether the form took it before."""
    office_of(by, keyed(taken.key, UnableToMoveApplication), UnableToMoveApplication)
    was_done = held.course.steps.filter(key=taken.key).exists()
    return was_done, take_step(held.course, taken, facts_of(held, by.day), PREDICATES, by=by, at=at)


def _end(held: Application, at: dt.datetime) -> None:
    """End an application; what was never started stays the office's own."""
    is_draft = held.publicity == Application.DRAFT
    held.ended_at, held.publicity = at, Application.DRAFT if is_draft else Application.CLOSED
    held.save(update_fields=["ended_at", "publicity"])
    follow(held.course, held)


def _stages(held: Application, made: Step) -> dict[str, object]:
    return {"application": held.reference, "move": made.move, "stages": [made.from_stage, made.to_stage]}


def _words(made: Step, beside: list[str] | None = None) -> Mapping[str, object]:
    return named(*(beside or []), *words_of(made))


def _begun_before(begun: Begun, by: Acting) -> Application | None:
    """Return what the form began before.

    :raises UnableToBeginApplication: if the form said something else then
    """
    there: Application | None = Application.objects.filter(begun_by=by.person, key=begun.key).first()
    if there is None:
        return None
    again = _row(begun, by, there.begun_at)
    parties = set(there.parts.values_list("party_id", flat=True))
    is_other = any(getattr(again, name) != getattr(there, name) for name in OF_A_FORM)
    if is_other or parties != {one.pk for one in begun.parties}:
        raise UnableToBeginApplication(f"This form began {there.reference} before. Open the page again.")
    return there


def _row(begun: Begun, by: Acting, at: dt.datetime) -> Application:
    rulebook = rulebook_of(by.code)
    rule = rulebook.techniques.get(begun.technique)
    effects = rule.effects if rule else {}
    reached = {name for shares in effects.values() for name in shares} - {ALL}
    return Application(
        code=by.code,
        classification=class_of(rulebook, Application.TYPE, by.day, None),
        body_id=begun.period.body_id if begun.period else None,
        technique=begun.technique,
        called=rule.title if rule else "",
        form=rule.form if rule else "",
        period=begun.period,
        title=begun.title.strip(),
        why=begun.why.strip(),
        risks=list(begun.risks) or sorted(effects),
        categories=list(begun.categories) or sorted(reached),
        from_on=begun.from_on,
        until_on=begun.until_on,
        cost=begun.cost,
        begun_by=by.person,
        begun_at=at,
        key=begun.key,
    )


def _part(row: Application, party: Organisation, by: Acting) -> Part:
    part = Part(
        code=row.code,
        classification=class_of(rulebook_of(row.code), Part.TYPE, by.day, party),
        body_id=row.body_id,
        party=party,
        application=row,
    )
    part.save(force_insert=True)
    return part


def _free_reference(by: Acting) -> str:
    """Return the first reference of the year after those given, such as TEC-2022-1."""
    start = f"TEC-{by.day.year}-"
    given = Application.objects.filter(code=by.code, reference__startswith=start)
    numbers = (int(one.removeprefix(start)) for one in given.values_list("reference", flat=True))
    return f"{start}{max(numbers, default=0) + 1}"

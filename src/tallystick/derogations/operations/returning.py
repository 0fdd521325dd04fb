"""A derogation goes back to where it stood, within the act that changed what revoked or refused it."""

import datetime as dt

from django.db import transaction

from tallystick.derogations.facts import TERM, facts_of, stage_of
from tallystick.derogations.models import Derogation
from tallystick.derogations.operations.entries import day, enter, locked_derogation
from tallystick.derogations.operations.rows import settle
from tallystick.derogations.suspensions import REVOKE, SUSPENDED, counting, stays_of_leave
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.carriers import Carrier
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.rulebook.guards import INNER


@transaction.atomic
@unscoped(BY_AN_ACT)
def return_derogation(*, step: Step, changed_by: str, by: Acting, at: dt.datetime) -> Step | None:
    """Let a derogation go back to where it stood before a step, if a way of the rule leads back from it.

    What was granted goes on: the body that changes its mind varies or revokes it. What was revoked is in
    force as before; where its last day is over meanwhile, it stood until then. A variation that was changed
    counts no more, and where the derogation stands stays as it is.

    :param changed_by: the reference of the challenge
    """
    if step.move not in SUSPENDED:
        return None
    row = locked_derogation(Derogation.objects.get(course=step.course_id))
    key = f"back-{changed_by}"
    there: Step | None = row.course.steps.filter(key=key).first()
    if there is not None:
        return there
    until = _last_day(row) if step.move == REVOKE else None
    is_over = until is not None and until < by.day
    if until is not None:
        row.last_on = until if is_over or row.ended_at is not None else None
        row.save(update_fields=["last_on"])
    move = None if is_over else _way_back(row, step, by.day)
    back = None
    if move is not None:
        facts = {**facts_of(row, by.day, standing_of(row.course, by.day)), "changed_by": changed_by}
        taken = Taken(move, key, stated={TERM: until} if until is not None else {})
        back = take_step(row.course, taken, facts, PREDICATES, by=by, at=at)
        settle(row, by.day, at)
    _enter(row, step, back, changed_by, (by, at))
    return back


CARRIER = Carrier(Derogation, locked_derogation, return_derogation)


def _last_day(row: Derogation) -> dt.date | None:
    """Return the last day of what was granted, by the terms that count."""
    stays = stays_of_leave(row.code).get(row.course_id, [])
    terms = counting(row.terms.order_by("number"), stays)
    return terms[-1].until_on if terms else None


def _way_back(row: Derogation, step: Step, on: dt.date) -> str | None:
    """Return the move that leads back to where a step came from, where nothing came of it since."""
    value, standing = process_of(row.course), standing_of(row.course, on)
    if stage_of(value, standing) != step.to_stage or step.to_stage == step.from_stage:
        return None
    if row.course.steps.filter(pk__gt=step.pk, to_stage=step.from_stage).exists():
        return None
    back = [(name, rule) for name, rule in value.moves_from(step.to_stage) if rule.to == step.from_stage]
    return next((name for name, rule in back if INNER & {*rule.guards}), None)


def _enter(
    row: Derogation, step: Step, back: Step | None, changed_by: str, told: tuple[Acting, dt.datetime]
) -> None:
    by, at = told
    value = process_of(row.course)
    title = value.moves[step.move].title
    if back is not None:
        said = f"set {row.reference} back to {value.stage(back.to_stage).title}, as {changed_by} changed it"
    else:
        until = f" until {day(row.last_on)}" if row.last_on is not None else ""
        said = f"let {row.reference} stand{until} without {title!r}, as {changed_by} changed it"
    facts: dict[str, object] = {"undone": step.move, "challenge": changed_by}
    facts |= {"move": back.move, "stages": [back.from_stage, back.to_stage]} if back else {}
    enter("return_derogation", row, by, at, said, facts)

"""What a body granted is put into effect: a term, another on other conditions, a longer one."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tallystick.decisions.worded import named, worded
from tallystick.derogations.drafts import UnableToDraftDerogation, check_level
from tallystick.derogations.facts import TERM, done_on, running_until, with_work
from tallystick.derogations.models import Derogation, Term
from tallystick.derogations.operations.entries import day, enter, locked_derogation
from tallystick.derogations.operations.rows import has_taken, step
from tallystick.derogations.suspensions import counting, stays_of_leave
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tallystick.processes.said import words_of


class UnableToGrantDerogation(Exception):
    """Its last day cannot be, its level is none, its work is done, or the form granted another before."""


@dataclass(frozen=True)
class Granting:
    """What a body granted, as the form has it; `decision` is the reference of its motion or decision.

    `words` are the conditions; of an extension, why it needs longer. Without `level` that of the derogation
    goes on. `until_on` is the last day, which a variation leaves as it is.
    """

    words: str
    decision: str
    key: str
    until_on: dt.date | None = None
    level: Decimal | None = None


@transaction.atomic
@unscoped(BY_AN_ACT)
def grant_derogation(*, derogation: Derogation, granting: Granting, by: Acting, at: dt.datetime) -> Term:
    """Put a derogation into force until a stated day, as the body decided. Sent again it does it once.

    It stands from the day it was asked from, and never before the day on which it is put into force.

    :raises UnableToGrantDerogation: if the last day or the level cannot be, or the work is done already
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if no such decision waits to be carried out
    """
    held = locked_derogation(derogation)
    if has_taken(held, granting.key):
        return _term_before(held, "grant", granting)
    _check_work(held)
    until = _checked_end(held, granting.until_on)
    taken = Taken("grant", granting.key, {"conditions": granting.words.strip()}, {TERM: until})
    made = step(held, taken, by, at, granting.decision)
    from_on = max(held.from_on, by.day)
    if until < from_on:
        raise UnableToGrantDerogation(
            f"It is asked from {day(from_on)}, and would end before. State a later day."
        )
    term = _term(held, made, granting, (from_on, until), granting.words)
    said = f"granted {held.reference} to {held.party.name} from {day(from_on)} until {day(until)}"
    enter("grant_derogation", held, by, at, said, _told(term, granting))
    return term


@transaction.atomic
@unscoped(BY_AN_ACT)
def vary_derogation(*, derogation: Derogation, granting: Granting, by: Acting, at: dt.datetime) -> Term:
    """Let a derogation go on under other conditions, or at another level, until the same last day.

    :raises UnableToGrantDerogation: if the level cannot be, or a last day is stated
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if its last day is over, or no such decision waits to be carried out
    """
    held = locked_derogation(derogation)
    if has_taken(held, granting.key):
        return _term_before(held, "vary", granting)
    if granting.until_on is not None:
        raise UnableToGrantDerogation("A variation leaves the last day as it is. Extend it instead.")
    until = running_until(standing_of(held.course, by.day), TERM)
    taken = Taken("vary", granting.key, {"conditions": granting.words.strip()})
    made = step(held, taken, by, at, granting.decision)
    term = _term(held, made, granting, (_begin(held, by), until or by.day), granting.words)
    said = f"varied {held.reference} of {held.party.name} from {day(term.from_on)}"
    enter("vary_derogation", held, by, at, said, _told(term, granting))
    return term


@transaction.atomic
@unscoped(BY_AN_ACT)
def extend_derogation(*, derogation: Derogation, granting: Granting, by: Acting, at: dt.datetime) -> Term:
    """Let a derogation go on until a later last day, as the body decided while it stood.

    :raises UnableToGrantDerogation: if the last day is no later, or the work is done already
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if its last day is over, or no such decision waits to be carried out
    """
    held = locked_derogation(derogation)
    if has_taken(held, granting.key):
        return _term_before(held, "extend", granting)
    _check_work(held)
    until = _checked_end(held, granting.until_on)
    running = running_until(standing_of(held.course, by.day), TERM)
    if running is not None and until <= running:
        raise UnableToGrantDerogation(f"It stands until {day(running)} already. State a later day.")
    taken = Taken("extend", granting.key, {"reasons": granting.words.strip()}, {TERM: until})
    made = step(held, taken, by, at, granting.decision)
    before = _before(held)
    conditions = before.conditions if before else held.conditions
    term = _term(held, made, granting, (_begin(held, by), until), conditions)
    said = f"extended {held.reference} of {held.party.name} until {day(until)}"
    enter("extend_derogation", held, by, at, said, _told(term, granting))
    return term


def _term_before(row: Derogation, move: str, granting: Granting) -> Term:
    """Return the term that the form granted before.

    :raises UnableToGrantDerogation: if it did something else then
    """
    found = Term.objects.select_related("step").filter(derogation=row, step__key=granting.key).first()
    is_same = (
        found is not None and found.step.move == move and granting.words.strip() in found.step.said.values()
    )
    until = granting.until_on
    if found is None or not is_same or (until is not None and found.until_on != until):
        raise UnableToGrantDerogation("This form took another step before. Open the page again.")
    return found


def _before(row: Derogation) -> Term | None:
    """Return the last term that counts: what a challenge has changed does not."""
    terms = counting(row.terms.order_by("number"), stays_of_leave(row.code).get(row.course_id, []))
    return terms[-1] if terms else None


def _begin(row: Derogation, by: Acting) -> dt.date:
    """Return from when another term stands: today, or the first day of all where that lies ahead."""
    first = row.terms.order_by("number").values_list("from_on", flat=True).first()
    return max(by.day, first or by.day)


def _check_work(row: Derogation) -> None:
    found = with_work(Derogation.objects.filter(pk=row.pk)).get()
    done = done_on(found)
    if done is not None:
        raise UnableToGrantDerogation(f"The work that it waits for was done on {day(done)}.")


def _checked_end(row: Derogation, until_on: dt.date | None) -> dt.date:
    if until_on is None:
        raise UnableToGrantDerogation("A derogation has a last day. State it.")
    last = rulebook_of(row.code).calendar().last
    if until_on > last:
        raise UnableToGrantDerogation(f"It would end after {last}, as far as days are counted.")
    return until_on


def _term(
    row: Derogation, made: Step, granting: Granting, days: tuple[dt.date, dt.date], conditions: str
) -> Term:
    """Write what was granted.

    :raises UnableToGrantDerogation: if its level is none that can be
    """
    before, number = _before(row), row.terms.count() + 1
    level = granting.level if granting.level is not None else (before.level if before else row.level)
    if level is not None:
        try:
            check_level(rulebook_of(row.code), row.obligation, row.measure, level, days[0])
        except UnableToDraftDerogation as refusal:
            raise UnableToGrantDerogation(str(refusal)) from refusal
    term = Term(
        code=row.code,
        classification=row.classification,
        party=row.party,
        body=row.body,
        publicity=Derogation.ISSUED,
        derogation=row,
        number=number,
        from_on=days[0],
        until_on=days[1],
        level=level,
        conditions=conditions.strip(),
        step=made,
    )
    term.save(force_insert=True)
    return term


def _told(term: Term, granting: Granting) -> dict[str, object]:
    days = {"from_on": term.from_on.isoformat(), "until_on": term.until_on.isoformat()}
    told = {"term": term.number, "level": str(term.level or ""), "conditions": term.conditions}
    places = named(*worded(term, "conditions"), *words_of(term.step))
    return {**told, **days, "decision": granting.decision.strip(), "words": granting.words.strip(), **places}

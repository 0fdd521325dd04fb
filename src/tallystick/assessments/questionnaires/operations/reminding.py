"""Parties that have not answered a questionnaire are reminded: by the clock of it, or by the office."""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction

from tallystick.assessments.models import Application, Part, Questionnaire, Reminder
from tallystick.assessments.techniques.facts import ANSWERS, UNDER_WAY
from tallystick.assessments.techniques.operations.rows import enter, locked_application, office_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.clocks import reminder_days
from tallystick.processes.queries import calendars_of, process_of, standing_of

BY_ITSELF = "Worker"


class UnableToRemind(Exception):
    """Nobody is left to be reminded, or nothing is asked now."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def remind(*, questionnaire: Questionnaire, key: str, by: Acting, at: dt.datetime) -> list[Reminder]:
    """Remind every party that has not answered, once for a form.

    :raises UnableToRemind: if nobody is left, or nothing is asked now
    """
    held = locked_application(questionnaire.application)
    person = office_of(by, key, UnableToRemind)
    there = list(Reminder.objects.filter(part__application=held, by=person, key=key))
    if there:
        return there
    waiting = _waiting(held)
    if not _is_asking(held, by.day) or not waiting:
        raise UnableToRemind("Nobody is left to be reminded, or nothing is asked now.")
    made = _reminded(waiting, by.day, at, person, key)
    said = f"reminded {len(made)} of the parties of {held.reference}"
    facts = {"application": held.reference, "parts": [one.handle for one in waiting]}
    enter("remind", held, by, at, said, facts)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def remind_by_clock(*, questionnaire: Questionnaire, by: Acting, at: dt.datetime) -> list[Reminder]:
    """Remind whoever has not answered, on the days that the rule names and on the last one, once for each.

    Where several of these days went by unseen, the latest counts.
    """
    held = locked_application(questionnaire.application)
    day = _day_of(held, by.day)
    if day is None or not _is_asking(held, by.day):
        return []
    waiting = [one for one in _waiting(held) if not one.reminder_rows.filter(by=None, day__gte=day).exists()]
    if not waiting:
        return []
    made = _reminded(waiting, day, at, None, "")
    said = f"reminded {len(made)} of the parties of {held.reference}, as its clock does"
    facts = {"application": held.reference, "day": str(day), "parts": [one.handle for one in waiting]}
    enter("remind_by_clock", held, by, at, said, facts)
    return made


def remind_due(at: dt.datetime, on: dt.date) -> int:
    """Let every clock remind whose day it is; return how many parties were reminded."""
    return sum(
        len(remind_by_clock(questionnaire=one, by=Acting(one.code, on, stands_for=BY_ITSELF), at=at))
        for one in _issued()
    )


@unscoped(BY_AN_ACT, of_everybody=True)
def _issued() -> list[Questionnaire]:
    found = Questionnaire.objects.filter(issued_at__isnull=False, application__ended_at=None)
    return list(found.select_related("application").order_by("pk"))


def _waiting(held: Application) -> list[Part]:
    return list(held.parts.filter(answered_at=None, served_at__isnull=False).order_by("pk"))


def _is_asking(held: Application, on: dt.date) -> bool:
    issued = Questionnaire.objects.filter(application=held, issued_at__isnull=False).exists()
    return issued and standing_of(held.course, on).at[process_of(held.course).main] == UNDER_WAY


def _day_of(held: Application, on: dt.date) -> dt.date | None:
    """Return the latest day, by the one given, on which the clock reminds; none before the first."""
    rule = process_of(held.course).clocks[ANSWERS]
    for running in standing_of(held.course, on).open_clocks():
        if running.clock == ANSWERS and running.due_on is not None:
            days = (*reminder_days(running, rule, calendars_of(held.course)), running.due_on)
            return max((one for one in days if running.started_on <= one <= on), default=None)
    return None


def _reminded(
    parts: Iterable[Part], day: dt.date, at: dt.datetime, person: Person | None, key: str
) -> list[Reminder]:
    made = []
    for one in parts:
        row = Reminder(code=one.code, classification=one.classification, body_id=one.body_id)
        row.publicity, row.party_id, row.part = Part.ISSUED, one.party_id, one
        row.day, row.at, row.by, row.key = day, at, person, key
        row.save(force_insert=True)
        made.append(row)
    return made

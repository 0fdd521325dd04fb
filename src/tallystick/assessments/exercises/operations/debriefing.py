"""What an exercise showed: how far objectives were met, what is learnt and who does it, and its report."""

import datetime as dt
from copy import copy
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tallystick.assessments.models import Application, Exercise, Lesson, Observation, Part
from tallystick.assessments.models.exercise import VERDICTS
from tallystick.assessments.techniques.begun import MOST
from tallystick.assessments.techniques.facts import UNDER_WAY, facts_of
from tallystick.assessments.techniques.operations.rows import (
    enter,
    keyed,
    locked_application,
    office_of,
    told,
)
from tallystick.decisions.marks import class_of
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.guards import PREDICATES
from tallystick.processes.operations.courses import Taken, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of

OF_LESSON = ("words", "due_on", "party_id", "owner_id")


class UnableToObserve(Exception):
    """The exercise is not played yet or is debriefed, has no such objective, or nothing is said."""


class UnableToNoteLesson(Exception):
    """Nothing is said, nobody or two would own it, its day is over, or the exercise is debriefed."""


class UnableToSettleLesson(Exception):
    """It is another's, is not told yet, is done, or nothing is said of what was done."""


class UnableToDebrief(Exception):
    """An objective has no observation, it is debriefed, or its result or what it cost is not said."""


@dataclass(frozen=True)
class Observed:
    objective: str
    verdict: str
    words: str
    key: str


@dataclass(frozen=True)
class Learnt:
    """What is to be done until a day, by a party or by a body, one of the two."""

    words: str
    due_on: dt.date
    key: str
    party: Organisation | None = None
    body: Body | None = None


@transaction.atomic
@unscoped(BY_AN_ACT)
def observe(*, exercise: Exercise, observed: Observed, by: Acting, at: dt.datetime) -> Observation:
    """Say how far an objective was met; said otherwise, the latest counts until it is debriefed.

    :raises UnableToObserve: if it is not played yet or is debriefed, or something is not said
    """
    held = locked_application(exercise.application)
    person = office_of(by, observed.key, UnableToObserve)
    row: Exercise = Exercise.objects.get(pk=exercise.pk)
    words = told(observed.words, "what was observed", UnableToObserve)
    there: Observation | None = Observation.objects.filter(by=person, key=observed.key).first()
    if there is not None:
        same = (there.exercise_id, there.objective, there.verdict, there.words)
        if same != (row.pk, observed.objective, observed.verdict, words):
            raise UnableToObserve("This form said something else before. Open the page again.")
        return there
    if row.announced_at is None or row.on > by.day or row.debriefed_at is not None:
        raise UnableToObserve("It is not played yet, or is debriefed already.")
    if observed.objective not in row.objectives or observed.verdict not in dict(VERDICTS):
        raise UnableToObserve("It has no such objective, or nothing is said of how far it was met.")
    made = Observation(code=held.code, classification=held.classification, body_id=held.body_id)
    made.exercise, made.objective, made.verdict = row, observed.objective, observed.verdict
    made.number = row.observations.filter(objective=observed.objective).count() + 1
    made.words, made.by, made.at, made.key = words, person, at, observed.key
    made.save(force_insert=True)
    said = f"observed how far objective {made.objective} of the exercise of {held.reference} was met"
    facts = {"application": held.reference, "objective": made.objective, "verdict": made.verdict}
    enter("observe", _not_told_yet(held), by, at, said, {**facts, **named(*worded(made, "words"))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def note_lesson(*, exercise: Exercise, learnt: Learnt, by: Acting, at: dt.datetime) -> Lesson:
    """Note what is to be done, by whom and until when. Its owner reads of it once it is debriefed.

    :raises UnableToNoteLesson: if something is not said, or the exercise is debriefed
    """
    held = locked_application(exercise.application)
    person = office_of(by, learnt.key, UnableToNoteLesson)
    row: Exercise = Exercise.objects.get(pk=exercise.pk)
    made = _lesson(held, row, learnt, by)
    made.noted_by, made.noted_at, made.key = person, at, learnt.key
    there: Lesson | None = Lesson.objects.filter(noted_by=person, key=learnt.key).first()
    if there is not None:
        if any(getattr(there, name) != getattr(made, name) for name in OF_LESSON):
            raise UnableToNoteLesson("This form noted another before. Open the page again.")
        return there
    if row.announced_at is None or row.debriefed_at is not None or learnt.due_on < by.day:
        raise UnableToNoteLesson("It is not announced or is debriefed, or that day is over.")
    made.number = row.lessons.count() + 1
    made.save(force_insert=True)
    said = f"noted lesson {made.number} of the exercise of {held.reference}"
    facts = {"application": held.reference, "lesson": made.handle, "due_on": str(made.due_on)}
    enter("note_lesson", _subject(held, made), by, at, said, {**facts, **named(*worded(made, "words"))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def settle_lesson(*, lesson: Lesson, words: str, key: str, by: Acting, at: dt.datetime) -> Lesson:
    """Say what was done of a lesson, once: its party for its own, the office for any.

    :raises UnableToSettleLesson: if it is another's, is not told yet or is done, or nothing is said
    """
    held = locked_application(lesson.exercise.application)
    row: Lesson = Lesson.objects.select_related("exercise", "party").get(pk=lesson.pk)
    done, person = told(words, "what was done", UnableToSettleLesson), _settling(row, key, by)
    if row.done:
        if (row.done, row.done_by_id) != (done, person.pk):
            raise UnableToSettleLesson("What was done was said before, and stays as it is.")
        return row
    if row.publicity == Lesson.DRAFT:
        raise UnableToSettleLesson("The exercise is not debriefed yet.")
    row.done, row.done_by, row.done_at = done, person, at
    row.save(update_fields=["done", "done_by", "done_at"])
    said = f"told what was done of lesson {row.number} of the exercise of {held.reference}"
    facts = {"application": held.reference, "lesson": row.handle}
    enter("settle_lesson", _subject(held, row), by, at, said, {**facts, **named(*worded(row, "done"))})
    return row


@transaction.atomic
@unscoped(BY_AN_ACT)
def debrief(
    *, exercise: Exercise, result: str, spent: Decimal, key: str, by: Acting, at: dt.datetime
) -> Exercise:
    """Tell what an exercise showed: its observations and lessons are read from now on, and its result.

    :raises UnableToDebrief: if an objective has no observation, or it is debriefed or over
    :raises UnableToMove: if the rule does not let the result be reported
    """
    held = locked_application(exercise.application)
    office_of(by, key, UnableToDebrief)
    words = told(result, "what came of it", UnableToDebrief)
    row: Exercise = Exercise.objects.get(pk=exercise.pk)
    if row.debriefed_at is not None:
        return row
    seen = set(row.observations.values_list("objective", flat=True))
    is_under_way = standing_of(held.course, by.day).at[process_of(held.course).main] == UNDER_WAY
    if seen != set(row.objectives) or not is_under_way:
        raise UnableToDebrief("Say first of each objective how far it was met, while it is under way.")
    if not spent.is_finite() or not 0 <= spent < MOST:
        raise UnableToDebrief("What was spent is not below nothing.")
    taken = Taken("report", key, {"result": words})
    made = take_step(held.course, taken, facts_of(held, by.day), PREDICATES, by=by, at=at)
    held.result, held.spent = words, spent
    held.save(update_fields=["result", "spent"])
    _publish(row, at)
    said = f"debriefed the exercise of {held.reference}: £{spent:,.2f} of £{held.cost:,.2f} was spent"
    facts = {"application": held.reference, "spent": str(spent), "lessons": row.lessons.count()}
    enter("debrief", held, by, at, said, {**facts, **named(*worded(held, "result"), *words_of(made))})
    return row


def _publish(row: Exercise, at: dt.datetime) -> None:
    row.debriefed_at = at
    row.save(update_fields=["debriefed_at"])
    for one in (*row.observations.order_by("pk"), *row.lessons.order_by("pk")):
        one.publicity = Lesson.ISSUED
        one.save(update_fields=["publicity"])


def _lesson(held: Application, row: Exercise, learnt: Learnt, by: Acting) -> Lesson:
    """Return a lesson of one owner, as confidential as what is about that owner.

    :raises UnableToNoteLesson: if nothing is said, or nobody or two would own it
    """
    words = told(learnt.words, "what is to be done", UnableToNoteLesson)
    if (learnt.party is None) == (learnt.body is None):
        raise UnableToNoteLesson("A party or a body owns it, one of the two.")
    rulebook, kind = rulebook_of(held.code), Part.TYPE if learnt.party else Application.TYPE
    return Lesson(
        code=held.code,
        classification=class_of(rulebook, kind, by.day, learnt.party),
        body_id=held.body_id,
        party=learnt.party,
        owner=learnt.body,
        exercise=row,
        words=words,
        due_on=learnt.due_on,
    )


def _subject(held: Application, row: Lesson) -> Application | Part:
    """Return what an entry on a lesson is about: the part of its party, or the application."""
    part: Part | None = held.parts.filter(party=row.party).first() if row.party_id else None
    return part or _not_told_yet(held)


def _not_told_yet(held: Application) -> Application:
    """Return an application as an entry names it that tells of what is not told yet: Amber at the mildest.

    Whoever reads of the application would read such an entry in its history otherwise, before the debriefing.
    """
    seen = copy(held)
    if seen.classification in (Application.GREEN, Application.WHITE):
        seen.classification = Application.AMBER
    return seen


def _settling(row: Lesson, key: str, by: Acting) -> Person:
    is_own = by.name == Role.PARTY_DELEGATE and row.party is not None and by.organisation == row.party
    if not is_own:
        return office_of(by, key, UnableToSettleLesson)
    keyed(key, UnableToSettleLesson)
    if by.person is None:
        raise UnableToSettleLesson("Sign in.")
    return by.person

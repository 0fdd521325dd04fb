"""An exercise is prepared and announced, and parties take part in it or do not: asked, or as volunteers."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Application, Exercise, Part, Turn
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, technique_of
from tallystick.assessments.techniques.operations.rows import (
    LONGEST,
    enter,
    keyed,
    locked_application,
    office_of,
    told,
)
from tallystick.assessments.techniques.operations.serving import start
from tallystick.decisions.marks import class_of
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, Person, Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of, standing_of

FORM = "exercise"
MOST_LINES = 20


class UnableToPrepareExercise(Exception):
    """The application is no exercise or has one, or its scenario, day, roles or objectives are not said."""


class UnableToAnnounceExercise(Exception):
    """Its day is over, or the application is neither planned nor under way."""


class UnableToTakePart(Exception):
    """It is not theirs to say, the exercise is not announced or is over, or there is no such role."""


@dataclass(frozen=True)
class Prepared:
    """What is played, on which day, in which roles, and what it is to show."""

    scenario: str
    on: dt.date
    roles: tuple[str, ...]
    objectives: tuple[str, ...]
    key: str


@dataclass(frozen=True)
class Coming:
    """Whether a party takes part, in which role if that is said, and in words what else there is to say."""

    takes_part: bool
    key: str
    role: str = ""
    words: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def prepare_exercise(
    *, application: Application, prepared: Prepared, by: Acting, at: dt.datetime
) -> Exercise:
    """Prepare the exercise of an application. Sent again it prepares no other.

    :raises UnableToPrepareExercise: if the application is none, or something is not said
    """
    held = locked_application(application)
    person = office_of(by, prepared.key, UnableToPrepareExercise)
    row = Exercise(code=held.code, classification=held.classification, body_id=held.body_id)
    row.application, row.scenario, row.on = held, prepared.scenario.strip(), prepared.on
    row.roles, row.objectives = _numbered(prepared.roles), _numbered(prepared.objectives)
    row.prepared_by, row.prepared_at, row.key = person, at, prepared.key
    there = Exercise.objects.filter(application=held).first()
    if there is not None:
        if any(getattr(there, name) != getattr(row, name) for name in (*Exercise.WORDS, "on", "key")):
            raise UnableToPrepareExercise(f"{held.reference} has its exercise.")
        return there
    _check(held, prepared, by)
    row.save(force_insert=True)
    said = f"prepared the exercise of {held.reference} for {row.on.day} {row.on:%B %Y}"
    facts = {"application": held.reference, "on": str(row.on)}
    by_key = (f"{name}.{key}" for name in ("roles", "objectives") for key in getattr(row, name))
    enter("prepare_exercise", held, by, at, said, {**facts, **named(*worded(row, "scenario", *by_key))})
    return row


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def announce_exercise(*, exercise: Exercise, key: str, by: Acting, at: dt.datetime) -> Exercise:
    """Announce an exercise: parties that are asked learn so, and others may volunteer.

    :raises UnableToAnnounceExercise: if its day is over, or the application is over
    :raises UnableToMove: if the rule does not let the application start
    """
    held = locked_application(exercise.application)
    office_of(by, key, UnableToAnnounceExercise)
    row: Exercise = Exercise.objects.get(pk=exercise.pk)
    if row.announced_at is not None:
        return row
    stage = _stage(held, by.day)
    if row.on < by.day or stage not in (PLANNED, UNDER_WAY):
        raise UnableToAnnounceExercise("Its day is over, or its application is.")
    parts = list(held.parts.select_related("party").order_by("pk"))
    if stage == PLANNED:
        start(held, key, by, at)
    row.announced_at, row.publicity = at, Exercise.ISSUED
    row.save(update_fields=["announced_at", "publicity"])
    said = f"announced the exercise of {held.reference} and asked {len(parts)} of the parties to take part"
    facts = {"application": held.reference, "parts": [one.handle for one in parts]}
    enter("announce_exercise", held, by, at, said, facts)
    return row


@transaction.atomic
@unscoped(BY_AN_ACT, of_everybody=True)
def take_turn(
    *, exercise: Exercise, party: Organisation, coming: Coming, by: Acting, at: dt.datetime
) -> Turn:
    """Say whether a party takes part: one that is asked, or one that volunteers. The latest word counts.

    :raises UnableToTakePart: if it is not theirs to say, or can be said no longer
    """
    held = locked_application(exercise.application)
    key = keyed(coming.key, UnableToTakePart)
    row: Exercise = Exercise.objects.get(pk=exercise.pk)
    person = _speaking(party, by)
    _check_turn(row, held, coming, by)
    there: Turn | None = Turn.objects.filter(by=person, key=key).first()
    if there is not None:
        if (there.party_id, there.takes_part, there.role) != (party.pk, coming.takes_part, coming.role):
            raise UnableToTakePart("This form said something else before. Open the page again.")
        return there
    part = held.parts.filter(party=party).first()
    volunteered = part is None or part.turns.filter(volunteered=True).exists()
    if part is None:
        part = _volunteering(held, party, coming, by, at)
    made = Turn(code=part.code, classification=part.classification, body_id=part.body_id)
    made.publicity, made.party, made.part = Part.ISSUED, party, part
    made.number = part.turns.count() + 1
    made.takes_part, made.role, made.words = coming.takes_part, coming.role, coming.words.strip()
    made.volunteered, made.by_office = volunteered, by.name in Role.OFFICE
    made.by, made.at, made.key = person, at, key
    made.save(force_insert=True)
    how = "volunteered for" if volunteered and made.number == 1 else "takes part in"
    verb = how if made.takes_part else "does not take part in"
    said = f"{party.name} {verb} the exercise of {held.reference}"
    facts = {"application": held.reference, "takes_part": made.takes_part, "role": made.role}
    enter("take_turn", part, by, at, said, {**facts, **named(*worded(made, "words"))})
    return made


def _volunteering(
    held: Application, party: Organisation, coming: Coming, by: Acting, at: dt.datetime
) -> Part:
    """Give a volunteer its part.

    :raises UnableToTakePart: if it declines what nobody asked of it, or is of no category that is reached
    """
    category = Category.objects.filter(organisation=party, code=held.code, until_on=None).first()
    reached = held.categories
    if not coming.takes_part or category is None or (reached and category.category not in reached):
        raise UnableToTakePart("It is for parties of other categories, or nobody asked this one.")
    kind = class_of(rulebook_of(held.code), Part.TYPE, by.day, party)
    part = Part(code=held.code, classification=kind, body_id=held.body_id, party=party, application=held)
    part.served_at, part.publicity = at, Part.ISSUED
    part.save(force_insert=True)
    return part


def _check(held: Application, prepared: Prepared, by: Acting) -> None:
    if technique_of(held).form != FORM or held.ended_at is not None:
        raise UnableToPrepareExercise(f"{held.reference} applies no exercise, or is over.")
    told(prepared.scenario, "what is played", UnableToPrepareExercise)
    if prepared.on < by.day:
        raise UnableToPrepareExercise("It is played today or later.")
    for what, lines in (("roles", prepared.roles), ("objectives", prepared.objectives)):
        if not 0 < len(lines) <= MOST_LINES or any(len(one) > LONGEST for one in lines):
            raise UnableToPrepareExercise(f"Name its {what}, one a line, {MOST_LINES} at most.")


def _speaking(party: Organisation, by: Acting) -> Person:
    is_own = by.name == Role.PARTY_DELEGATE and by.organisation == party
    if by.person is None or not (is_own or by.name in Role.OFFICE):
        raise UnableToTakePart("A party says so for itself; the office writes down what came on paper.")
    return by.person


def _check_turn(row: Exercise, held: Application, coming: Coming, by: Acting) -> None:
    if row.announced_at is None or row.on < by.day or _stage(held, by.day) != UNDER_WAY:
        raise UnableToTakePart("It is not announced yet, or its day is over.")
    if (coming.role and coming.role not in row.roles) or len(coming.words) > LONGEST:
        raise UnableToTakePart("It has no such role, or more is said than there is room for.")


def _stage(held: Application, on: dt.date) -> str:
    stage: str = standing_of(held.course, on).at[process_of(held.course).main]
    return stage


def _numbered(lines: tuple[str, ...]) -> dict[str, str]:
    return {str(number): words.strip() for number, words in enumerate(lines, start=1)}

"""A questionnaire is designed for an application, its questions worded in versions, and issued."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.assessments.models import Application, Questionnaire, QuestionSet
from tallystick.assessments.questionnaires.questions import Question, UnableToAsk, check, kept
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, technique_of
from tallystick.assessments.techniques.operations.rows import enter, locked_application, office_of, told
from tallystick.assessments.techniques.operations.serving import start
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.queries import process_of, standing_of

FORM = "questionnaire"
COLUMNS = ("intro", "shape", "asks", "explains", "choices", "why")
PLACES = ("intro", "why", "asks", "explains", "choices")


class UnableToDesign(Exception):
    """The application takes no questionnaire, or the questions cannot be asked or are issued."""


class UnableToIssue(Exception):
    """There are no questions or no parties to issue them to, or they are issued already."""


@dataclass(frozen=True)
class Designed:
    """What is asked, what for, and from the second version on why it is asked otherwise."""

    intro: str
    questions: tuple[Question, ...]
    key: str
    why: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def design_questionnaire(
    *, application: Application, designed: Designed, by: Acting, at: dt.datetime
) -> Questionnaire:
    """Design the questionnaire of an application that is planned. Sent again it designs no other.

    :raises UnableToDesign: if the application takes none, has one, or the questions cannot be asked
    """
    held = locked_application(application)
    person = office_of(by, designed.key, UnableToDesign)
    there = Questionnaire.objects.filter(application=held).first()
    if there is not None:
        first = there.versions.get(number=1)
        if (there.designed_by_id, there.key) == (person.pk, designed.key) and _is_same(first, designed):
            return there
        raise UnableToDesign(f"{held.reference} has a questionnaire. Word its questions otherwise.")
    if technique_of(held).form != FORM or held.ended_at is not None:
        raise UnableToDesign(f"{held.reference} applies no questionnaire, or is over.")
    row = Questionnaire(
        code=held.code,
        classification=held.classification,
        body_id=held.body_id,
        application=held,
        designed_by=person,
        designed_at=at,
        key=designed.key,
    )
    row.save(force_insert=True)
    made = _version(row, designed, 1, by, at)
    said = f"designed the questionnaire of {held.reference} with {len(made.shape)} questions"
    facts = {"application": held.reference, "version": 1, "shape": made.shape}
    enter("design_questionnaire", held, by, at, said, {**facts, **named(*_places(made))})
    return row


@transaction.atomic
@unscoped(BY_AN_ACT)
def reword_questions(
    *, questionnaire: Questionnaire, designed: Designed, by: Acting, at: dt.datetime
) -> QuestionSet:
    """Word the questions otherwise, as another version, while nobody has been asked.

    :raises UnableToDesign: if they are issued, or nothing is said why
    """
    held = locked_application(questionnaire.application)
    person = office_of(by, designed.key, UnableToDesign)
    there: QuestionSet | None = QuestionSet.objects.filter(by=person, key=designed.key).first()
    if there is not None:
        if there.questionnaire_id != questionnaire.pk or not _is_same(there, designed):
            raise UnableToDesign("This form said something else before. Open the page again.")
        return there
    row = Questionnaire.objects.get(pk=questionnaire.pk)
    if row.issued_at is not None or held.ended_at is not None:
        raise UnableToDesign("They are issued: who has answered was asked just these.")
    told(designed.why, "why they are worded otherwise", UnableToDesign)
    made = _version(row, designed, row.versions.count() + 1, by, at)
    said = f"worded the questions of {held.reference} otherwise, as version {made.number}"
    facts = {"application": held.reference, "version": made.number, "shape": made.shape}
    enter("reword_questions", held, by, at, said, {**facts, **named(*_places(made))})
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def issue_questionnaire(
    *, questionnaire: Questionnaire, key: str, by: Acting, at: dt.datetime
) -> Questionnaire:
    """Issue the questions as they stand; an application that is planned starts, and serves its parts.

    :raises UnableToIssue: if nobody is asked, or the application is neither planned nor under way
    :raises UnableToMove: if the rule does not let it start
    """
    held = locked_application(questionnaire.application)
    person = office_of(by, key, UnableToIssue)
    row: Questionnaire = Questionnaire.objects.get(pk=questionnaire.pk)
    if row.issued_at is not None:
        return row
    parts = list(held.parts.select_related("party").order_by("pk"))
    stage = standing_of(held.course, by.day).at[process_of(held.course).main]
    if not parts or stage not in (PLANNED, UNDER_WAY):
        raise UnableToIssue(f"{held.reference} reaches nobody, or is no longer under way.")
    if stage == PLANNED:
        start(held, key, by, at)
    row.issued_at, row.issued_by, row.publicity = at, person, Questionnaire.ISSUED
    row.save(update_fields=["issued_at", "issued_by", "publicity"])
    last = row.versions.latest("number")
    last.publicity = QuestionSet.ISSUED
    last.save(update_fields=["publicity"])
    said = f"issued the questionnaire of {held.reference} to {len(parts)} of the parties"
    facts = {"application": held.reference, "version": last.number, "parts": [one.handle for one in parts]}
    enter("issue_questionnaire", held, by, at, said, facts)
    return row


def _version(row: Questionnaire, designed: Designed, number: int, by: Acting, at: dt.datetime) -> QuestionSet:
    """Write a version of the questions.

    :raises UnableToDesign: if they cannot be asked
    """
    intro = told(designed.intro, "what it is for", UnableToDesign)
    try:
        check(designed.questions)
    except UnableToAsk as refusal:
        raise UnableToDesign(str(refusal)) from refusal
    made = QuestionSet(
        code=row.code,
        classification=row.classification,
        body_id=row.body_id,
        questionnaire=row,
        number=number,
        intro=intro,
        **kept(designed.questions),
        why=designed.why.strip(),
        by=by.person,
        at=at,
        key=designed.key,
    )
    made.save(force_insert=True)
    return made


def _is_same(there: QuestionSet, designed: Designed) -> bool:
    again = {"intro": designed.intro.strip(), **kept(designed.questions), "why": designed.why.strip()}
    return all(getattr(there, name) == again[name] for name in COLUMNS)


def _places(made: QuestionSet) -> list[str]:
    """Return how an entry names what the questions say, each by its key."""
    by_key = (f"{name}.{key}" for name in ("asks", "explains", "choices") for key in getattr(made, name))
    return worded(made, "intro", "why", *by_key)

"""Questionnaires as somebody may see them: what is asked, who answered, and what the answers say together."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.assessments.models import (
    Application,
    DraftResponse,
    Part,
    Questionnaire,
    QuestionSet,
    Reminder,
    Response,
)
from tallystick.assessments.questionnaires.analysed import Analysed, Row, Sent, analyse, by_category
from tallystick.assessments.questionnaires.operations.designing import FORM
from tallystick.assessments.questionnaires.questions import Question, questions_of
from tallystick.assessments.techniques.stages import planned_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Role
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of

# Who is told every answer by the party that gave it; all others are told of several together.
TOLD_ALL = (Role.ANALYST, Role.SECRETARY, Role.AUDITOR)
COUNTS = "Counts what parties answered, to tell of several together and of no few."


@dataclass(frozen=True)
class Asked:
    """One party that is asked: its part, what it sent last, and when it was reminded."""

    part: Part
    category: str
    last: Response | None
    reminded: tuple[Reminder, ...]


@dataclass(frozen=True)
class Analysis:
    """What the answers say together; `is_whole` where the reader is told all, with who `sent` what."""

    questions: list[Analysed]
    categories: list[Row]
    whole: Row
    is_whole: bool
    sent: list[Sent]
    parts: list[Part]


def is_told_all(acting: Acting) -> bool:
    return acting.name in TOLD_ALL


def questionnaires_of(acting: Acting) -> list[Questionnaire]:
    """Return the questionnaires that somebody may see, the latest first."""
    found = Questionnaire.objects.visible_to(acting).select_related("application__course")
    return list(found.order_by("-designed_at", "-pk"))


def questionnaire(acting: Acting, reference: str) -> Questionnaire | None:
    """Return the questionnaire of an application, if somebody may see it."""
    found = Questionnaire.objects.visible_to(acting).filter(application__reference=reference)
    one: Questionnaire | None = found.select_related("application__course").first()
    return one


def to_design(acting: Acting) -> list[Application]:
    """Return the applications that take a questionnaire and have none, as far as somebody may see them."""
    return planned_of(acting, FORM, Application.objects.filter(questionnaire=None))


def versions_of(acting: Acting, row: Questionnaire) -> list[QuestionSet]:
    """Return the versions of the questions that somebody may see, the latest first."""
    found = QuestionSet.objects.visible_to(acting).filter(questionnaire=row)
    return list(found.select_related("by").order_by("-number"))


def own_parts(acting: Acting, of: Iterable[Questionnaire]) -> Mapping[int, Part]:
    """Return the parts of the party that somebody acts for, by the key of the application."""
    if acting.name != Role.PARTY_DELEGATE or acting.organisation is None:
        return {}
    keys = [one.application_id for one in of]
    found = Part.objects.visible_to(acting).filter(application__in=keys, party=acting.organisation)
    return {one.application_id: one for one in found}


def part_of(acting: Acting, row: Questionnaire, slug: str) -> Part | None:
    """Return the part of a party, if somebody may see it."""
    found = Part.objects.visible_to(acting).filter(application=row.application_id, party__slug=slug)
    one: Part | None = found.select_related("party", "application__course").first()
    return one


def draft_of(acting: Acting, part: Part) -> DraftResponse | None:
    """Return what a party saved and did not send: to that party alone."""
    if acting.name != Role.PARTY_DELEGATE or acting.organisation != part.party:
        return None
    found: DraftResponse | None = DraftResponse.objects.visible_to(acting).filter(part=part).first()
    return found


def responses_of(acting: Acting, part: Part) -> list[Response]:
    """Return what a party sent, the latest first."""
    found = Response.objects.visible_to(acting).filter(part=part).select_related("by")
    return list(found.order_by("-number"))


def asked(acting: Acting, row: Questionnaire) -> list[Asked]:
    """Return the parties that are asked, as far as somebody may see them, by name."""
    parts = list(
        Part.objects.visible_to(acting)
        .filter(application=row.application_id)
        .select_related("party")
        .order_by("party__name")
    )
    last = _last(Response.objects.visible_to(acting).filter(part__in=parts))
    reminded: dict[int, list[Reminder]] = {one.pk: [] for one in parts}
    for one in Reminder.objects.visible_to(acting).filter(part__in=parts).order_by("at"):
        reminded[one.part_id].append(one)
    of = _categories(parts, acting.day)
    return [Asked(one, of.get(one.party_id, ""), last.get(one.pk), tuple(reminded[one.pk])) for one in parts]


def analysis(acting: Acting, row: Questionnaire, questions: Iterable[Question]) -> Analysis:
    """Return what the answers say together: all of it to the office, and of no few parties to others."""
    is_whole = is_told_all(acting)
    with unscoped(COUNTS, of_everybody=True):
        every = Part.objects.visible_to(acting) if is_whole else Part.objects.all()
        parts = list(
            every.filter(application=row.application_id, served_at__isnull=False).select_related("party")
        )
        last = _last(Response.objects.filter(part__in=parts))
    of = _categories(parts, acting.day)
    names = {one.party.name: of.get(one.party_id, "") for one in parts}
    sent = [
        Sent(one.party.name, names[one.party.name], last[one.pk].picked, last[one.pk].words)
        for one in sorted(parts, key=lambda one: one.party.name)
        if one.pk in last
    ]
    least = None if is_whole else fewest_of(acting)
    rows, whole = by_category(names, [one.party for one in sent], least)
    told = analyse(questions, sent, len(parts), least)
    return Analysis(told, rows, whole, is_whole, *((sent, parts) if is_whole else ([], [])))


def fewest_of(acting: Acting) -> int:
    """Return the fewest parties that others are told of together today."""
    return rulebook_of(acting.code).handling.fewest_on(acting.day).owners


def shown(question: Question, picked: Mapping[str, list[str]], words: Mapping[str, str]) -> str:
    """Return an answer in words; empty where there is none."""
    if question.key in words:
        return words[question.key]
    given = picked.get(question.key, [])
    if question.choices:
        return "; ".join(question.choices[int(number) - 1] for number in given)
    return given[0] if given else ""


def asked_in(version: QuestionSet) -> tuple[Question, ...]:
    return questions_of(version)


def _last(found: Iterable[Response]) -> dict[int, Response]:
    return {one.part_id: one for one in sorted(found, key=lambda one: one.number)}


def _categories(parts: Iterable[Part], on: dt.date) -> Mapping[int, str]:
    """Return the category of each party on the day, by the party's key."""
    several = list(parts)
    code = several[0].code if several else ""
    known = Category.objects.filter(code=code, organisation__in=[one.party_id for one in several])
    return {one.organisation_id: one.category for one in known if one.is_in_force(on)}

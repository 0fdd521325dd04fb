"""What questionnaires and exercises have waiting for parties, and which exercise is to be debriefed."""

from collections.abc import Iterator

from django.urls import reverse

from tallystick.assessments import exercises, questionnaires
from tallystick.assessments.application_facts import UNDER_WAY
from tallystick.assessments.applications import served_parts
from tallystick.assessments.models import Exercise, Lesson, Questionnaire, Reminder
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.waiting import Waiting

ANSWERS = "Answers of the parties"


def waiting(acting: Acting) -> list[Waiting]:
    """List what a party has to answer, to say and to do, and what the analyst has to debrief."""
    if acting.name == Role.PARTY_DELEGATE and acting.organisation is not None:
        return [*_questionnaires(acting), *_exercises(acting), *_lessons(acting)]
    if acting.name == Role.ANALYST:
        return list(_debriefs(acting))
    return []


def _questionnaires(acting: Acting) -> Iterator[Waiting]:
    """Yield the questionnaires that a party is asked and has not answered."""
    asked = {one: getattr(one.application, "questionnaire", None) for one in served_parts(acting)}
    issued_ones = [one for one, row in asked.items() if row is not None and row.issued_at is not None]
    parts = {one.application_id: one for one in issued_ones if one.answered_at is None}
    if not parts:
        return
    issued = Questionnaire.objects.visible_to(acting).filter(application__in=parts)
    rows = list(issued.select_related("application__course"))
    stands = questionnaires.stages([one.application.course for one in rows], acting.day)
    reminders = Reminder.objects.visible_to(acting).filter(part__in=parts.values()).order_by("at")
    reminded = {one.part_id: one.day for one in reminders}
    for row in rows:
        where, part = stands[row.application.course_id], parts[row.application_id]
        if where.stage == UNDER_WAY and acting.organisation is not None:
            day = reminded.get(part.pk)
            yield Waiting(
                title="Answer a questionnaire",
                words=f"{row.application.reference}, {row.application.title}"
                + (f" · reminded {day.day} {day:%B}" if day else ""),
                verb="Answer",
                href=reverse(
                    "answer_questionnaire",
                    args=[acting.code, row.application.reference, acting.organisation.slug],
                ),
                due=where.due_on,
                rule=ANSWERS if where.due_on else "No date is set",
                classification=part.classification,
            )


def _exercises(acting: Acting) -> Iterator[Waiting]:
    """Yield the exercises that a party is asked to take part in and has said nothing to."""
    asked = [one for one in served_parts(acting) if not getattr(one, "if_it_plays", False)]
    for part in asked:
        row = part.application
        exercise = getattr(row, "exercise", None)
        if exercise is None or exercise.announced_at is None or exercise.on < acting.day:
            continue
        yield Waiting(
            title="Say whether you take part in an exercise",
            words=f"{row.reference}, {row.title}",
            verb="Say so",
            href=reverse("take_part", args=[acting.code, row.reference, part.party.slug]),
            due=row.exercise.on,
            rule="The day on which it is played",
            classification=part.classification,
        )


def _lessons(acting: Acting) -> Iterator[Waiting]:
    """Yield what a party itself is to do."""
    return (_lesson(one) for one in exercises.open_lessons(acting) if one.party == acting.organisation)


def _lesson(one: Lesson) -> Waiting:
    reference = one.exercise.application.reference
    return Waiting(
        title="Say what was done of a lesson",
        words=f"{reference}, {one.words[:120]}",
        verb="Say so",
        href=reverse("settle_lesson", args=[one.code, reference, one.number]),
        due=one.due_on,
        rule="The day that was set with the lesson",
        classification=one.classification,
    )


def _debriefs(acting: Acting) -> Iterator[Waiting]:
    """Yield the exercises that were played and are not debriefed."""
    played = Exercise.objects.visible_to(acting).filter(
        announced_at__isnull=False, debriefed_at=None, on__lte=acting.day, application__ended_at=None
    )
    for row in played.select_related("application"):
        yield Waiting(
            title="Debrief an exercise that was played",
            words=f"{row.application.reference}, {row.application.title}",
            verb="Open",
            href=reverse("exercise", args=[acting.code, row.application.reference]),
            classification=row.classification,
        )


SOURCES = (waiting,)

"""What questionnaires have waiting: a party's answers."""

from collections.abc import Iterator

from django.urls import reverse

from tallystick.assessments.models import Questionnaire, Reminder
from tallystick.assessments.techniques.facts import UNDER_WAY
from tallystick.assessments.techniques.seen import served_parts
from tallystick.assessments.techniques.stages import stages
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.waiting import Waiting

ANSWERS = "Answers of the parties"


def waiting(acting: Acting) -> list[Waiting]:
    """List the questionnaires that a party is asked and has not answered."""
    if acting.name != Role.PARTY_DELEGATE or acting.organisation is None:
        return []
    return list(_questionnaires(acting))


def _questionnaires(acting: Acting) -> Iterator[Waiting]:
    """Yield the questionnaires that a party is asked and has not answered."""
    asked = {one: getattr(one.application, "questionnaire", None) for one in served_parts(acting)}
    issued_ones = [one for one, row in asked.items() if row is not None and row.issued_at is not None]
    parts = {one.application_id: one for one in issued_ones if one.answered_at is None}
    if not parts:
        return
    issued = Questionnaire.objects.visible_to(acting).filter(application__in=parts)
    rows = list(issued.select_related("application__course"))
    stands = stages([one.application.course for one in rows], acting.day)
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


SOURCES = (waiting,)

"""What exercises have waiting: to say whether a party plays, a lesson to be done, an exercise to debrief."""

from collections.abc import Iterator

from django.urls import reverse

from tallystick.assessments.exercises import seen as exercises
from tallystick.assessments.models import Exercise, Lesson
from tallystick.assessments.techniques.seen import served_parts
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.waiting import Waiting


def waiting(acting: Acting) -> list[Waiting]:
    """List what a party has to say and to do, and what the analyst has to debrief."""
    if acting.name == Role.PARTY_DELEGATE and acting.organisation is not None:
        return [*_exercises(acting), *_lessons(acting)]
    if acting.name == Role.ANALYST:
        return list(_debriefs(acting))
    return []


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

"""Exercises as somebody may see them: what is played, who takes part, what it showed and what is learnt."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tallystick.assessments.exercises.operations.exercising import FORM
from tallystick.assessments.models import Application, Exercise, Lesson, Observation, Part, Turn
from tallystick.assessments.techniques.stages import planned_of
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped

COUNTS = "Counts the parties that take part in an exercise; who they are is for whoever may see their part."


@dataclass(frozen=True)
class Player:
    """A party that is asked or volunteered, and its latest word, if it has said one."""

    part: Part
    last: Turn | None


def exercises_of(acting: Acting) -> list[Exercise]:
    """Return the exercises that somebody may see, the latest first."""
    found = Exercise.objects.visible_to(acting).select_related("application__course")
    return list(found.order_by("-on", "-pk"))


def exercise(acting: Acting, reference: str) -> Exercise | None:
    """Return the exercise of an application, if somebody may see it."""
    found = Exercise.objects.visible_to(acting).filter(application__reference=reference)
    one: Exercise | None = found.select_related("application__course").first()
    return one


def to_prepare(acting: Acting) -> list[Application]:
    """Return the applications that are exercises and are not prepared, as far as somebody may see them."""
    return planned_of(acting, FORM, Application.objects.filter(exercise=None))


def players(acting: Acting, row: Exercise) -> list[Player]:
    """Return the parties that are asked or volunteered, as far as somebody may see them, by name."""
    parts = Part.objects.visible_to(acting).filter(application=row.application_id)
    several = list(parts.select_related("party", "application__course").order_by("party__name"))
    turns = Turn.objects.visible_to(acting).filter(part__in=several).order_by("number")
    last = {one.part_id: one for one in turns}
    return [Player(one, last.get(one.pk)) for one in several]


@unscoped(COUNTS, of_everybody=True)
def taking_part(of: Iterable[Exercise]) -> Mapping[int, int]:
    """Return how many parties take part in each exercise, by the key of its application."""
    keys = [one.application_id for one in of]
    last: dict[int, Turn] = {}
    for one in Turn.objects.filter(part__application__in=keys).select_related("part").order_by("number"):
        last[one.part_id] = one
    counts = dict.fromkeys(keys, 0)
    for one in last.values():
        counts[one.part.application_id] += one.takes_part
    return counts


def observations_of(acting: Acting, row: Exercise) -> Mapping[str, Observation]:
    """Return the latest observation of each objective, as far as somebody may see them."""
    found = Observation.objects.visible_to(acting).filter(exercise=row).select_related("by")
    return {one.objective: one for one in found.order_by("number")}


def lessons_of(acting: Acting, row: Exercise) -> list[Lesson]:
    """Return what is learnt, as far as somebody may see it, in order."""
    found = Lesson.objects.visible_to(acting).filter(exercise=row).select_related("party", "owner", "done_by")
    return list(found.order_by("number"))


def lesson_of(acting: Acting, row: Exercise, number: int) -> Lesson | None:
    """Return a lesson by its number, if somebody may see it."""
    found = Lesson.objects.visible_to(acting).filter(exercise=row, number=number)
    one: Lesson | None = found.select_related("exercise__application", "party").first()
    return one


def open_lessons(acting: Acting) -> list[Lesson]:
    """Return the lessons that are told and not done, as far as somebody may see them, the first due first."""
    found = Lesson.objects.visible_to(acting).filter(done_at=None, publicity=Lesson.ISSUED)
    return list(found.select_related("exercise__application", "party", "owner").order_by("due_on", "pk"))

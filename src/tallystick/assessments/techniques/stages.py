"""Where applications stand on a day, and which of a form are planned and wait to be prepared."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import QuerySet

from tallystick.assessments.models import Application
from tallystick.assessments.techniques.facts import ANSWERS, PLANNED, technique_of
from tallystick.parties.acting import Acting
from tallystick.processes.models import Course
from tallystick.processes.queries import process_of, standings
from tallystick.processes.standing import Standing


@dataclass(frozen=True)
class Stands:
    """Where an application stands, by name and title, and the day by which its parties are asked."""

    stage: str
    title: str
    due_on: dt.date | None


def stages(courses: Iterable[Course], on: dt.date) -> Mapping[int, Stands]:
    """Return where applications stand on a day, by the key of their course."""
    several = {one.pk: one for one in courses}
    return {key: _stands(several[key], found) for key, found in standings(several.values(), on).items()}


def _stands(course: Course, found: Standing) -> Stands:
    value = process_of(course)
    stage = found.at[value.main]
    running = found.running(ANSWERS)
    return Stands(stage, value.stage(stage).title, running.due_on if running else None)


def planned_of(acting: Acting, form: str, among: QuerySet[Application]) -> list[Application]:
    """Return the planned applications of techniques of a form, as far as somebody may see them.

    :param among: those that are looked at, such as those that are not prepared yet
    """
    found = among.visible_to(acting).filter(ended_at=None).select_related("course")  # type: ignore[attr-defined]
    several = [one for one in found if technique_of(one).form == form]
    stands = stages([one.course for one in several], acting.day)
    return [one for one in several if stands[one.course_id].stage == PLANNED]

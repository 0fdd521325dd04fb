"""What is known of a document when somebody wants to move it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from tallystick.assessments.models import Comment, Document
from tallystick.parties.policy.guard import unscoped
from tallystick.processes import decided
from tallystick.processes.models import Course
from tallystick.processes.queries import process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import Outcome, ProcessValue

PROCESS = "document"
DRAFTED, CONSULTING, CONSULTED, IN_FORCE = "drafted", "consulting", "consulted", "in_force"
TERM = "term"
WHY = "Counts what waits on a document that was found through what somebody may see."


def stage_of(value: ProcessValue, standing: Standing) -> str:
    return standing.at[value.main]


def came_before(course: Course) -> dt.datetime:
    """Return the moment from which on what a body decides can be carried out where a document stands."""
    at: dt.datetime = course.places.get(left_at=None).entered_at
    return at


@unscoped(WHY)
def facts_of(row: Document, on: dt.date) -> Mapping[str, Any]:
    """Return the facts of a document on the day, but for what bodies decided."""
    return {
        "today": on,
        "comments_open": Comment.objects.filter(document=row, reply=None).count(),
        "first_on": first_on(row),
        "superseded_by": None,  # told by the act of the later version, and by no other
    }


@unscoped(WHY)
def decisions_of(row: Document, standing: Standing, since: dt.datetime) -> dict[str, str | None]:
    """Return the body that decided, and the one that did not let it, where that waits to be carried out.

    :param since: the moment from which on the document is before the body
    """
    value = process_of(row.course)
    stage = stage_of(value, standing)
    keys = {rule.body for rule in value.moves.values() if stage in rule.from_ and rule.body}
    told = decided.bodies_of(row.course, since) if keys else {}
    names: dict[str, Outcome] = {"decided_by": "agreed", "rejected_by": "rejected"}
    return {
        name: max(keys & told[outcome], default=None) if told else None for name, outcome in names.items()
    }


def first_on(row: Document) -> dt.date:
    """Return the first day on which a document may take effect: a plan, with the first day of its period.

    A plan is drawn by the methodology and from the register, which take effect before it.
    """
    if row.kind == Document.PLAN:
        first: dt.date = row.period.from_on
        return first
    return timezone.localtime(row.drafted_at).date()

"""What is known of a derogation, and of forbearance, when somebody wants to move it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet, Subquery
from django.utils import timezone

from tallystick.cases.models import Remedy
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.suspensions import suspended_by
from tallystick.parties.models import Body
from tallystick.parties.policy.guard import unscoped
from tallystick.processes import decided
from tallystick.processes.models import Course, Place
from tallystick.processes.queries import process_of
from tallystick.processes.standing import Standing
from tallystick.rulebook.processes import Outcome, ProcessValue

ACTIVE, TERM, REVIEW = "active", "term", "review"
WHY = "Counts what a body decided about a matter that was found through what somebody may see."
UNDER_CHALLENGE = (ACTIVE, "expired", "revoked", "refused")  # where what was carried out may be suspended
DONE = "done"  # the stage of a remedy that has done what it promised
OUTCOMES: tuple[Outcome, Outcome] = ("agreed", "rejected")


def stage_of(value: ProcessValue, standing: Standing) -> str:
    return standing.at[value.main]


def body_of(value: ProcessValue, stage: str) -> str | None:
    """Return the key of the body whose decision leads on from a stage: to be there is to be before it."""
    keys = {rule.body for rule in value.moves.values() if stage in rule.from_ and rule.body is not None}
    return keys.pop() if len(keys) == 1 else None


def came_before(course: Course) -> dt.datetime:
    """Return the moment from which on what a body decides can be carried out where a matter stands."""
    at: dt.datetime = course.places.get(left_at=None).entered_at
    return at


@unscoped(WHY)
def decisions_of(course: Course, standing: Standing, since: dt.datetime) -> dict[str, str | None]:
    """Return the body that decided, and the one that did not let it, where that waits to be carried out.

    :param since: the moment from which on the matter is before the body
    """
    value = process_of(course)
    key = body_of(value, stage_of(value, standing))
    waits: dict[str, Any] = {}
    for name, outcome in zip(("decided_by", "rejected_by"), OUTCOMES, strict=True):
        motions, decisions = decided.undone_of_any(course, since, outcome)
        of_body = OuterRef("pk")
        waits[name] = Exists(motions.filter(body=of_body)) | Exists(decisions.filter(body=of_body))
    if key is None:
        return dict.fromkeys(waits)
    found = Body.objects.filter(code=course.code, key__iexact=key).annotate(**waits).values(*waits)
    told = list(found)
    return {name: key if any(one[name] for one in told) else None for name in waits}


def running_until(standing: Standing, clock: str) -> dt.date | None:
    """Return the day that a clock of a matter is due, where it runs."""
    running = standing.running(clock)
    return running.due_on if running else None


def facts_of(
    row: Derogation, on: dt.date, standing: Standing, end_on: dt.date | None = None
) -> Mapping[str, Any]:
    """Return the facts of a derogation on the day.

    :param end_on: the last day that somebody states; else the running one counts, or the one that was asked
    """
    may_be_suspended = stage_of(process_of(row.course), standing) in UNDER_CHALLENGE
    return {
        "today": on,
        "end_on": end_on or running_until(standing, TERM) or row.until_on,
        "suspended_by": suspended_by(row) if may_be_suspended else None,
        "changed_by": None,  # told by the act that lets it go back, and by no other
    }


def facts_of_forbearance(
    row: Forbearance, on: dt.date, standing: Standing, review_on: dt.date | None = None
) -> Mapping[str, Any]:
    """Return the facts of forbearance on the day."""
    return {"today": on, "review_on": review_on or running_until(standing, REVIEW) or row.review_on}


def with_work(rows: QuerySet[Any], to: str = "") -> QuerySet[Any]:
    """Return rows each with when the remedy of its case has done, and when that case ended.

    They are `remedy_done_at` and `case_ended_at`; `until_done` tells whether that ends the derogation.

    :param to: how a row names its derogation, such as `derogation__`
    """
    remedies = Remedy.objects.filter(case=OuterRef(OuterRef(f"{to}case")))
    done = Place.objects.filter(course__in=remedies.values("course"), stage=DONE, left_at=None)
    own = Remedy.objects.filter(pk=OuterRef(f"{to}remedy"))
    found: QuerySet[Any] = rows.annotate(
        remedy_done_at=Subquery(done.order_by("entered_at").values("entered_at")[:1]),
        case_ended_at=Subquery(own.values("case__closed_at")[:1]),
        until_done=Exists(own),
    )
    return found


def done_on(row: Any) -> dt.date | None:
    """Return the day on which the work was done that a row of `with_work` waits for."""
    if not row.until_done:
        return None
    moments = [one for one in (row.remedy_done_at, row.case_ended_at) if one is not None]
    return timezone.localtime(min(moments)).date() if moments else None

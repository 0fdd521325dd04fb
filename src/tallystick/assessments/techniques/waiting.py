"""What applications have waiting: a part to answer for a party, an application to start or report."""

import datetime as dt

from django.db.models import OuterRef, Subquery
from django.urls import reverse

from tallystick.assessments.models import Application, Part
from tallystick.assessments.techniques.facts import PLANNED, UNDER_WAY, technique_of
from tallystick.assessments.techniques.outcomes import ASKING, GUIDANCE
from tallystick.assessments.techniques.seen import served_parts
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.waiting import Waiting
from tallystick.processes.models import Place

WHY = "Tells where applications stand that were found through what somebody may see."
ERRANDS = {
    PLANNED: ("Start an application that is planned", "Start", "start"),
    UNDER_WAY: ("Report what came of an application", "Report", "report"),
}


def waiting(acting: Acting) -> list[Waiting]:
    """List the parts that a party has to answer, and what the analyst has to start or to report."""
    if acting.name == Role.PARTY_DELEGATE and is_granted(acting, Part.TYPE, "u"):
        return _parts(acting)
    if acting.name == Role.ANALYST and is_granted(acting, Application.TYPE, "t"):
        return _applications(acting)
    return []


def _parts(acting: Acting) -> list[Waiting]:
    own = acting.organisation
    if own is None:
        return []
    waits = [one for one in served_parts(acting) if one.answered_at is None and not one.outcome]
    issued = [one for one in waits if one.application.publicity == Application.ISSUED]
    rows = [one for one in issued if technique_of(one.application).form in ASKING]
    return [_to_answer(acting, one, own.slug) for one in rows]


def _to_answer(acting: Acting, part: Part, slug: str) -> Waiting:
    row = part.application
    is_guidance = technique_of(row).form == GUIDANCE
    due: dt.date | None = getattr(part, "due", None)
    return Waiting(
        title="Acknowledge guidance" if is_guidance else "Answer what an application asks",
        words=f"{row.reference}, {row.title}",
        verb="Acknowledge" if is_guidance else "Answer",
        href=reverse("part", args=[acting.code, row.reference, slug]),
        due=due,
        rule="Answers of the parties" if due else "No date is set",
        classification=part.classification,
    )


@unscoped(WHY)
def _applications(acting: Acting) -> list[Waiting]:
    at = Place.objects.filter(course=OuterRef("course"), left_at=None)
    open_ones = Application.objects.visible_to(acting).filter(ended_at=None)
    found = open_ones.annotate(stage=Subquery(at.values("stage")[:1])).order_by("pk")
    rows = [(one, str(getattr(one, "stage", ""))) for one in found]
    return [_errand(acting, one, stage) for one, stage in rows if _is_due(one, stage, acting.day)]


def _is_due(row: Application, stage: str, on: dt.date) -> bool:
    day = {PLANNED: row.from_on, UNDER_WAY: row.until_on}.get(stage)
    return day is not None and day <= on


def _errand(acting: Acting, row: Application, stage: str) -> Waiting:
    title, verb, move = ERRANDS[stage]
    return Waiting(
        title=title,
        words=f"{row.reference}, {row.title}",
        verb=verb,
        href=reverse("take_application_step", args=[acting.code, row.reference, move]),
        due=row.from_on if stage == PLANNED else row.until_on,
        rule="Its first day" if stage == PLANNED else "Its last day",
        classification=row.classification,
    )


SOURCES = (waiting,)

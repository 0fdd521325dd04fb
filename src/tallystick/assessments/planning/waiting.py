"""What the documents of a year have waiting on somebody."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from django.db.models import Count, Q
from django.urls import reverse

from tallystick.assessments.models import Document
from tallystick.assessments.planning.facts import CONSULTED, CONSULTING, DRAFTED, first_on
from tallystick.assessments.planning.seen import stages
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.decision import is_granted
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.waiting import Waiting
from tallystick.processes.models import Timer

OF_ONES_SEEN = "Tells when consultations end on documents that were found through what somebody may see."
CONSULTATION = "consultation"
# What whoever brings a document on has to do, by where it stands.
BRINGING = {
    CONSULTED: ("Bring a document to the board", "Open"),
    "recommended": ("Bring a document to Parties and the Panel", "Open"),
    "endorsed_by_parties": ("Bring a document to the Panel", "Open"),
}


@dataclass(frozen=True)
class Listed:
    """A document that goes its way: where it stands, when its consultation ends, what is not answered."""

    row: Document
    stage: str
    due: dt.date | None
    open: int


def waiting(acting: Acting) -> list[Waiting]:
    """List what is to be put forward, answered, brought to a body, put in force or commented on."""
    if acting.name not in (*Role.OFFICE, Role.CHAIR, Role.PARTY_DELEGATE) or not is_granted(
        acting, "plan", "r"
    ):
        return []
    return [_errand(acting, one, *told) for one in _going(acting) for told in _asked(acting, one)]


def _going(acting: Acting) -> list[Listed]:
    rows = Document.objects.visible_to(acting).filter(ended_at=None, from_on=None)
    unanswered = Count("comments", filter=Q(comments__reply=None))
    found = list(rows.select_related("period", "body").annotate(open=unanswered).order_by("pk"))
    if not found:
        return []
    there = stages(found)
    with unscoped(OF_ONES_SEEN):
        courses = [one.course_id for one in found]
        timers = Timer.objects.filter(course__in=courses, clock=CONSULTATION, ended_on=None)
        due = dict(timers.values_list("course", "due_on"))
    return [Listed(one, there[one.pk], due.get(one.course_id), one.open) for one in found]


def _asked(acting: Acting, one: Listed) -> Iterator[tuple[str, str]]:
    """Yield what is asked of somebody: its words and the verb."""
    if acting.name == Role.PARTY_DELEGATE:
        if one.stage == CONSULTING:
            yield "Comment on a document in consultation", "Comment"
        return
    if acting.name in Role.OFFICE and one.stage == DRAFTED:
        yield "Put a document to consultation", "Open"
    if acting.name in Role.OFFICE and one.open and one.stage in (CONSULTING, CONSULTED):
        yield f"Answer {one.open} comment{'s' if one.open > 1 else ''} to a consultation", "Answer"
    if acting.name in Role.OFFICE and one.stage == CONSULTING:
        yield "A consultation ends", "Open"
    if acting.name in (Role.CHAIR, Role.SECRETARY) and one.stage in BRINGING:
        yield BRINGING[one.stage]
    if acting.name in Role.OFFICE and one.stage == "endorsed" and first_on(one.row) <= acting.day:
        yield "Let a document take effect", "Open"


def _errand(acting: Acting, one: Listed, title: str, verb: str) -> Waiting:
    row = one.row
    return Waiting(
        title=title,
        words=f"{row.reference}, {row.title}",
        verb=verb,
        href=reverse("plan_document", args=[acting.code, row.reference]),
        due=one.due,
        rule="The consultation ends" if one.due else "No date is set",
        classification=row.classification,
    )


SOURCES = (waiting,)

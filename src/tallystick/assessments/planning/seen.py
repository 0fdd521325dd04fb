"""Drafts, documents and what was said of them, found through what somebody may see."""

from collections.abc import Iterable

from django.db.models import QuerySet

from tallystick.assessments.models import Comment, Document, Draft, Frozen, Reply
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import may
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.models import Place
from tallystick.risks.models import OperatingPeriod

OF_ONES_SEEN = "Tells where documents stand that were found through what somebody may see."


def drafts(acting: Acting, period: OperatingPeriod) -> list[Draft]:
    """Return the drafts of a period that somebody may see, the latest first."""
    found = Draft.objects.visible_to(acting).filter(period=period).select_related("by", "period")
    return list(found.order_by("-number"))


def documents(acting: Acting, period: OperatingPeriod) -> list[Document]:
    """Return the documents of a period that somebody may see: by kind, the latest version first."""
    return list(_documents(acting).filter(period=period).order_by("kind", "-version"))


def document(acting: Acting, reference: str) -> Document | None:
    """Return a document by its reference, if somebody may see it."""
    return _documents(acting).filter(reference=reference).first()


def frozen(acting: Acting, of: Iterable[Document]) -> dict[int, list[Frozen]]:
    """Return what was frozen of documents, by the document's key: what is stricter comes after the rest."""
    found = Frozen.objects.visible_to(acting).filter(document__in=[one.pk for one in of]).order_by("pk")
    parts: dict[int, list[Frozen]] = {}
    for one in found:
        parts.setdefault(one.document_id, []).append(one)
    return parts


def comments(acting: Acting, row: Document) -> list[Comment]:
    """Return what was said in the consultation, as far as somebody may see it, the first first."""
    found = Comment.objects.visible_to(acting).filter(document=row)
    return list(found.select_related("party", "by", "reply__by").order_by("number"))


def replies(acting: Acting, of: Iterable[Comment]) -> dict[int, Reply]:
    """Return what the office answered to comments that were read with it, by the key of the comment."""
    return {one.pk: one.reply for one in of if hasattr(one, "reply") and may(acting, "r", one.reply)}


@unscoped(OF_ONES_SEEN)
def stages(of: Iterable[Document]) -> dict[int, str]:
    """Return the stage in which each document stands as it is written down, by the document's key."""
    courses = {one.course_id: one.pk for one in of}
    there = Place.objects.filter(course__in=courses, left_at=None)
    return {courses[course]: stage for course, stage in there.values_list("course", "stage")}


def _documents(acting: Acting) -> QuerySet[Document]:
    found: QuerySet[Document] = Document.objects.visible_to(acting).select_related(
        "body", "course", "period", "draft__period", "revises", "drafted_by"
    )
    return found

"""Applications and their parts, found through what somebody may see."""

from django.db.models import F, QuerySet

from tallystick.assessments.models import Application, Part
from tallystick.parties.acting import Acting


def applications_of(acting: Acting) -> QuerySet[Application]:
    """Return the applications that somebody may see: those that go on first, then the latest."""
    found: QuerySet[Application] = Application.objects.visible_to(acting).select_related("course", "period")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-from_on", "-pk")


def application(acting: Acting, reference: str) -> Application | None:
    """Return an application by its reference, if somebody may see it; what they may not see is not there."""
    return applications_of(acting).filter(reference=reference).first()


def parts_of(acting: Acting, row: Application) -> list[Part]:
    """Return the parts of an application that somebody may see, by the name of the party."""
    found = Part.objects.visible_to(acting).filter(application=row)
    return list(found.select_related("party", "answered_by", "concluded_by").order_by("party__name"))


def part_of(acting: Acting, row: Application, slug: str) -> Part | None:
    """Return the part of a party in an application, if somebody may see it."""
    found = Part.objects.visible_to(acting).filter(application=row, party__slug=slug)
    return found.select_related("application__course", "party", "answered_by", "concluded_by").first()

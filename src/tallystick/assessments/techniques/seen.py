"""Applications and their parts, found through what somebody may see."""

from django.db.models import Exists, F, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from tallystick.assessments.models import Application, Correction, Part, Turn
from tallystick.assessments.techniques.facts import ANSWERS
from tallystick.parties.acting import Acting
from tallystick.parties.once import once
from tallystick.parties.policy.guard import unscoped
from tallystick.processes.models import Timer

WHY = "Tells when an answer is due, and whether one was given, of parts found through what somebody may see."


def applications_of(acting: Acting) -> QuerySet[Application]:
    """Return the applications that somebody may see: those that go on first, then the latest."""
    found: QuerySet[Application] = Application.objects.visible_to(acting).select_related("course", "period")
    return found.order_by(F("ended_at").desc(nulls_first=True), "-from_on", "-pk")


def application(acting: Acting, reference: str) -> Application | None:
    """Return an application by its reference, if somebody may see it; what they may not see is not there."""
    return applications_of(acting).filter(reference=reference).first()


def seen_parts(acting: Acting) -> QuerySet[Part]:
    """Return the parts that somebody may see, each with the outcome that `stands` and the words it `says`.

    They are those of the last correction, where there is one.
    """
    own = Correction.objects.visible_to(acting).filter(part=OuterRef("pk")).order_by("-number")
    found: QuerySet[Part] = Part.objects.visible_to(acting)
    counts = {"stands": "outcome", "says": "result"}
    return found.annotate(**{name: Coalesce(Subquery(own.values(of)[:1]), of) for name, of in counts.items()})


def corrections_of(acting: Acting, part: Part) -> list[Correction]:
    """Return the corrections of a part's outcome that somebody may see, the latest first."""
    found = Correction.objects.visible_to(acting).filter(part=part).select_related("by")
    return list(found.order_by("-number"))


def parts_of(acting: Acting, row: Application) -> list[Part]:
    """Return the parts of an application that somebody may see, by the name of the party."""
    found = seen_parts(acting).filter(application=row)
    return list(found.select_related("party", "answered_by", "concluded_by").order_by("party__name"))


def part_of(acting: Acting, row: Application, slug: str) -> Part | None:
    """Return the part of a party in an application, if somebody may see it."""
    found = seen_parts(acting).filter(application=row, party__slug=slug)
    return found.select_related("application__course", "party", "answered_by", "concluded_by").first()


@once
@unscoped(WHY)
def served_parts(acting: Acting) -> list[Part]:
    """Return the parts that a party was served in what goes on, for the delegate who acts for it.

    Each has when its answer is `due`, and whether the party said `if_it_plays` in an exercise. What a part
    is of is read with it: an application, its questionnaire, its exercise.
    """
    runs = Timer.objects.filter(course=OuterRef("application__course"), clock=ANSWERS, ended_on=None)
    found = Part.objects.visible_to(acting).filter(
        party=acting.organisation, served_at__isnull=False, application__ended_at=None
    )
    told = found.annotate(
        due=Subquery(runs.values("due_on")[:1]), if_it_plays=Exists(Turn.objects.filter(part=OuterRef("pk")))
    )
    beside = ("party", "application__questionnaire", "application__exercise")
    return list(told.select_related(*beside).order_by("pk"))

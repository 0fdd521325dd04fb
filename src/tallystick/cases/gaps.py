"""Gaps as pages show them: those that somebody may see, and the findings that one rests on."""

from django.db.models import F, QuerySet

from tallystick.cases.models import Gap, GapFinding
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import unscoped
from tallystick.runs.models import Finding

OF_ONE_SEEN = "Finds what a gap rests on that is shown; each finding is asked for through what may be seen."


def gaps_of(acting: Acting) -> QuerySet[Gap]:
    """Return the gaps that somebody may see: open ones first, then those handed on, the latest first."""
    found: QuerySet[Gap] = Gap.objects.visible_to(acting).select_related("recorded_by")
    last = (F("closed_at").desc(nulls_first=True), F("handed_on_at").desc(nulls_first=True))
    return found.order_by(*last, "-recorded_at", "-pk")


def gap(acting: Acting, reference: str) -> Gap | None:
    """Return a gap by its reference, if somebody may see it."""
    return gaps_of(acting).filter(reference=reference).first()


def findings_of_gap(acting: Acting, one: Gap) -> list[Finding]:
    """Return the findings that a gap rests on, as far as somebody may see them."""
    with unscoped(OF_ONE_SEEN):
        rests_on = GapFinding.objects.filter(gap=one).values("finding")
        found = Finding.objects.visible_to(acting).filter(pk__in=rests_on)
        return list(found.select_related("party").order_by("period", "reference"))

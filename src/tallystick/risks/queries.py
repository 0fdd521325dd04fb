"""What may be asked about risks: always through what somebody may see."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple, TypeVar

from django.db.models import Q

from tallystick.parties.acting import Acting
from tallystick.parties.once import once
from tallystick.risks.models import Approval, Lineage, OperatingPeriod, Proposal, Risk, Score, Wording
from tallystick.runs.models import Figure, Finding

TENTH = Decimal("0.1")
Row = TypeVar("Row", Wording, Score)


class Indicator(NamedTuple):
    """A measure with its latest landed figure: a share in per cent, the period, its state."""

    measure: str
    percent: Decimal
    period: str
    state: str


def periods(acting: Acting) -> list[OperatingPeriod]:
    """Return the operating periods that somebody may see, the latest first."""
    found = OperatingPeriod.objects.visible_to(acting).select_related("body", "opened_by")
    return list(found.order_by("-from_on"))


def approvals(acting: Acting, period: OperatingPeriod) -> list[Approval]:
    """Return by which documents the register of a period was approved, the latest first."""
    found = Approval.objects.visible_to(acting).filter(period=period)
    return list(found.order_by("-at", "-pk"))


def risks(acting: Acting) -> list[Risk]:
    """Return all risks that somebody may see, those that ended too, by reference."""
    return list(Risk.objects.visible_to(acting).order_by("reference", "pk"))


@once
def references(acting: Acting) -> frozenset[str]:
    """Return the references of the risks that somebody may see, for whoever leads to one."""
    return frozenset(Risk.objects.visible_to(acting).values_list("reference", flat=True))


def risk(acting: Acting, reference: str) -> Risk | None:
    found: Risk | None = Risk.objects.visible_to(acting).filter(reference=reference).first()
    return found


def words_by_risk(acting: Acting, of: Iterable[Risk]) -> Mapping[int, list[Wording]]:
    """Return the versions of each risk's words, the latest first."""
    found = Wording.objects.visible_to(acting).filter(risk__in=list(of)).select_related("by")
    return _grouped(found.order_by("-number"))


def scores_by_risk(acting: Acting, of: Iterable[Risk]) -> Mapping[int, list[Score]]:
    """Return the scores of each risk that somebody may see, the latest period and number first."""
    found = Score.objects.visible_to(acting).filter(risk__in=list(of)).select_related("period", "by")
    return _grouped(found.order_by("-period__from_on", "-number"))


def proposals(acting: Acting, of: Iterable[Risk]) -> list[Proposal]:
    """Return the likelihoods proposed for risks with their answers, the latest first."""
    found = Proposal.objects.visible_to(acting).filter(risk__in=list(of))
    return list(found.select_related("risk", "period", "by", "answer__by").order_by("-at", "-pk"))


def lineage(acting: Acting, of: Risk) -> list[Lineage]:
    """Return what a risk came from and went into."""
    rows = Lineage.objects.visible_to(acting).filter(Q(before=of) | Q(after=of))
    return list(rows.select_related("before", "after").order_by("pk"))


def indicators(acting: Acting, measures: Collection[str]) -> Mapping[str, Indicator]:
    """Return the latest landed figure as a whole of each measure that somebody may see one of."""
    rows = Figure.objects.visible_to(acting).filter(
        measure__in=list(measures), run__is_current=True, group_key="", denominator__gt=0
    )
    told = rows.order_by("-run__period").values_list(
        "measure", "numerator", "denominator", "run__period", "state"
    )
    found: dict[str, Indicator] = {}
    for measure, done, of, period, state in told:
        percent = (Decimal(done or 0) * 100 / (of or 1)).quantize(TENTH, ROUND_HALF_UP)
        found.setdefault(measure, Indicator(measure, percent, period, state))
    return found


def findings_on(acting: Acting, measures: Collection[str], most: int) -> list[Finding]:
    """Return the latest findings by some measures that somebody may see, those withdrawn left out."""
    rows = Finding.objects.visible_to(acting).filter(measure__in=list(measures))
    held = rows.exclude(state=Finding.WITHDRAWN).select_related("party")
    return list(held.order_by("-period", "reference")[:most])


def seen_findings(acting: Acting, proposals: Iterable[Proposal]) -> frozenset[str]:
    """Return which of the findings that proposals rest on somebody may see."""
    wanted = {reference for one in proposals for reference in one.findings}
    rows = Finding.objects.visible_to(acting).filter(reference__in=wanted) if wanted else ()
    return frozenset(one.reference for one in rows)


def standing(scores: Sequence[Score], period: OperatingPeriod) -> Score | None:
    """Return the score that counts in a period: the latest by the period's own method."""
    return next((one for one in scores if one.period_id == period.pk and not one.again), None)


def _grouped(rows: Iterable[Row]) -> Mapping[int, list[Row]]:
    found: dict[int, list[Row]] = defaultdict(list)
    for one in rows:
        found[one.risk_id].append(one)
    return found

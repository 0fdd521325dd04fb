"""What the landed months show of a risk: in how many months of parties it was looked for, and found."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q

from tallystick.parties.classified import Classified
from tallystick.parties.policy.guard import unscoped
from tallystick.risks.scoring.likelihood import MONTHS_A_YEAR
from tallystick.runs.models import Figure, Finding, Run

WHY = "Counts findings for the office, which reads them all; the proposal carries the class of a finding."
UNTOLD = Q(classification=Classified.RED) | Q(publicity=Classified.DRAFT)
Unit = tuple[str, int | None, str]


@dataclass(frozen=True)
class Counted:
    """The months from `first` to `last`; how many were `seen`, how many had something `found`, and what."""

    first: str
    last: str
    seen: int
    found: int
    findings: tuple[str, ...]


@unscoped(WHY)
def counted(code: str, measures: Sequence[str]) -> Counted | None:
    """Return what the last twelve landed months show of some measures; nothing where they show nothing.

    A month of a party counts once, whichever of the measures it was seen by. Of a measure that grades no
    parties, the month itself counts. What is Red or a draft does not count: a proposal is read by others.
    """
    current = (
        Run.objects.filter(code=code, is_current=True).order_by("-period").values_list("period", flat=True)
    )
    periods = sorted(current[:MONTHS_A_YEAR])
    if not periods or not measures:
        return None
    rows = Figure.objects.filter(
        Q(party__isnull=False) | Q(group_key=""),
        code=code,
        run__is_current=True,
        run__period__in=periods,
        measure__in=measures,
        denominator__gt=0,
    )
    told: set[Unit] = {*rows.exclude(UNTOLD).values_list("measure", "party", "run__period")}
    held = Finding.objects.filter(code=code, measure__in=measures, period__in=periods)
    held = held.exclude(state=Finding.WITHDRAWN).exclude(UNTOLD).order_by("period", "reference")
    raised: list[tuple[str, Unit]] = [
        (one.reference, (one.measure, one.party_id, one.period)) for one in held
    ]
    by_party = {unit[0] for unit in (*told, *(unit for _, unit in raised)) if unit[1] is not None}
    counts = [(reference, unit) for reference, unit in raised if _counts(unit, by_party)]
    found = {_unit(unit) for _, unit in counts}
    seen = {_unit(unit) for unit in told if _counts(unit, by_party)}
    if not seen | found:
        return None
    references = tuple(reference for reference, _ in counts)
    return Counted(periods[0], periods[-1], len(seen | found), len(found), references)


def _counts(unit: Unit, by_party: set[str]) -> bool:
    """Tell whether a unit counts: of a measure that grades parties, those of parties alone."""
    return (unit[1] is not None) == (unit[0] in by_party)


def _unit(one: Unit) -> Unit:
    """Return what counts once: a month of a party, or of a measure that grades no parties."""
    measure, party, period = one
    return ("" if party is not None else measure), party, period

"""What may be told of earlier months: each whole as its own month published it, and nothing that was not.

A run knows the months before its own, as they stand by then. Of a whole that parties add to, a month that
was withheld is among them, and one that changed since it was published. Whoever may not see every party's
figure is told neither here.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace

from tallystick.month import retold
from tallystick.month.assessment import Assessment, Finding, Point
from tallystick.parties.acting import Acting
from tallystick.parties.policy.decision import facts, may
from tallystick.runs.models import Figure, Run
from tallystick.runs.models import Finding as Row

Pasts = Mapping[str, Mapping[str, Point]]


def sees_every_whole(acting: Acting) -> bool:
    """Tell whether somebody may see the wholes that are withheld from others."""
    return may(acting, "r", facts(acting, Figure.TYPE, classification=Figure.AMBER))


def published(acting: Acting, run: Run, wholes: Iterable[Figure]) -> dict[str, dict[str, Point]]:
    """Return, by measure and period, the months before a run's as the latest run of each published them.

    Of wholes that parties add to. A month whose latest run withheld one is left out. It takes one query.
    """
    asked = {row.measure for row in wholes if row.is_of_parties and row.history}
    if not asked:
        return {}
    known = Figure.objects.visible_to(acting).filter(
        run__state=Run.LANDED,
        run__known_on__lte=run.known_on,
        period__lt=run.period,
        measure__in=sorted(asked),
    )
    rows = known.filter(group_key__in=("", Figure.INSTEAD)).order_by(
        "run__known_on", "run__ended_at", "run_id"
    )
    found: dict[str, dict[str, Point]] = defaultdict(dict)
    for measure, key, period, share, *rest in rows.values_list(
        *("measure", "group_key", "period", "share", "numerator", "denominator", "state", "target", "minimum")
    ):
        numerator, denominator, *judged = rest
        if key == Figure.INSTEAD:
            found[measure].pop(period, None)
        else:
            found[measure][period] = Point(period, numerator, denominator, share or None, *judged)
    return found


def retell(brief: Assessment, pasts: Pasts, of_parties: Collection[str]) -> Assessment:
    """Return a month in which the past of every whole that parties add to is the published one."""
    history = {
        measure: retold.past_of(points, pasts.get(measure, {})) if measure in of_parties else points
        for measure, points in brief.history.items()
    }
    figures = tuple(
        one
        if one.group or history.get(one.measure) == brief.history.get(one.measure)
        else retold.with_past(one, history[one.measure])
        for one in brief.figures
    )
    told = replace(brief, figures=figures, history=history)
    is_whole = figures == brief.figures and all(one.state != retold.WITHHELD for one in figures)
    return told if is_whole else retold.summed_up(told)


def first_seen(acting: Acting, rows: Iterable[Row]) -> None:
    """Let findings on wholes say since when as far as somebody may know: by what was published of each month.

    It takes one query, and none where nothing has to be told otherwise.
    """
    older = [one for one in rows if one.party_id is None and one.first_seen < one.period]
    if not older or sees_every_whole(acting):
        return
    states: dict[str, dict[str, str]] = defaultdict(dict)
    open_to_all: set[str] = set()
    current = Figure.objects.visible_to(acting).filter(group_key="", run__is_current=True)
    asked = current.filter(measure__in=sorted({one.measure for one in older}))
    for measure, period, state, is_of_parties in asked.values_list(
        "measure", "period", "state", "is_of_parties"
    ):
        states[measure][period] = state
        if not is_of_parties:
            open_to_all.add(measure)
    for one in older:
        if one.measure not in open_to_all:
            one.first_seen = max(one.first_seen, retold.since(one.period, states[one.measure]))


def first_seen_told(
    found: Iterable[Finding], told: Assessment, of_parties: Collection[str]
) -> tuple[Finding, ...]:
    """Return the findings of a month, those on wholes first seen where the history that is told has it."""
    return tuple(
        one
        if set(one.group) & {"party", "responsible"}
        else retold.first_seen(one, told.history.get(one.measure, ()), of_parties)
        for one in found
    )

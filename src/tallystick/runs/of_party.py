"""What one party did under each duty, month by month, and what the others of its category did in the last.

Read from the current runs, through what somebody may see: a delegate finds nothing of others here.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from tallystick.month.assessment import Point
from tallystick.month.outline import NOT_SHARES, TAKERS
from tallystick.parties.acting import Acting
from tallystick.parties.models import Category, Organisation, in_force
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.installation import rulebook_of
from tallystick.runs.models import Figure, Finding, Run

COLUMNS = ("measure", "period", "numerator", "denominator", "share", "state", "target", "minimum", "group")
MONTH = len("2021-07")


@dataclass(frozen=True)
class Done:
    """One duty of a party over the months, the oldest first; `finding` is the reference of the last one's."""

    measure: str
    title: str
    points: tuple[Point, ...]
    finding: str = ""

    @property
    def now(self) -> Point:
        return self.points[-1]


def duties(rulebook: Rulebook) -> dict[str, str]:
    """Return the measures of what parties owe, and not of how a provider served them, by their titles."""
    served = {one.obligation for one in rulebook.measures.values() if one.provider}
    return {
        key: one.title
        for key, one in rulebook.measures.items()
        if one.kind not in NOT_SHARES and one.obligation not in served
    }


def done_by(acting: Acting, party: Organisation, rulebook: Rulebook) -> list[Done]:
    """Return what a party did under each duty, in the rulebook's order, up to its last month with figures."""
    titles, points = duties(rulebook), defaultdict(list)
    for row in _current(acting).filter(party=party).order_by("period").values_list(*COLUMNS):
        if row[0] in titles and _is_of_party(row[-1]) and len(row[1]) == MONTH:
            points[row[0]].append(_point(row))
    last = max((told[-1].period for told in points.values()), default="")
    found = Finding.objects.visible_to(acting).filter(party=party, period=last)
    findings = (
        dict(found.exclude(state=Finding.WITHDRAWN).values_list("measure", "reference")) if last else {}
    )
    return [
        Done(key, title, tuple(points[key]), findings.get(key, ""))
        for key, title in titles.items()
        if key in points and points[key][-1].period == last
    ]


def done_beside(acting: Acting, party: Organisation, period: str) -> dict[str, dict[str, Point]]:
    """Return what every organisation of a party's category did in a month, by its name and by measure."""
    there = Category.objects.filter(in_force(Span.parse(period).last), code=acting.code)
    kind = there.filter(organisation=party).values("category")
    alike = there.filter(category__in=kind).values("organisation")
    found: dict[str, dict[str, Point]] = defaultdict(dict)
    rows = _current(acting).filter(period=period, party__in=alike).order_by("party__name", "place")
    for name, *row in rows.values_list("party__name", *COLUMNS):
        if _is_of_party(row[-1]):
            found[name][row[0]] = _point(row)
    return dict(found)


def categories_of(run: Run) -> dict[str, str]:
    """Return the category, by its title, of every party on the last day of a run's period."""
    titles = rulebook_of(run.code).code.categories
    known = Category.objects.filter(in_force(Span.parse(run.period).last), code=run.code)
    return {name: titles.get(key, key) for name, key in known.values_list("organisation__name", "category")}


def _current(acting: Acting) -> QuerySet[Figure]:
    return Figure.objects.visible_to(acting).filter(run__is_current=True)


def _is_of_party(group: dict[str, str]) -> bool:
    return len(group) == 1 and set(group) <= set(TAKERS)


def _point(row: Iterable[Any]) -> Point:
    _, period, numerator, denominator, share, state, target, minimum, _ = row
    levels = (None if one is None else Decimal(one) for one in (target, minimum))
    return Point(period, numerator, denominator, share or None, state, *levels)

"""What the pages of other rooms show of derogations and of forbearance: notes beside what was computed.

A figure keeps its state. Beside it stands what is allowed, to those alone who may read the derogation.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.urls import reverse

from tallystick.derogations.effect import Granted, granted_over, state_under
from tallystick.derogations.facts import done_on
from tallystick.derogations.listed import derogations
from tallystick.derogations.models import Derogation, Forbearance, Term
from tallystick.derogations.queries import InForce, in_force_seen, not_pursued_on
from tallystick.derogations.suspensions import SUSPENDED, counting, ended_on, stays_seen
from tallystick.findings.grades import Direction
from tallystick.month.assessment import Assessment, Point
from tallystick.month.assessment import Figure as Counted
from tallystick.month.outline import TAKERS
from tallystick.month.wording import figure_shown
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span, UnreadablePeriod
from tallystick.rulebook.rulebook import Rulebook
from tallystick.runs.models import Figure, Finding

COLUMNS = ("period", "numerator", "denominator", "share", "state")


@dataclass(frozen=True)
class Note:
    """A sentence beside a figure: `lead`, the `state` computed, `words`, a link, the state `under` it.

    `warns` where whoever reads it is about to do something that it speaks against.
    """

    lead: str
    words: str
    name: str
    href: str
    state: str = ""
    under: str = ""
    classification: str = "white"
    warns: bool = False


@dataclass(frozen=True)
class Under:
    """A month of a party's figure as it was computed, and its state under a derogation that covers it."""

    period: str
    measure: str
    point: Point
    granted: Granted | None
    state: str


def of_finding(acting: Acting, finding: Finding) -> list[Note]:
    """Return what stands beside a finding: leave of its party in its month, and that nobody is pursued."""
    span = _span(finding.period)
    if span is None:
        return []
    leave = [
        one
        for one in in_force_seen(acting, span)
        if one.covers(finding.measure, finding.obligation, finding.party_id)
    ]
    points = _points(acting, leave, str(span), finding.measure) if leave else {}
    notes = [_of_figure(one, points.get((one.derogation.party_id, finding.measure))) for one in leave]
    return [*notes, *_forborne(acting, finding.obligation, span.first, span.last)]


def of_measure(acting: Acting, asked: tuple[str, Assessment]) -> list[Note]:
    """Return what stands beside a measure in a month: who has leave under it, and that nobody is pursued.

    :param asked: the measure, and the month with its figures as whoever is acting may see them
    """
    measure, month = asked
    span, rule = _span(month.period), rulebook_of(acting.code).measures.get(measure)
    if span is None or rule is None:
        return []
    # Where no figure is of one party, nothing is of one that has leave.
    leave = in_force_seen(acting, span) if set(rule.by) & set(TAKERS) else ()
    notes = [
        _of_figure(one, figure, named=True)
        for one in leave
        for figure in [_own_figure(month, measure, one.derogation.party.name)]
        if one.covers(measure, rule.obligation, one.derogation.party_id)
    ]
    return [*notes, *_forborne(acting, rule.obligation, span.first, span.last)]


def of_month(acting: Acting, month: Assessment) -> list[Note]:
    """Return what stands beside the parties of a month: each one's figures under leave of it.

    :param month: with its figures as whoever is acting may see them
    """
    span, rulebook = _span(month.period), rulebook_of(acting.code)
    return [
        _of_figure(one, figure, named=True, measure=measure)
        for one in (in_force_seen(acting, span) if span else ())
        for measure in _measures(rulebook, one.derogation)
        if (figure := _own_figure(month, measure, one.derogation.party.name)) is not None
    ]


def of_own(acting: Acting, figure: Counted) -> list[Note]:
    """Return what stands beside a party's own figure on its home."""
    span = _span(figure.period)
    if span is None or acting.organisation is None or not any(one.was_granted for one in derogations(acting)):
        return []
    leave = [
        one
        for one in in_force_seen(acting, span)
        if one.covers(figure.measure, figure.obligation, acting.organisation.pk)
    ]
    return [_of_figure(one, _point_of(figure)) for one in leave]


def of_obligation(acting: Acting, obligation: str) -> list[Note]:
    """Return what stands beside an obligation today: that nobody is pursued, and who has leave from it."""
    leave = [one for one in in_force_seen(acting, acting.day) if one.derogation.obligation == obligation]
    return [
        *_forborne(acting, obligation, acting.day, acting.day),
        *(_of_figure(one, None, named=True) for one in leave),
    ]


def of_opening(acting: Acting, group: Any) -> list[Note]:
    """Warn whoever opens a case on a party that has leave, or of what is not pursued; it bars nothing.

    :param group: findings of one `party`, area and `obligation`, as they are proposed
    """
    spans = {span for one in group.findings if (span := _span(one.period)) is not None}
    days: list[dt.date | Span] = [max(spans), acting.day] if spans else [acting.day]
    found: dict[int, InForce] = {}
    for when in days:
        for one in in_force_seen(acting, when):
            if one.derogation.party_id == group.party.pk and one.derogation.obligation == group.obligation:
                found[one.derogation.pk] = one
    notes = [_warning(one) for one in found.values()]
    first = min((span.first for span in spans), default=acting.day)
    forborne = _forborne(acting, group.obligation, first, acting.day)
    ask = "Say in what it is about why a case is opened all the same."
    return [*notes, *(_warned(one, ask) for one in forborne)]


def figures_under(acting: Acting, row: Derogation, terms: Sequence[Term]) -> list[Under]:
    """Return the months of a party's figures since leave was granted, each with its state under it."""
    if not terms:
        return []
    rulebook = rulebook_of(row.code)
    rule = rulebook.measures.get(row.measure)
    direction: Direction = rule.direction if rule else "up"
    stays = stays_seen(acting).get(row.course_id, [])
    given = [
        Granted(one.number, one.from_on, one.until_on, one.conditions, one.level)
        for one in counting(terms, stays)
    ]
    ended = min((day for day in (ended_on(row, stays), done_on(row)) if day is not None), default=None)
    rows = _figures(acting, [row.party_id], _measures(rulebook, row)).filter(
        period__gte=f"{terms[0].from_on:%Y-%m}"
    )
    found = []
    for measure, group, *told in rows.order_by("-period", "measure").values_list(
        "measure", "group", *COLUMNS
    ):
        span = _span(told[0])
        if span is None or not _is_of_party(group):
            continue
        point = Point(*told)
        granted = granted_over(given, ended, span, direction)
        counts, level = (point.numerator, point.denominator), granted.level if granted else None
        found.append(
            Under(told[0], measure, point, granted, state_under(point.state, counts, level, direction))
        )
    return found


def _own_figure(month: Assessment, measure: str, party: str) -> Point | None:
    """Return the figure of a party by its name, where it is shown."""
    own = (one for one in month.figures if one.measure == measure and _is_of_party(one.group))
    return next((_point_of(one) for one in own if list(one.group.values()) == [party]), None)


def _span(period: str) -> Span | None:
    try:
        return Span.parse(period)
    except UnreadablePeriod:
        return None


def _measures(rulebook: Rulebook, row: Derogation) -> list[str]:
    """Return the measures that a derogation is about: its own, or all of its obligation."""
    own = [row.measure] if row.measure else []
    return own or [key for key, one in rulebook.measures.items() if one.obligation == row.obligation]


def _figures(acting: Acting, parties: Iterable[int], measures: Iterable[str]) -> Any:
    seen = Figure.objects.visible_to(acting).filter(run__is_current=True)
    return seen.filter(party__in=list(parties), measure__in=list(measures))


def _points(
    acting: Acting, leave: Iterable[InForce], period: str, measure: str
) -> dict[tuple[int, str], Point]:
    """Return the figures of a measure in a period of those who have leave, as far as somebody sees them."""
    rows = _figures(acting, {one.derogation.party_id for one in leave}, [measure]).filter(period=period)
    return {
        (party, key): Point(*told)
        for party, key, group, *told in rows.values_list("party", "measure", "group", *COLUMNS)
        if _is_of_party(group)
    }


def _is_of_party(group: Mapping[str, str]) -> bool:
    return len(group) == 1 and set(group) <= set(TAKERS)


def _point_of(figure: Counted) -> Point:
    return Point(figure.period, figure.numerator, figure.denominator, figure.share, figure.state)


def _of_figure(one: InForce, point: Point | None, *, named: bool = False, measure: str = "") -> Note:
    """Return a derogation as it stands beside a figure: what was computed, and what that is under it."""
    row = one.derogation
    rule = rulebook_of(row.code).measures.get(row.measure)
    shown = figure_shown(point) if point else ""
    lead = ", ".join(filter(None, (row.party.name if named else "", measure, shown)))
    under = one.state_of(point.state, point.numerator, point.denominator, rule) if point else ""
    return Note(
        lead=lead or "Leave",
        words=f"{_allowed(one.level)} until {_day(one.last_on)}{_suspended(one)} under",
        name=row.reference,
        href=reverse("derogation", args=[row.code, row.reference]),
        state=point.state if point else "",
        under=under if one.level is not None else "",
        classification=row.classification,
    )


def _warning(one: InForce) -> Note:
    row = one.derogation
    return Note(
        lead=f"{row.party.name} has leave.",
        words=f"{_allowed(one.level).capitalize()} until {_day(one.last_on)}{_suspended(one)}. "
        "Say in what it is about why a case is opened all the same.",
        name=row.reference,
        href=reverse("derogation", args=[row.code, row.reference]),
        classification=row.classification,
        warns=True,
    )


def _warned(one: Note, ask: str) -> Note:
    return Note(one.lead, f"{one.words} {ask}", one.name, one.href, warns=True)


def _forborne(acting: Acting, obligation: str, first: dt.date, last: dt.date) -> list[Note]:
    return [_of_forbearance(one) for one in not_pursued_on(acting, obligation, first, last)]


def _of_forbearance(row: Forbearance) -> Note:
    since, review = row.since_on, row.review_on
    if row.ended_on is not None or since is None or review is None:
        until = f" until {_day(row.ended_on)}" if row.ended_on else ""
        words = "It is pursued again."
    else:
        until, words = "", f"To be reviewed {_day(review)}; the obligation stands."
    return Note(
        lead=f"Not pursued since {_day(since)}{until}." if since else "Not pursued.",
        words=words,
        name=row.reference,
        href=reverse("forbearance", args=[row.code, row.reference]),
        classification=row.classification,
    )


def _suspended(one: InForce) -> str:
    """Return what a challenge suspends, by its reference where somebody may see that."""
    if one.stay is None:
        return ""
    return f" while {one.stay.by or 'a challenge'} suspends {SUSPENDED[one.stay.move]}"


def _allowed(level: Decimal | None) -> str:
    return "leave in words" if level is None else f"{level.normalize():f}% allowed"


def _day(day: dt.date | None) -> str:
    return f"{day.day} {day:%B %Y}" if day else ""

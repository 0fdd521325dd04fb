"""What each block of the month's page says, ready to be set: words, numbers and drawings, no markup."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import groupby

from markupsafe import Markup, escape

from tallystick.findings.rounding import rounded
from tallystick.month import charts, drawing, series, wording
from tallystick.month.assessment import Figure, Finding, Missing, Point
from tallystick.month.outline import Outline
from tallystick.month.scales import Size

FEWEST_JUDGED = 10
MOST_BARS = 6
HOT = Fraction(1, 4)
SHOWN_STATES = ("met", "below_target", "below_minimum", "not_reported", "no_events", "no_level")
WIDE = Size(600, 250)
NARROW = Size(340, 240, left=44, right=92)
BARS_WIDE = Size(600, 0, left=2, right=2, top=2, bottom=4)
BARS_NARROW = Size(340, 0, left=2, right=2, top=2, bottom=4)
CHIPS = {"on_time": "ok", "late": "late", "missing": "late", "not_due": "", "no_date_set": "none"}


@dataclass(frozen=True)
class Chart:
    """A drawing for a wide and for a narrow column, or for both, its caption, and the table behind it."""

    title: str
    wide: Markup | None
    narrow: Markup
    caption: Markup
    head: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Cell:
    """One party under one duty: what is written, its state, what a screen reader says, where it leads."""

    written: str
    state: str
    spoken: str
    href: str


def counts(outline: Outline) -> list[tuple[str, int]]:
    """Return how many measures of the report are in each state; the last two only where there are any."""
    found = Counter[str](figure.state for figure in outline.graded)
    return [(state, found[state]) for state in SHOWN_STATES if found[state] or state not in SHOWN_STATES[4:]]


def trend(outline: Outline, figure: Figure, wide: Size | None = WIDE) -> Chart | None:
    """Return the figure over its periods, or nothing where fewer than two are known."""
    points = series.filled(outline.history(figure))
    if sum(series.value(point) is not None for point in points) <= 1:
        return None
    unit = wording.unit(figure.period)
    title = f"{figure.measure} over {wording.times(len(points), unit)}"
    last = points[-1]
    told = (
        f"{figure.title}, {wording.period(points[0].period)} to {wording.period(last.period)}. "
        f"The last figure is {wording.figure_shown(last)}: {wording.state(last.state).lower()}."
    )
    width = wide.width if wide else 0
    place = wording.anchor("c", outline.places.get(figure.measure, figure.measure), "trend", str(width))
    return Chart(
        title,
        drawing.draw(charts.trend(points, wide), place, title, told) if wide else None,
        drawing.draw(charts.trend(points, NARROW), f"{place}-n", title, told),
        Markup(_shapes_said(points)),  # noqa: S704 - words of our own
        (wording.named(unit), "Figure", "Counts", "Target", "Minimum", "State"),
        tuple(
            (
                wording.period(point.period),
                wording.figure_shown(point),
                wording.counts_shown(point),
                wording.level(point.target),
                wording.level(point.minimum),
                wording.state(point.state),
            )
            for point in reversed(points)
        ),
    )


def _shapes_said(points: Sequence[Point]) -> str:
    shapes = {
        "met": "Circle: met.",
        "below_target": "Triangle: below target.",
        "below_minimum": "Square: below minimum.",
        "not_reported": "Open diamond: not reported.",
        "no_events": "Open circle: no events.",
        "withheld": "Cross: not shown.",
    }
    found = {point.state for point in points}
    return " ".join(words for state, words in shapes.items() if state in found)


def late_parts(outline: Outline, figure: Figure) -> Chart | None:
    """Return where the missed events of a roll-up come from, or nothing where its parts have no counts."""
    whole = wording.missed(figure)
    known = [(part, number) for part in outline.parts_of(figure) if (number := wording.missed(part))]
    if not whole or not known:
        return None
    biggest, most = known[0]
    hot = Fraction(most, whole) > HOT
    bars = [charts.Bar(part.measure, part.title, number) for part, number in known[:MOST_BARS]]
    bars[0] = charts.Bar(biggest.measure, biggest.title, most, hot=hot)
    if len(known) > MOST_BARS:
        rest = known[MOST_BARS:]
        title = f"{len(rest)} more measures"
        bars.append(charts.Bar("Others", title, sum(number for _, number in rest)))
    word = outline.missed_word(figure)
    title = f"Where {figure.measure}\N{RIGHT SINGLE QUOTATION MARK}s {word} events come from"
    told = "; ".join(f"{part.measure} {wording.count(number)}" for part, number in known)
    place = wording.anchor("c", figure.measure, "parts")
    return Chart(
        title,
        drawing.draw(charts.parts(bars, BARS_WIDE), place, title, told),
        drawing.draw(charts.parts(bars, BARS_NARROW), f"{place}-n", title, told),
        _parts_said(figure, biggest, f"{wording.count(whole)} {word}", Fraction(most, whole)),
        ("Measure", "What", wording.capital(word), f"Share of {word}"),
        tuple(
            (part.measure, part.title, wording.count(number), f"{rounded(Fraction(number * 100, whole), 1)}%")
            for part, number in known
        ),
    )


def _parts_said(figure: Figure, biggest: Figure, missed: str, part: Fraction) -> Markup:
    """Say how much of it one part is, and what the figure would be without that part."""
    said = Markup("{} in {}. <strong>{} is {}% of them</strong>").format(
        missed,
        wording.period(figure.period),
        biggest.measure,
        rounded(part * 100, 0),
    )
    left = (figure.denominator or 0) - (biggest.denominator or 0)
    if left <= 0 or figure.numerator is None or biggest.numerator is None:
        return said + "."
    without = Fraction((figure.numerator - biggest.numerator) * 100, left)
    return said + f"; without it {figure.measure} would be {rounded(without, 2)}%."


def sentence(outline: Outline) -> Markup:
    """Return the month's sentence with its figures in bold: CPM1 is 97.13%."""
    keys = "|".join(re.escape(key) for key in sorted(outline.figures, key=len, reverse=True))
    figure = rf"((?:(?:{keys}) is )?\b\d+(?:\.\d+)?%)" if keys else r"(\b\d+(?:\.\d+)?%)"
    pieces = re.split(figure, outline.assessment.sentence)
    return Markup("").join(
        Markup("<b>{}</b>").format(piece) if at % 2 else escape(piece) for at, piece in enumerate(pieces)
    )


@dataclass(frozen=True)
class Parties:
    """The table of parties by duty."""

    columns: tuple[tuple[str, str, str, str], ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    states: tuple[str, ...]


def parties(outline: Outline) -> Parties | None:
    """Return each party under each duty, the parties with most below minimum first."""
    duties = outline.duties
    figures = {duty.measure: outline.by_party(duty) for duty in duties}
    names = sorted({name for found in figures.values() for name in found})
    if not names:
        return None
    rows = [
        (name, tuple(_cell(outline, duty, figures[duty.measure].get(name), name) for duty in duties))
        for name in names
    ]
    rows.sort(key=lambda one: [-sum(cell.state == state for cell in one[1]) for state in ("blm", "blt")])
    columns = tuple((duty.title, duty.measure, outline.href(duty.measure), _asked(duty)) for duty in duties)
    seen = {cell.state for _, cells in rows for cell in cells}
    return Parties(
        columns,
        tuple((name or "Not named", cells) for name, cells in rows),
        tuple(state for state in SHOWN_STATES[:5] if wording.CLASSES[state] in seen),
    )


def _asked(duty: Figure) -> str:
    return " · ".join(level for level in (wording.level(duty.target), wording.level(duty.minimum)) if level)


def _cell(outline: Outline, duty: Figure, figure: Figure | None, name: str) -> Cell:
    found = [one for one in outline.findings[duty.measure] if one.subject == name]
    href = outline.finding_href(found[0]) if found else ""
    if figure is None or (figure.state == "no_events" or figure.denominator == 0):
        return Cell("", "nev", "No events", href)
    if figure.state == "not_reported" or figure.denominator is None:
        return Cell("", "nrp", "Not reported", href)
    if figure.denominator < FEWEST_JUDGED:
        return Cell(f"<{FEWEST_JUDGED}", "few", "events, too few to judge", href)
    state = figure.state
    if state == "no_level" and found:
        state = "below_minimum" if found[0].state not in wording.STATES else figure.state
    return Cell(
        wording.short_share(figure), wording.CLASSES[state], f"%, {wording.state(state).lower()}", href
    )


@dataclass(frozen=True)
class Duty:
    """The findings under one obligation."""

    obligation: str
    clauses: str
    findings: tuple[Finding, ...]
    exceptions: int
    measures: str


def findings(outline: Outline) -> list[Duty]:
    """Return the findings by obligation, the obligation with most first; the worst first under each."""
    ordered = sorted(outline.assessment.findings, key=lambda one: one.obligation)
    duties = []
    for obligation, group in groupby(ordered, key=lambda one: one.obligation):
        found = sorted(group, key=lambda one: (wording.rank(one.state), -one.exceptions, one.measure, one.id))
        clauses = dict.fromkeys(clause for one in found for clause in one.clause)
        titles = dict.fromkeys(
            outline.figures[one.measure].title for one in found if one.measure in outline.figures
        )
        duties.append(
            Duty(
                obligation,
                ", ".join(clauses),
                tuple(found),
                sum(one.exceptions for one in found),
                "; ".join(titles) if len(titles) < FEWEST_JUDGED // 3 else "",
            )
        )
    return sorted(duties, key=lambda one: -len(one.findings))


def head_report(outline: Outline) -> Missing | None:
    """Return the report that the month rests on: the one its figures were stated in, else the first owed."""
    own = [one for one in outline.assessment.reports if one.period == outline.assessment.period]
    stated = Counter(one.reported.report for one in outline.wholes if one.reported)
    named = [one for one in own if stated and one.what == stated.most_common(1)[0][0]]
    return next(iter(named or [one for one in own if one.received_on] or own), None)


def chip(owed: Missing) -> str:
    """Return the kind of chip the delivery is shown with."""
    return CHIPS[owed.delivery]


def unchecked(figures: Iterable[Figure]) -> int:
    return sum(not figure.verified for figure in figures)


def notes(outline: Outline) -> list[tuple[str, list[str]]]:
    """Return what a reader should know before using the figures: held, open, left out, restated, unclear."""
    wholes = outline.wholes
    held = sum(one.held for one in outline.assessment.received)
    said: list[tuple[str, list[str]]] = []
    for word, explained, numbers in (
        ("open", "not yet past their limit, so not counted yet", {one.measure: one.open for one in wholes}),
        (
            "left out",
            "as exceptions, from both sides of the share",
            {one.measure: one.excluded for one in wholes},
        ),
    ):
        found = [f"{name} {wording.count(number)}" for name, number in numbers.items() if number]
        if found:
            said.append((f"Events {word}: {explained}", found))
    if held:
        streams = [
            f"{one.stream} {wording.count(one.held)}" for one in outline.assessment.received if one.held
        ]
        said.append(("Rows held: in doubt, and not counted until their sender confirms or corrects", streams))
    for flag, words in (
        ("restated", "Restated: an earlier figure of the month differed"),
        ("disputed", "Reports differ: the stated figure is not the computed one"),
        ("incomplete", "Incomplete: days of the month have not been received"),
        ("unbalanced", "Does not balance: what was open, came and went do not add up"),
        ("share_only", "Percentage only: graded, never added up"),
        ("lagged", "About an earlier period, as the measure says"),
        ("suspended", "The duty stands; a body does not pursue it"),
    ):
        found = [one.measure for one in wholes if flag in one.flags]
        if found:
            said.append((words, found))
    return said

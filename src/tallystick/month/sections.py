"""What the section of one measure says: its facts, its trend, its verdict, its parts, its rule, its proof."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from markupsafe import Markup

from tallystick.findings.history_runs import last_before
from tallystick.findings.rounding import rounded
from tallystick.findings.spc import verdict_in_words
from tallystick.month import blocks, charts, drawing, listing, wording
from tallystick.month.assessment import Figure, Finding
from tallystick.month.breakdown import adds_up
from tallystick.month.outline import SHORT, Outline
from tallystick.month.scales import Size

WIDE = Size(820, 270, right=104)
WIDE_XMR = Size(820, 240, right=104)
MOST_GROUPS = 30
SOURCE, DAY = "source", "day"
MADE_OF = "What it is made of"
# The order of what a figure is broken down by; other columns stand between these and the day. Of what
# parties owe, who failed is asked first.
OF_PROVIDERS = ("provider", "region", "party", "responsible", "party_category")
OF_PARTIES = ("party", "responsible", "party_category", "provider", "region")
STAND_OPEN = 2
RULES = {
    "outside_limits": "a point outside the limits",
    "seven_on_one_side": "seven on one side of the mean",
    "two_of_three_near_limit": "two of three near a limit",
    "seven_rising_or_falling": "seven rising or falling",
}
VERDICTS = {"improving": "met", "worsening": "blm"}


@dataclass(frozen=True)
class Fact:
    """A number and what it is; the first fact of a strip has a state."""

    value: str
    words: str
    state: str = ""


@dataclass(frozen=True)
class Verdict:
    """The XmR chart and what it says."""

    sentences: tuple[str, ...]
    tone: str
    span: str
    chart: blocks.Chart


@dataclass(frozen=True)
class Part:
    """One line of what a figure is made of."""

    name: str
    title: str
    href: str
    state: str
    shown: str
    numerator: str
    denominator: str
    share: str
    spark: Markup


@dataclass(frozen=True)
class Parts:
    """What a figure is made of: source measures, whose past is known, or by the column that `key` names.

    `check` says whether the counts add up, and `adds` is the answer; it is empty where parts are not here.
    """

    key: str
    title: str
    head: str
    rows: tuple[Part, ...]
    more: int
    check: str
    adds: bool

    @property
    def has_past(self) -> bool:
        return self.key == SOURCE


@dataclass(frozen=True)
class Section:
    """One measure in the month. An exception `is_open` for its whole story; only the first stand open."""

    place: str
    figure: Figure
    row: listing.Row
    is_open: bool
    stands_open: bool
    missed: str
    facts: tuple[Fact, ...]
    trend: blocks.Chart | None
    verdict: Verdict | None
    parts: tuple[Parts, ...]
    rule: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    evidence: tuple[str, ...]
    detail: tuple[tuple[str, str], ...]


def sections(outline: Outline) -> list[Section]:
    """Return the section of every notable measure, in the order of the tables."""
    ordered = [figure for _, figures in outline.tables for figure in figures] + list(outline.outside)
    notable = [figure for figure in ordered if figure.measure in outline.places]
    exceptions = [figure.measure for figure in notable if _is_exception(outline, figure)]
    return [_section(outline, figure, exceptions) for figure in notable]


def section(outline: Outline, figure: Figure) -> Section:
    """Return the whole story of one measure, whatever its state."""
    return _section(outline, figure, [figure.measure])


def _is_exception(outline: Outline, figure: Figure) -> bool:
    return figure.state in SHORT or bool(figure.commentary) or figure == outline.worst


def _section(outline: Outline, figure: Figure, exceptions: Sequence[str]) -> Section:
    is_open = figure.measure in exceptions
    found = tuple(outline.findings.get(figure.measure, ()))
    return Section(
        place=_place(outline, figure),
        figure=figure,
        row=listing.row(outline, figure),
        is_open=is_open,
        stands_open=figure.measure in exceptions[:STAND_OPEN],
        missed=outline.missed_word(figure),
        facts=tuple(_facts(outline, figure)),
        trend=blocks.trend(outline, figure, WIDE if is_open else None),
        verdict=_verdict(outline, figure, is_open=is_open) if is_open or _is_special(figure) else None,
        parts=tuple(_made_of(outline, figure)),
        rule=tuple(_rule(figure)),
        findings=found,
        evidence=tuple(dict.fromkeys(one for finding in found for one in finding.evidence)),
        detail=tuple(_detail(figure)),
    )


def _place(outline: Outline, figure: Figure) -> str:
    return outline.places.get(figure.measure, wording.anchor("m", figure.measure))


def _detail(figure: Figure) -> Iterable[tuple[str, str]]:
    for name, number in figure.detail.items():
        yield wording.named(name), wording.count(number)
    for part, took in sorted(figure.percentiles.items()):
        yield f"{wording.ordinal(part)} percentile", wording.duration(took)


def _is_special(figure: Figure) -> bool:
    return figure.spc is not None and figure.spc.variation in VERDICTS


def _facts(outline: Outline, figure: Figure) -> Iterable[Fact]:
    yield Fact(wording.figure_shown(figure), "", figure.state)
    if figure.state == "withheld":
        yield Fact("", wording.WITHHELD)
        return
    exact = wording.share_of(figure)
    for name, level in (("target", figure.target), ("minimum", figure.minimum)):
        if exact is not None and level is not None:
            points = rounded(exact - Fraction(level), 2)
            side = "to" if points < 0 else "over"
            yield Fact(wording.signed(points), f"points {side} {name}, {wording.level(level)}")
    if figure.run:
        side = wording.SIDES[figure.run.side]
        more = "or more " if figure.run.at_least else ""
        length = wording.times(figure.run.periods, wording.unit(figure.run.since))
        yield Fact(length, f"{more}{side}, since {wording.period(figure.run.since)}")
    yield from _recovery(outline, figure)
    missed = wording.missed(figure)
    if missed is not None and figure.denominator and figure.kind not in {"variance", "roll_forward"}:
        yield Fact(
            wording.count(missed), f"{outline.missed_word(figure)} of {wording.count(figure.denominator)}"
        )
    elif figure.numerator is not None and figure.denominator:
        yield Fact(wording.count(figure.numerator), f"beside {wording.count(figure.denominator)}")


def _recovery(outline: Outline, figure: Figure) -> Iterable[Fact]:
    """Tell how long a figure below target has been back above its minimum."""
    run = figure.above_minimum
    if run is None or figure.state != "below_target" or (figure.run and run.periods >= figure.run.periods):
        return
    before = last_before([(one.period, one.state) for one in outline.history(figure)], run)
    first = f", first since {wording.period(before)}" if before else f", since {wording.period(run.since)}"
    yield Fact(wording.capital(wording.run_length(run)), f"above minimum{first}")


def _verdict(outline: Outline, figure: Figure, *, is_open: bool) -> Verdict | None:
    spc = figure.spc
    if spc is None or spc.variation == "too_few" or len(spc.points) <= 1:
        return None
    direction = "down" if wording.lower_is_better(figure) else "up"
    said = verdict_in_words(spc, figure.target, figure.period, "down" if direction == "down" else "up")
    first, second = said.split(". ", 1) if ". " in said else (said.rstrip("."), "")
    unit = wording.unit(figure.period)
    count = wording.times(len(spc.points), unit)
    title = f"XmR chart of {figure.measure}, {count}"
    place = wording.anchor("c", _place(outline, figure), "xmr")
    rules = "; ".join(RULES.get(rule, rule.replace("_", " ")) for rule in spc.rules)
    caption = Markup(
        "Diamond: special cause, improving. Square: special cause, worsening. {} Rule set {}."
    ).format(f"At the last point: {rules}." if rules else "No special cause at the last point.", spc.rule_set)
    chart = blocks.Chart(
        title,
        drawing.draw(charts.xmr(spc, figure.target, WIDE_XMR), place, title, said) if is_open else None,
        drawing.draw(charts.xmr(spc, figure.target, blocks.NARROW), f"{place}-n", title, said),
        caption,
        (wording.named(unit), "Share", "Special cause"),
        tuple(
            (wording.period(one.period), f"{one.share * 100:.2f}%", wording.capital(one.special) or "none")
            for one in reversed(spc.points)
        ),
    )
    span = f"XmR chart, {count}, from {wording.period(spc.points[0].period)}"
    return Verdict((f"{first}.", second) if second else (said,), VERDICTS.get(spc.variation, ""), span, chart)


def _made_of(outline: Outline, figure: Figure) -> Iterable[Parts]:
    made_of = outline.parts_of(figure)
    if made_of:
        yield _roll_up(outline, figure, made_of)
    columns: dict[tuple[str, ...], list[Figure]] = defaultdict(list)
    for one in outline.groups[figure.measure]:
        columns[tuple(one.group)].append(one)
    first = OF_PROVIDERS if figure.provider or made_of else OF_PARTIES
    for names in sorted(columns, key=lambda names: _place_of(names[0], first)):
        yield _by_column(figure, names, columns[names])


def _place_of(column: str, first: Sequence[str]) -> int:
    """Return where a break-down stands among the others: days last, what has no place of its own before."""
    return first.index(column) if column in first else len(first) + (column == DAY)


def _by_column(figure: Figure, names: tuple[str, ...], figures: Sequence[Figure]) -> Parts:
    """Return the parts by one column, the worst first, or by day in their order."""
    shown = figures
    if names != (DAY,):
        ordered = sorted(figures, key=lambda one: (wording.rank(one.state), -(wording.missed(one) or 0)))
        shown = ordered[:MOST_GROUPS]
    rows = tuple(_group_part(figure, one) for one in shown)
    heads = [wording.column(name) for name in names]
    head = " and ".join([heads[0], *(one.lower() for one in heads[1:])])
    adds = adds_up(figure, figures)
    check = f"The parts add up to the {figure.measure} counts:" if adds else ""
    title = f"By {head[0].lower()}{head[1:]}"
    return Parts("-".join(names), title, head, rows, len(figures) - len(rows), check, adds)


def _roll_up(outline: Outline, figure: Figure, made_of: tuple[Figure, ...]) -> Parts:
    rows = tuple(
        _part(figure, one, one.measure, outline.href(one.measure), drawing.spark(outline.history(one)))
        for one in made_of
    )
    if any(one.numerator is None or one.denominator is None for one in made_of) or figure.denominator is None:
        unknown = [one.measure for one in made_of if one.denominator is None]
        check = f"Not every part has counts ({', '.join(unknown)}), so the sum cannot be checked."
        return Parts(SOURCE, MADE_OF, "Source measure", rows, 0, check, adds=False)
    sums = (sum(one.numerator or 0 for one in made_of), sum(one.denominator or 0 for one in made_of))
    if sums == (figure.numerator, figure.denominator):
        check = f"Source counts add up to the {figure.measure} counts:"
        return Parts(SOURCE, MADE_OF, "Source measure", rows, 0, check, adds=True)
    check = f"Source counts come to {wording.count(sums[0])} of {wording.count(sums[1])}, which differs."
    return Parts(SOURCE, MADE_OF, "Source measure", rows, 0, check, adds=False)


def _group_part(whole: Figure, figure: Figure) -> Part:
    return _part(whole, figure, wording.group(figure.group), "", Markup(""))


def _part(whole: Figure, figure: Figure, name: str, href: str, spark: Markup) -> Part:
    missed, of = wording.missed(figure), wording.missed(whole)
    return Part(
        name=name,
        title=figure.title if figure.measure != whole.measure else "",
        href=href,
        state=figure.state,
        shown=wording.figure_shown(figure),
        numerator="" if figure.numerator is None else wording.count(figure.numerator),
        denominator="" if figure.denominator is None else wording.count(figure.denominator),
        share=f"{rounded(Fraction(missed * 100, of), 1)}%" if missed is not None and of else "",
        spark=spark,
    )


def _rule(figure: Figure) -> Iterable[tuple[str, str]]:
    yield "Counts", wording.KINDS.get(figure.kind, wording.named(figure.kind))
    if figure.target is not None:
        yield "Better", "Lower" if wording.lower_is_better(figure) else "Higher"
        yield "Equal to target", "Met"
    if figure.band:
        low, high = (wording.plain(Decimal(edge)) for edge in figure.band)
        yield "Band", f"{low} to {high}"
    yield "Rounding", "Compared first, then shown"
    if figure.into:
        yield "Counts towards", figure.into
    if figure.provider:
        yield "Provider", figure.provider
    yield "Obligation", figure.obligation
    yield "Clause", ", ".join(figure.clause)
    if not figure.reportable:
        yield "Report", "Outside the report"
    yield from _uncounted(figure)


def _uncounted(figure: Figure) -> Iterable[tuple[str, str]]:
    if figure.open:
        yield "Still open", f"{wording.times(figure.open, 'event')}, not counted yet"
    if figure.excluded:
        yield "Left out", f"{wording.times(figure.excluded, 'event')}, from both sides"
    if figure.held:
        yield "Held", f"{wording.times(figure.held, 'row')}, until the sender confirms"

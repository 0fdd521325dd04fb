"""Assess a month: every figure, every finding, what they rest on and what is missing."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

from tallystick.findings.lines import exception_lines
from tallystick.measures.engine import engine
from tallystick.measures.known import Known
from tallystick.month import figures, owed
from tallystick.month.assessment import Assessment, Figure, Finding, Point, Received
from tallystick.month.ledger import Ledger
from tallystick.month.raising import raised
from tallystick.month.sentence import notes, sentence
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook

# Told before each step: what is done, and how many of how many steps lie behind. It may raise, to stop there.
Tell = Callable[[str, int, int], None]


def _untold(what: str, done: int, of: int) -> None:
    """Let a step pass untold."""


def assess(
    known: Known,
    month: Span,
    *,
    by: Sequence[str] = (),
    only: Collection[str] | None = None,
    with_lines: bool = False,
    tell: Tell = _untold,
) -> Assessment:
    """Return the month as it is known on the day of knowledge.

    `by` asks for drill-downs: each measure is split by those of the columns that its rule names. `only`
    leaves out every other measure. `with_lines` adds every exception line of the month, which can be many.
    `tell` hears of every measure before it is counted, and again before it is graded.
    """
    ledger = Ledger(known, month)
    chosen = [one for one in ordered(known.rulebook) if only is None or one.key in only]
    history = {
        one.key: tuple(figures.point(ledger, one, month) for month in ledger.months)
        for one in _told(tell, "Counting", chosen, 0)
    }
    wholes, parts, findings = _graded(ledger, _told(tell, "Grading", chosen, len(chosen)), history, by)
    return Assessment(
        code=known.rulebook.code.key,
        code_title=known.rulebook.code.title,
        period=str(month),
        known_on=str(known.known_on),
        edition=known.rulebook.edition,
        snapshot=known.snapshot.id,
        engine=engine(),
        sentence=sentence(month, wholes),
        figures=(*wholes, *parts),
        history=history,
        findings=tuple(sorted(findings, key=_by_duty)),
        received=tuple(_received(known)),
        reports=tuple(owed.reports(ledger)),
        missing=tuple(owed.evidence(ledger)),
        notes=notes(str(known.known_on), wholes),
        lines=tuple(_lines(ledger, chosen)) if with_lines else (),
    )


def _graded(
    ledger: Ledger, measures: Iterable[Any], history: Mapping[str, tuple[Point, ...]], by: Sequence[str]
) -> tuple[list[Figure], list[Figure], list[Finding]]:
    """Return the figure of each measure, those of its groups, and what was found."""
    wholes: list[Figure] = []
    parts: list[Figure] = []
    findings: list[Finding] = []
    for one in measures:
        whole = figures.whole(ledger, one, history[one.key])
        wholes.append(whole)
        parts += _drilled(ledger, one, by)
        findings += raised(ledger, one, history[one.key], whole)
    return wholes, parts, findings


def _told(tell: Tell, what: str, measures: Sequence[Any], before: int) -> Iterator[Any]:
    """Yield measures, telling of each that it comes; counting and grading are two passes over them all."""
    for done, one in enumerate(measures):
        tell(f"{what} {one.key}, {done + 1} of {len(measures)} measures", before + done, 2 * len(measures))
        yield one


def _by_duty(finding: Finding) -> tuple[str, str, str, str]:
    return finding.obligation, finding.measure, finding.subject, finding.id


def ordered(rulebook: Rulebook) -> list[Any]:
    """Return the code's own measures first, then those of providers, then the duties of parties."""

    def order(measure: Any) -> tuple[int, str]:
        if figures.answerable(rulebook, measure) is not None:
            return 2, measure.key
        return (0 if measure.provider is None else 1), measure.key

    return sorted(rulebook.measures.values(), key=order)


def _drilled(ledger: Ledger, measure: Any, by: Sequence[str]) -> list[Figure]:
    """Return the figures of the measure's groups that were asked for, and of parties where they owe it."""
    grains = {tuple(name for name in by if name in _groups(ledger, measure))}
    subject = figures.answerable(ledger.known.rulebook, measure)
    if subject is not None:
        grains.add((subject,))
    found: list[Figure] = []
    for grain in sorted(grains - {()}):
        grouped = ledger.grouped(measure, ledger.month, grain)
        found += [figures.part(ledger, measure, group, counted) for group, counted in grouped.items()]
    return found


def _groups(ledger: Ledger, measure: Any) -> tuple[str, ...]:
    if measure.kind != "roll_up":
        return tuple(getattr(measure, "groups", ()))
    parts = [set(_groups(ledger, part)) for part in ledger.known.rulebook.parts_of(measure.key)]
    return tuple(sorted(set.intersection(*parts))) if parts else ()


def _received(known: Known) -> Iterable[Received]:
    for one in known.snapshot.submissions():
        yield Received(
            id=one.id,
            stream=one.stream,
            sender=one.party or "",
            received_at=one.received_at.isoformat(),
            rows=one.rows,
            accepted=one.accepted,
            held=one.held,
            refused=one.refused,
            days=len(one.covered),
            sha256=one.sha256,
        )


def _lines(ledger: Ledger, measures: Iterable[Any]) -> Iterable[Any]:
    book = ledger.known.rulebook
    for measure in measures:
        column = figures.answerable(book, measure)
        span = ledger.span(measure, ledger.month)
        yield from exception_lines(ledger.known, measure, span, subject=column)

"""Assess a month: every figure, every finding, what they rest on and what is missing."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from tallystick.findings.lines import exception_lines
from tallystick.measures.engine import engine
from tallystick.measures.known import Known
from tallystick.month import figures, owed, wording
from tallystick.month.assessment import Assessment, Figure, Finding, Received
from tallystick.month.ledger import Ledger
from tallystick.month.raising import raised
from tallystick.month.sentence import sentence
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook


def assess(
    known: Known,
    month: Span,
    *,
    by: Sequence[str] = (),
    only: Collection[str] | None = None,
    with_lines: bool = False,
) -> Assessment:
    """Return the month as it is known on the day of knowledge.

    `by` asks for drill-downs: each measure is split by those of the columns that its rule names. `only`
    leaves out every other measure. `with_lines` adds every exception line of the month, which can be many.
    """
    ledger = Ledger(known, month)
    chosen = [one for one in ordered(known.rulebook) if only is None or one.key in only]
    history = {one.key: tuple(figures.point(ledger, one, month) for month in ledger.months) for one in chosen}
    wholes = [figures.whole(ledger, one, history[one.key]) for one in chosen]
    parts = [figure for one in chosen for figure in _drilled(ledger, one, by)]
    pairs = zip(chosen, wholes, strict=True)
    findings = [found for one, whole in pairs for found in raised(ledger, one, history[one.key], whole)]
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
        notes=tuple(_notes(ledger, wholes)),
        lines=tuple(_lines(ledger, chosen)) if with_lines else (),
    )


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


def _notes(ledger: Ledger, wholes: Sequence[Figure]) -> Iterable[str]:
    held = sum(one.held for one in wholes)
    if held:
        yield f"{held:,} rows could not be judged: their limit has no entry, or their start is not given."
    left_out = sum(one.excluded for one in wholes)
    if left_out:
        yield f"{left_out:,} rows left both sides under an exception."
    open_ = sum(one.open for one in wholes)
    if open_:
        known_on = wording.day(str(ledger.known.known_on))
        yield f"{open_:,} events are still open on {known_on}: unanswered, within their limit."

"""Findings: where a duty was not met, by whom, and since when."""

import hashlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from tallystick.findings.grades import SHORT, grade
from tallystick.findings.history_runs import run_on
from tallystick.findings.lines import WITH_LINES, Line, exception_lines
from tallystick.findings.sums import Sums
from tallystick.measures.reported import Statement
from tallystick.month import figures
from tallystick.month.assessment import Figure, Finding, Point
from tallystick.month.ledger import Ledger
from tallystick.rulebook.periods import Span

FIRST_LINES = 20
ID_LENGTH = 10


@dataclass(frozen=True)
class _Raised:
    """What is the same in every finding of one measure."""

    ledger: Ledger
    measure: Any
    lines: dict[str, tuple[Line, ...]]

    def finding(self, figure: Figure, subject: str, first_seen: str, why: str) -> Finding:
        book, measure = self.ledger.known.rulebook, self.measure
        owed = book.obligations[measure.obligation]
        counted = figure.numerator is not None and figure.denominator is not None
        failed = (figure.denominator or 0) - (figure.numerator or 0) if counted else 0
        return Finding(
            id=identity(book.code.key, figure.period, (owed.key, measure.key, subject), figure.group),
            obligation=owed.key,
            area=owed.area,
            clause=tuple(dict.fromkeys((*measure.clause, *owed.clause))),
            measure=measure.key,
            subject=subject,
            group=figure.group,
            period=figure.period,
            numerator=figure.numerator,
            denominator=figure.denominator,
            state=figure.state,
            why=why,
            first_seen=first_seen,
            exceptions=max(failed, 0),
            lines=self.lines.get(subject, ()),
            evidence=evidence(self.ledger, measure),
            verified=figure.verified,
        )


def identity(code: str, period: str, duty: tuple[str, str, str], group: dict[str, str]) -> str:
    """Return the finding's id: the same for the same shortfall, whichever run finds it.

    `duty` is the obligation, the measure and the subject.
    """
    named = "|".join(f"{key}={value}" for key, value in sorted(group.items()))
    written = "\x1f".join((code, *duty, named, period))
    return f"FND-{hashlib.sha256(written.encode()).hexdigest()[:ID_LENGTH].upper()}"


def evidence(ledger: Ledger, measure: Any) -> tuple[str, ...]:
    """Return the submissions the measure's streams rest on, as they were received."""
    streams = set(measure.streams)
    for part in ledger.known.rulebook.parts_of(measure.key):
        streams |= set(part.streams)
    return tuple(one.id for one in ledger.known.snapshot.submissions() if one.stream in streams)


def raised(ledger: Ledger, measure: Any, history: Iterable[Point], whole: Figure) -> Iterator[Finding]:
    """Yield the findings of one measure in the ledger's month.

    Where parties owe the duty, each is judged by its own figure; else the measure's provider is. A duty
    that a body has decided not to pursue raises none; neither does a figure kept for service credits only.
    """
    book = ledger.known.rulebook
    owed = book.obligations[measure.obligation]
    if not measure.reportable or not owed.enforced_on(ledger.month.last):
        return
    column = figures.answerable(book, measure)
    subject = measure.provider or owed.owner
    if column is not None and ledger.sums(measure, ledger.month) is not None:
        yield from _of_subjects(ledger, measure, column)
    elif whole.state in SHORT:
        since = run_on([(one.period, one.state) for one in history], "below_target")
        raising = _Raised(ledger, measure, _lines(ledger, measure, None, subject))
        yield raising.finding(whole, subject, since.since if since else whole.period, _why(whole))
    yield from _of_report(ledger, measure, whole)


def _of_subjects(ledger: Ledger, measure: Any, column: str) -> Iterator[Finding]:
    month = ledger.month
    grouped = ledger.grouped(measure, month, (column,))
    short = {
        group: counted for group, counted in grouped.items() if _falls_short(ledger, measure, month, counted)
    }
    if not short:
        return
    raising = _Raised(ledger, measure, _lines(ledger, measure, column, ""))
    for group, counted in short.items():
        figure = figures.part(ledger, measure, group, counted)
        subject = dict(group)[column]
        yield raising.finding(figure, subject, _first_seen(ledger, measure, group), _why(figure))


def _falls_short(ledger: Ledger, measure: Any, month: Span, counted: Sums) -> bool:
    if measure.tolerance == "zero":
        return counted.numerator < counted.denominator
    level = ledger.known.rulebook.level_on(measure.key, month.last)
    return grade(counted.numerator, counted.denominator, level, measure.direction) in SHORT


def _first_seen(ledger: Ledger, measure: Any, group: Any) -> str:
    """Return the first month of those in a row, this one last, in which the party fell short."""
    since = ledger.month
    for month in reversed(ledger.months[:-1]):
        counted = ledger.grouped(measure, month, tuple(dict(group))).get(group)
        if counted is None or not counted.denominator:
            continue
        if not _falls_short(ledger, measure, month, counted):
            break
        since = month
    return str(since)


def _lines(ledger: Ledger, measure: Any, column: str | None, subject: str) -> dict[str, tuple[Line, ...]]:
    """Return the first lines of each subject."""
    if not isinstance(measure, WITH_LINES):
        return {}
    span = ledger.span(measure, ledger.month)
    found = exception_lines(ledger.known, measure, span, subject=column, most=FIRST_LINES)
    if column is None:
        return {subject: tuple(found)}
    by_subject: dict[str, list[Line]] = {}
    for line in found:
        by_subject.setdefault(line.subject, []).append(line)
    return {name: tuple(lines) for name, lines in by_subject.items()}


def _of_report(ledger: Ledger, measure: Any, whole: Figure) -> Iterator[Finding]:
    """Yield what is wrong with what a report says: no explanation where one is due, or another figure."""
    stated = ledger.statement(measure, ledger.month)
    if stated is None:
        return
    book = ledger.known.rulebook
    owed = book.obligations.get(stated.report) or book.obligations[measure.obligation]
    if whole.state in SHORT and not (stated.commentary or "").strip():
        yield _about_report(ledger, measure, stated, owed, "no_commentary")
    if "disputed" in whole.flags:
        yield _about_report(ledger, measure, stated, owed, "disputed")
    if "unbalanced" in whole.flags:
        yield _about_report(ledger, measure, stated, owed, "unbalanced")


_REPORT_WHY = {
    "no_commentary": "The report gives no reason for a figure below target.",
    "disputed": "The report's figure and the one computed from evidence differ.",
    "unbalanced": "Open at the start, opened, resolved and open at the end do not add up.",
}


def _about_report(ledger: Ledger, measure: Any, stated: Statement, owed: Any, state: str) -> Finding:
    period = str(ledger.month)
    group = {"report": stated.report}
    code = ledger.known.rulebook.code.key
    return Finding(
        id=identity(code, period, (owed.key, measure.key, owed.owner), {**group, "is": state}),
        obligation=owed.key,
        area=owed.area,
        clause=owed.clause,
        measure=measure.key,
        subject=owed.owner,
        group=group,
        period=period,
        numerator=stated.numerator,
        denominator=stated.denominator,
        state=state,
        why=_REPORT_WHY[state],
        first_seen=period,
        exceptions=0,
        evidence=(stated.submission,),
        verified=owed.verified,
    )


def _why(figure: Figure) -> str:
    if "outside_band" in figure.flags and figure.band:
        low, high = figure.band
        return f"{figure.share}% lies outside {low}% to {high}%."
    level = figure.minimum if figure.state == "below_minimum" else figure.target
    noun = "minimum" if figure.state == "below_minimum" else "target"
    if figure.share is None or level is None:
        return f"The report says {figure.state.replace('_', ' ')}."
    return f"{figure.share}% is below the {noun} of {level}%."

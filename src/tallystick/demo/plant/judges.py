"""How each kind of rule is decided, in plain arithmetic."""

import datetime as dt
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from tallystick.demo.plant.book import Book, Duty, Verdict
from tallystick.demo.plant.clock import MINUTE, ONE_DAY, civil_day, instant, last_day_of, month_of
from tallystick.demo.plant.rows import Row

Limit = Callable[[Any], int | None]
Span = tuple[int, int]


@dataclass(frozen=True)
class Elapsed:
    """Rows of which `end` must come at most `limit` after `start`; the row counts in the month of `at`."""

    duty: Duty
    at: str
    start: str
    end: str
    limit: Limit
    counts: Callable[[Any], bool]
    subject: Callable[[Any], str] | None = None


def judge_elapsed(rule: Elapsed, rows: Iterable[Row], book: Book) -> None:
    """Count every row the rule is about: settled when answered, or when its limit has passed."""
    known_until = book.known_until
    for row in rows:
        if not rule.counts(row):
            continue
        start, end = getattr(row, rule.start), getattr(row, rule.end)
        limit = rule.limit(row)
        subject = rule.subject(row) if rule.subject else rule.duty.subject or ""
        verdict = "held" if limit is None else elapsed(start, end, limit, known_until)
        book.settle(rule.duty, month_of(getattr(row, rule.at)), row, subject, verdict)


def elapsed(start: int, end: int | None, limit: int, known_until: int) -> Verdict:
    """Decide a limit of elapsed time; taking exactly the limit is in time."""
    if end is not None:
        return "met" if end - start <= limit else "failed"
    return "failed" if start + limit < known_until else "open"


def by_day(last: dt.date, done: dt.date | None, known_on: dt.date) -> Verdict:
    """Decide a limit in days by the last day it allows."""
    if done is not None:
        return "met" if done <= last else "failed"
    return "failed" if last <= known_on else "open"


@dataclass(frozen=True)
class Follow:
    """Triggers that an answer of the same key must follow, by the last day that `last` allows."""

    duty: Duty
    last: Callable[[dt.date], dt.date]
    key: Callable[[Any], str]
    at: Callable[[Any], int]


def judge_follows(
    rule: Follow, triggers: Iterable[Row], answers: Iterable[tuple[str, int]], book: Book
) -> None:
    """Count every trigger: its answer is the first of its key at its instant or later."""
    answered: dict[str, list[int]] = defaultdict(list)
    for key, at in sorted(answers):
        answered[key].append(at)
    for row in triggers:
        at, later = rule.at(row), answered[rule.key(row)]
        first = bisect_left(later, at)
        done = civil_day(later[first]) if first < len(later) else None
        verdict = by_day(rule.last(civil_day(at)), done, book.known_on)
        book.settle(rule.duty, month_of(at), row, row.party, verdict)  # type: ignore[union-attr]


def united(spans: Iterable[Span]) -> list[Span]:
    """Return the spans with every overlap and touch joined, in order."""
    joined: list[Span] = []
    for start, end in sorted(spans):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        elif end > start:
            joined.append((start, end))
    return joined


def without(spans: Sequence[Span], less: Sequence[Span]) -> list[Span]:
    """Return what is left of united spans once other united spans are taken out."""
    left = []
    for start, end in spans:
        cursor = start
        for begun, done in less:
            if done <= cursor or begun >= end:
                continue
            if begun > cursor:
                left.append((cursor, begun))
            cursor = max(cursor, done)
        if cursor < end:
            left.append((cursor, end))
    return left


def month_span(month: str) -> Span:
    """Return the instants between which a London month lies."""
    return instant(dt.date.fromisoformat(f"{month}-01")), instant(last_day_of(month) + ONE_DAY)


def minutes_within(spans: Iterable[Span], month: Span) -> int:
    """Return the whole minutes of the spans that lie in the month."""
    cut = [(max(start, month[0]), min(end, month[1])) for start, end in spans]
    return sum(end - start for start, end in cut if end > start) // MINUTE


def crossed(intervals: Iterable[tuple[Row, str, str, Span]]) -> set[int]:
    """Return the positions of intervals that begin while another holder's of the same key still runs.

    Each interval is a row, its key, its holder and its span; touching is no crossing.
    """
    by_key: dict[str, list[tuple[Span, str, int]]] = defaultdict(list)
    for position, (_, key, holder, span) in enumerate(intervals):
        by_key[key].append((span, holder, position))
    found = set()
    for several in by_key.values():
        ordered = sorted(several)
        if all(one[0][1] <= other[0][0] for one, other in pairwise(ordered)):
            continue
        for n, (span, holder, position) in enumerate(ordered):
            if any(earlier[0][1] > span[0] and earlier[1] != holder for earlier in ordered[:n]):
                found.add(position)
    return found

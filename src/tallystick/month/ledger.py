"""Every measure of a code over the months that are looked back on, computed once and asked for often."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from tallystick.findings import sums
from tallystick.findings.sums import Group, Measured, Sums
from tallystick.measures.evaluate import daily_many, evidence_days, reading
from tallystick.measures.known import Known
from tallystick.measures.percentiles import percentiles
from tallystick.measures.reported import Statement, statements
from tallystick.measures.roll_forward import Roll, roll_forward
from tallystick.rulebook.measures import Reported, RollForward, RollUp, ShareWithin, Variance
from tallystick.rulebook.periods import Span

MONTHS_BACK = 25
MONTHS_A_QUARTER = 3


@dataclass(frozen=True)
class Ledger:
    """What is known about one month and those before it."""

    known: Known
    month: Span
    months_back: int = MONTHS_BACK
    _measured: dict[str, Measured] = field(default_factory=dict, repr=False, compare=False)

    @cached_property
    def months(self) -> tuple[Span, ...]:
        """The months with evidence or reports up to this one, oldest first; at least this one."""
        days = [
            day
            for stream in self.known.rulebook.streams
            for day in self.known.snapshot.covered(stream)
            if day <= self.month.last
        ]
        said = [Span.parse(period).first for _, period in self.stated if len(period) == len("2021-07")]
        first = min([*days, *(day for day in said if day <= self.month.first), self.month.first])
        return tuple(sums.months(first, self.month, self.months_back))

    @cached_property
    def stated(self) -> Mapping[tuple[str, str], tuple[Statement, ...]]:
        """What reports say, by measure and period."""
        return statements(self.known)

    def statement(self, measure: Any, month: Span) -> Statement | None:
        """Return what a report says of the measure as a whole in the month."""
        said = [one for one in self.stated.get((measure.key, str(month)), ()) if not one.group]
        named = getattr(measure, "report", None)
        chosen = [one for one in said if named in (None, one.report)]
        return chosen[0] if chosen else None

    def span(self, measure: Any, month: Span) -> Span:
        """Return the days whose events the month reports: the month, or an earlier period where it lags."""
        activity = measure.activity
        if activity.period == "quarter":
            return Span.quarter_of(month.first).shifted(-MONTHS_A_QUARTER * activity.lag)
        return month.shifted(-activity.lag)

    def sums(self, measure: Any, month: Span) -> Sums | None:
        """Return the measure's sums of the month, or nothing where no evidence of it was received."""
        if isinstance(measure, RollUp):
            parts = [self.sums(part, month) for part in self.known.rulebook.parts_of(measure.key)]
            there = [part for part in parts if part is not None]
            return sums.added(there) if there else None
        if isinstance(measure, Reported | RollForward) or not self.days_received(measure, month):
            return None
        return self.measured(measure).total(self.span(measure, month))

    def grouped(self, measure: Any, month: Span, columns: tuple[str, ...]) -> dict[Group, Sums]:
        """Return the measure's sums of the month by the columns; a roll-up adds its parts that have them."""
        if isinstance(measure, RollUp):
            found: dict[Group, Sums] = {}
            for part in self.known.rulebook.parts_of(measure.key):
                for group, counts in self.grouped(part, month, columns).items():
                    found[group] = found.get(group, Sums()) + counts
            return dict(sorted(found.items()))
        if isinstance(measure, RollForward) or not set(columns) <= set(getattr(measure, "groups", ())):
            return {}
        return self.measured(measure).by(self.span(measure, month), columns)

    def daily(self, measure: Any, month: Span) -> dict[dt.date, Sums]:
        """Return the measure's sums of each day of the month; a roll-up adds those of its parts."""
        if isinstance(measure, RollUp):
            found: dict[dt.date, Sums] = {}
            for part in self.known.rulebook.parts_of(measure.key):
                for day, counts in self.daily(part, month).items():
                    found[day] = found.get(day, Sums()) + counts
            return dict(sorted(found.items()))
        if self.sums(measure, month) is None:
            return {}
        return self.measured(measure).by_day(self.span(measure, month))

    def roll(self, measure: RollForward, month: Span) -> Roll | None:
        """Return a register's roll-forward of the month, or nothing where none was received."""
        if not self.known.has(measure.stream):
            return None
        return roll_forward(self.known.source(measure.stream), measure, self.known.rulebook, month)

    def percentiles(self, measure: Any, month: Span) -> dict[int, int]:
        """Return how long the events took: microseconds by percentile, where the measure asks for them."""
        asks = isinstance(measure, ShareWithin) and measure.percentiles
        if not asks or not self.days_received(measure, month):
            return {}
        span = self.span(measure, month)
        rows = self.known.source(measure.stream, evidence_days(self.known, measure, span))
        return percentiles(rows, measure, span)

    def is_restated(self, measure: Any, month: Span) -> bool:
        """Tell whether evidence of the month that had stood before was replaced or withdrawn."""
        span = self.span(measure, month)
        return any(
            (one.summary.replaced or one.summary.withdrawn) and any(day in span for day in one.covered)
            for stream in measure.streams
            for one in self.known.snapshot.submissions(stream)
        )

    def measured(self, measure: Any) -> Measured:
        """Return the daily sums over everything looked back on, computed once.

        All measures that can be summed in the same reading of the evidence are.
        """
        if measure.key not in self._measured:
            span = self._looked_back(measure)
            every = self.known.rulebook.measures.values()
            beside = [one for one in every if reading(measure) and reading(one) == reading(measure)]
            asked = {one.key: one for one in (measure, *beside) if self._looked_back(one) == span}
            for key, table in daily_many(self.known, asked.values(), span).items():
                groups = getattr(asked[key], "groups", ())
                labels = {name: self.known.snapshot.labels(name) for name in groups}
                self._measured[key] = Measured(table, labels)
        return self._measured[measure.key]

    def _looked_back(self, measure: Any) -> Span:
        spans = [self.span(measure, month) for month in (self.months[0], self.months[-1])]
        count = (spans[1].first.year - spans[0].first.year) * 12
        count += spans[1].first.month - spans[0].first.month + spans[1].months
        return Span(spans[0].first, count)

    def days_received(self, measure: Any, month: Span) -> int:
        """Return how many days of the measure's period its evidence vouches for.

        What happens in a month is in the stream of its events; responses and registers reach beyond it. A
        variance has two sides, and the one that is known less decides.
        """
        if not all(self.known.has(stream) for stream in measure.streams):
            return 0
        streams = measure.streams if isinstance(measure, Variance) else measure.streams[:1]
        return min(self._received(stream, self.span(measure, month)) for stream in streams)

    def _received(self, stream: str, span: Span) -> int:
        covered = self.known.snapshot.covered(stream)
        if self.known.rulebook.streams[stream].partition == "none" and not covered:
            # A register that names no days is taken as whole; what it lacks nobody can see.
            return span.length if self.known.has(stream) else 0
        return sum(1 for day in span.days() if day in covered)

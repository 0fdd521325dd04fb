"""What the store knows of one stream: its submissions, and how they act on a day."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import pyarrow as pa

from tallystick.evidence.civil_days import Day
from tallystick.evidence.folding import Act, comparable, fold, name_of
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import ROW, Layout
from tallystick.evidence.ordering import arranged
from tallystick.evidence.pairs import Pair, read_pair
from tallystick.evidence.scope import as_table
from tallystick.evidence.staging import Staging
from tallystick.evidence.submissions import Submission


@dataclass
class History:
    """The submissions of a stream that are to be folded, and where their rows are read and written.

    `layout` is the shape in which rows are compared and written: that of the newest submission.
    """

    code: str
    layout: Layout
    labels: Labels
    staging: Staging
    submissions: Sequence[Submission]
    _keys: dict[str, pa.Table] = field(default_factory=dict)

    def acting(self, day: Day) -> list[Submission]:
        """Return the submissions that matter for a day, in the order of folding.

        What came before the first rows had nothing to act on.
        """
        acting = sorted((one for one in self.submissions if one.acts_on(day)), key=lambda one: one.order)
        first = next((n for n, one in enumerate(acting) if day in one.parts), len(acting))
        return acting[first:]

    def parts(self, day: Day) -> dict[str, Pair]:
        """Return what each submission itself brought for a day."""
        return {one.id: one.parts[day] for one in self.submissions if day in one.parts}

    def rows(self, day: Day, pair: Pair | None) -> pa.Table:
        """Return the coded rows of a pair, or none."""
        if pair is not None:
            return read_pair(self.staging.place(self.code, self.layout.stream, day, pair.digest), self.layout)
        kinds = {field.name: field for half in (self.layout.main(), self.layout.beside()) for field in half}
        return pa.schema([kind for name, kind in kinds.items() if name != ROW]).empty_table()

    def fold(
        self, day: Day, standing: Pair | None, acting: Iterable[Submission]
    ) -> tuple[pa.Table, dict[str, pa.Table]]:
        """Return the rows that stand after some submissions, and what each of those dropped."""
        return fold(self.rows(day, standing), self._acts(day, acting), self.layout)

    def pair_of(self, day: Day, rows: pa.Table) -> Pair | None:
        """Return the pair that holds just these rows: none, somebody's part, or one put aside now."""
        if not len(rows):
            return None
        parts = self.parts(day)
        digest, only = name_of(rows, parts)
        if only:
            return parts[only]
        return self.staging.put_merged(self.code, day, digest, arranged(rows, self.layout), self.layout)

    def _acts(self, day: Day, acting: Iterable[Submission]) -> Iterator[Act]:
        for one in acting:
            rows = self.rows(day, one.parts.get(day))
            if one.replaces_by_key:
                yield Act(one.id, rows, self._keys_of(one))
                continue
            scope = one.layout.scope
            spoken = [comparable(rows, self.layout, scope)]
            if one.vouches_for(day):
                spoken.append(as_table(scope, one.speaks_for, self.layout, self.labels))
            speaks = bool(len(rows)) or one.vouches_for(day)
            yield Act(one.id, rows, pa.concat_tables(spoken), speaks=speaks)

    def _keys_of(self, submission: Submission) -> pa.Table:
        """Return the keys of all the rows that a submission brought, on whatever day."""
        if submission.id not in self._keys:
            brought = [self.rows(None, None), *(self.rows(*part) for part in submission.parts.items())]
            keys = [comparable(rows, self.layout, self.layout.row_key) for rows in brought]
            self._keys[submission.id] = pa.concat_tables(keys)
        return self._keys[submission.id]

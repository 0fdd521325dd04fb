"""What the store knew of one code: now, or by the end of an earlier day."""

import datetime as dt
import hashlib
import json
import os
import weakref
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from zoneinfo import ZoneInfo

import pyarrow as pa

from tallystick.evidence.civil_days import Day
from tallystick.evidence.contents import Contents, Kept, day_folder
from tallystick.evidence.files import Files
from tallystick.evidence.folding import name_of
from tallystick.evidence.history import History
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.pairs import Place
from tallystick.evidence.staging import Staging
from tallystick.evidence.submissions import Submission, written_day

KNOWN = "known-"

Keep = Callable[[str, Day, str, pa.Table, Layout], None]


@dataclass(frozen=True)
class DayFile:
    """The two files of one day: `main` for measures, `ids` beside it. `digest` names their content."""

    day: Day
    main: Path
    ids: Path
    rows: int
    digest: str


@dataclass(frozen=True)
class Knowledge:
    """Up to which civil day files had been received, in the code's time zone."""

    on: dt.date
    zone: ZoneInfo | dt.timezone


class Snapshot:
    """The evidence of one code, unchanging however much is received meanwhile.

    While a snapshot is in use, the store removes no file that a later one has no need of.
    """

    def __init__(
        self, contents: Contents, code: str, *, known: Knowledge | None, readers: int | None, keep: Keep
    ) -> None:
        self.code = code
        self.root = contents.root
        self.known = known
        self._contents = contents
        self._keep = keep
        self._every: dict[str, tuple[Submission, ...]] = {}
        self._days: dict[str, dict[Day, DayFile]] = {}
        if readers is not None:
            weakref.finalize(self, os.close, readers)

    @cached_property
    def id(self) -> str:
        """The hash of what was known: the same in any store that was told the same in the same order."""
        said = {
            stream: [
                [[one.id, one.received_at.isoformat()] for one in self._known(stream)],
                [[written_day(day), file.digest] for day, file in self.days(stream).items()],
            ]
            for stream in self.streams()
            if self._known(stream)
        }
        text = json.dumps([self.code, said, sorted(self._labels.words.items())], ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()

    def streams(self) -> tuple[str, ...]:
        """Return the streams of which anything was ever received."""
        return self._contents.streams(self.code)

    def days(self, stream: str) -> Mapping[Day, DayFile]:
        """Return the days that have rows, in order; None is the day of a stream that is not divided."""
        if stream not in self._days:
            found = self._current(stream) if self._is_current(stream) else self._as_known(stream)
            self._days[stream] = dict(sorted(found.items(), key=lambda one: one[0] or dt.date.min))
        return self._days[stream]

    def labels(self, column: str) -> tuple[str, ...]:
        """Return the words of a column; a word's place is its code."""
        return self._labels.of(column)

    def submissions(self, stream: str | None = None) -> tuple[Submission, ...]:
        """Return what had been received, of one stream or of all, in the order it was received."""
        streams = self.streams() if stream is None else (stream,)
        return tuple(
            sorted((one for name in streams for one in self._known(name)), key=lambda one: one.order)
        )

    def covered(self, stream: str) -> frozenset[dt.date]:
        """Return the days for which somebody vouched that all their rows were sent."""
        return frozenset(day for one in self._known(stream) for day in one.covered)

    def received(self, stream: str) -> bool:
        """Whether anything was received of a stream, if only an empty file."""
        return bool(self._known(stream))

    def layouts(self, stream: str) -> frozenset[tuple[str, ...]]:
        """Return the columns that rows were written with: more than one set, if some were added later."""
        return frozenset(tuple(one.layout.columns) for one in self._known(stream) if one.parts)

    @cached_property
    def _labels(self) -> Labels:
        labels = self._contents.labels(self.code)
        if all(self._is_current(stream) for stream in self.streams()):
            return labels
        counts: dict[str, int] = {}
        for one in self.submissions():
            for column, count in one.labels.items():
                counts[column] = max(count, counts.get(column, 0))
        return labels.up_to(counts)

    def _all(self, stream: str) -> tuple[Submission, ...]:
        if stream not in self._every:
            self._every[stream] = self._contents.submissions(self.code, stream)
        return self._every[stream]

    def _known(self, stream: str) -> tuple[Submission, ...]:
        known = self.known
        if known is None:
            return self._all(stream)
        return tuple(one for one in self._all(stream) if one.known_by(known.on, known.zone))

    def _is_current(self, stream: str) -> bool:
        return len(self._known(stream)) == len(self._all(stream))

    def _current(self, stream: str) -> dict[Day, DayFile]:
        kept = self._contents.kept(self.code, stream)
        return {day: self._file(stream, day, pair.digest, pair.rows) for day, pair in kept.days.items()}

    def _as_known(self, stream: str) -> dict[Day, DayFile]:
        """Return the days of a stream by what was known, folding again those that later files touched."""
        known = self._known(stream)
        if not known:
            return {}
        kept = self._contents.kept(self.code, stream)
        layout = max(known, key=lambda one: one.number).layout
        staging = Staging(Files(), self.root, self.root)
        history = History(self.code, layout, self._contents.labels(self.code), staging, known)
        late = {one.id for one in self._all(stream)} - {one.id for one in known}
        found = {}
        for day in dict.fromkeys(day for one in known for day in one.parts):
            if any(one.id in late and one.acts_on(day) for one in self._all(stream)):
                file = self._folded(history, day)
            else:
                file = self._standing(kept, stream, day)
            if file:
                found[day] = file
        return found

    def _standing(self, kept: Kept, stream: str, day: Day) -> DayFile | None:
        pair = kept.days.get(day)
        return self._file(stream, day, pair.digest, pair.rows) if pair else None

    def _folded(self, history: History, day: Day) -> DayFile | None:
        """Return the pair of the rows that stood; one that nobody has yet is written and kept."""
        stream, acting = history.layout.stream, history.acting(day)
        if len(acting) == 1:
            part = acting[0].parts[day]
            return self._file(stream, day, part.digest, part.rows)
        rows, _ = history.fold(day, None, acting)
        if not len(rows):
            return None
        digest, _only = name_of(rows, history.parts(day))
        file = self._file(stream, day, digest, len(rows))
        if file.main.exists() and file.ids.exists():
            return file
        file = self._file(stream, day, digest, len(rows), KNOWN)
        if not (file.main.exists() and file.ids.exists()):
            self._keep(self.code, day, KNOWN + digest, rows, history.layout)
        return file

    def _file(self, stream: str, day: Day, digest: str, rows: int, prefix: str = "") -> DayFile:
        place = Place.within(self.root / day_folder(self.code, stream, day), prefix + digest)
        return DayFile(day, place.main, place.beside, rows, digest)

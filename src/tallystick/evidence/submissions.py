"""What one sending was: who sent what when, what became of its rows, and what it took the place of."""

import datetime as dt
import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from tallystick.evidence.civil_days import ALL_TIME, Day
from tallystick.evidence.layout import Layout
from tallystick.evidence.pairs import Pair
from tallystick.evidence.reading import Reading
from tallystick.rulebook.periods import Span

Value = str | int | None


@dataclass(frozen=True)
class Origin:
    """Where a file came from. `received_at` is when it reached us; `taken_in_at` is the clock now.

    Both times carry an offset. `name` is what the sender called the file, where it lies under another name.
    """

    file: Path
    received_at: dt.datetime
    taken_in_at: dt.datetime
    party: str | None = None
    period: Span | None = None
    name: str = ""

    def __post_init__(self) -> None:
        if self.received_at.utcoffset() is None or self.taken_in_at.utcoffset() is None:
            raise ValueError("the times of an origin carry an offset")

    @property
    def called(self) -> str:
        return self.name or self.file.name


@dataclass(frozen=True)
class Summary:
    """What a submission did to the rows that stood before it, counted row by row.

    `added` rows have a key that did not stand; `replaced` ones take the place of a row of their key that
    differed; `unchanged` ones stood already; `withdrawn` counts rows that stood and that the new file, which
    speaks for them, no longer has. `overtaken` rows do not stand because later files had spoken already.
    """

    added: int = 0
    replaced: int = 0
    unchanged: int = 0
    withdrawn: int = 0
    overtaken: int = 0

    def __add__(self, other: "Summary") -> "Summary":
        mine, theirs = asdict(self), asdict(other)
        return Summary(**{name: mine[name] + theirs[name] for name in mine})

    @property
    def changes_nothing(self) -> bool:
        return not (self.added or self.replaced or self.withdrawn or self.overtaken)


@dataclass(frozen=True)
class Submission:
    """One sending as the store keeps it. `number` is the snapshot that it made.

    `covered` are the days it vouches for. `speaks_for` is what it replaces even where it has no rows,
    `reach` the days on which a correction replaces rows, and `parts` its own rows by day. `labels` counts
    the words of its columns once it was taken in.
    """

    id: str
    number: int
    code: str
    layout: Layout
    correction_of: str | None
    party: str | None
    period: str | None
    file: str
    format: str
    sha256: str
    size: int
    received_at: dt.datetime
    taken_in_at: dt.datetime
    rows: int
    accepted: int
    held: int
    refused: int
    counted: int
    covered: tuple[dt.date, ...] = ()
    speaks_for: tuple[tuple[Value, ...], ...] = ()
    reach: tuple[Day, ...] = ()
    parts: Mapping[Day, Pair] = field(default_factory=dict)
    labels: Mapping[str, int] = field(default_factory=dict)
    summary: Summary = Summary()
    notes: tuple[str, ...] = ()

    @property
    def stream(self) -> str:
        return self.layout.stream

    @property
    def order(self) -> tuple[dt.datetime, int]:
        """Submissions are folded as they were received; two of one instant, as they were taken in."""
        return self.received_at, self.number

    def known_by(self, day: dt.date, zone: ZoneInfo | dt.timezone) -> bool:
        """Whether the file had been received by the end of a civil day."""
        return self.received_at.astimezone(zone).date() <= day

    @property
    def replaces_by_key(self) -> bool:
        """Whether its rows take the place of rows of their keys, and of no others."""
        return self.correction_of is not None or not self.layout.replaces

    def vouches_for(self, day: Day) -> bool:
        """Whether what it `speaks_for` is said of a day, even where it has no rows there."""
        if self.replaces_by_key:
            return False
        return not self.layout.replaces_by_day or (day is not None and day in self._days)

    def acts_on(self, day: Day) -> bool:
        """Whether it may have added rows to a day or dropped some from it."""
        return day in self.parts or day in self.reach or self.vouches_for(day)

    @cached_property
    def _days(self) -> frozenset[dt.date]:
        return frozenset(Span.parse(self.period).days()) if self.period else frozenset()

    def as_json(self) -> dict[str, Any]:
        plain = {name: getattr(self, name) for name in _PLAIN}
        return plain | {
            "stream": self.stream,
            "received_at": _written(self.received_at),
            "taken_in_at": _written(self.taken_in_at),
            "covered": [day.isoformat() for day in self.covered],
            "speaks_for": [list(values) for values in self.speaks_for],
            "reach": [written_day(day) for day in self.reach],
            "parts": {written_day(day): pair.as_json() for day, pair in self.parts.items()},
            "labels": dict(self.labels),
            "summary": asdict(self.summary),
            "notes": list(self.notes),
            "layout": self.layout.as_json(),
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Submission":
        return cls(
            **{name: value[name] for name in _PLAIN},
            layout=Layout.from_json(value["layout"]),
            received_at=dt.datetime.fromisoformat(value["received_at"]),
            taken_in_at=dt.datetime.fromisoformat(value["taken_in_at"]),
            covered=tuple(dt.date.fromisoformat(day) for day in value["covered"]),
            speaks_for=tuple(tuple(values) for values in value["speaks_for"]),
            reach=tuple(read_day(day) for day in value["reach"]),
            parts={read_day(day): Pair.from_json(pair) for day, pair in value["parts"].items()},
            labels=dict(value["labels"]),
            summary=Summary(**value["summary"]),
            notes=tuple(value["notes"]),
        )

    def fingerprint(self) -> str:
        """Return the hash of all that is stated here but the clock of the taking in."""
        return fingerprint({**self.as_json(), "taken_in_at": ""})


@dataclass(frozen=True)
class Receipt:
    """What the sender is told. `repeated` says that nothing was new; the submission is then the first one."""

    submission: Submission
    repeated: bool = False
    notes: tuple[str, ...] = ()


_PLAIN = (
    *("id", "number", "code", "correction_of", "party", "period", "file", "format", "sha256"),
    *("size", "rows", "accepted", "held", "refused", "counted"),
)


def submission_id(reading: Reading, code: str, stream: str, origin: Origin) -> str:
    """Return the id that the same file, sent again for the same purpose, will have again."""
    said = [reading.sha256, code, stream, origin.party, str(origin.period or ""), reading.correction_of]
    return "E-" + hashlib.sha256(json.dumps(said).encode()).hexdigest()[:10]


def fingerprint(value: Any) -> str:
    text = json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()[:16]


def written_day(day: Day) -> str:
    """Return a day as folders are named: 2021-07-01, or `all` for a stream without days."""
    return day.isoformat() if day else ALL_TIME


def read_day(text: str) -> Day:
    return None if text == ALL_TIME else dt.date.fromisoformat(text)


def _written(instant: dt.datetime) -> str:
    return instant.astimezone(dt.UTC).isoformat()

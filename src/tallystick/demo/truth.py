"""The truth about a demo: every exception line, finding and figure that its evidence must lead to.

The file is described in `docs/guide/demo-truth.md`. Reading is strict: a row that is missing, repeated or
about something the heading does not name is told, never passed over.
"""

import datetime as dt
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass, fields
from hashlib import sha256
from pathlib import Path
from typing import Any

FORMAT = "tallystick-demo-truth 1"
TRUTH = "truth.json"
MOST_SHOWN = 60


class UnableToReadTruth(Exception):
    """The file is not a truth file, or it was changed after it was written."""


@dataclass(frozen=True, order=True)
class TruthLine:
    """One row that fails a measure: `key` is the row's key, its columns joined by a bar."""

    measure: str
    period: str
    key: str
    subject: str


@dataclass(frozen=True, order=True)
class TruthFinding:
    """A subject whose share is below a level in a month; `state` says below which."""

    measure: str
    period: str
    subject: str
    state: str


@dataclass(frozen=True, order=True)
class TruthFigure:
    """Both sides of a measure in a month; `group` is empty for the whole, else such as `party=…`."""

    measure: str
    period: str
    group: str
    numerator: int
    denominator: int
    open: int = 0
    held: int = 0
    excluded: int = 0


@dataclass(frozen=True, order=True)
class TruthRoll:
    """A register over a month: open at the start + opened - resolved = open at the end, of which `aged`."""

    measure: str
    period: str
    open_at_start: int
    opened: int
    resolved: int
    open_at_end: int
    aged: int


@dataclass(frozen=True, order=True)
class TruthFile:
    """A file to be received, in order, and what becomes of its rows."""

    file: str
    stream: str
    party: str | None
    period: str | None
    received_at: str
    sha256: str
    rows: int
    accepted: int
    held: int
    refused: int


@dataclass(frozen=True, order=True)
class Planted:
    """A row planted on purpose: one that fails, or a near-miss that is lawful.

    `key` names the row, or is empty where the row never reaches the measures (it is refused or held).
    """

    case: str
    measure: str
    period: str
    stream: str
    key: str
    lawful: bool
    why: str


@dataclass(frozen=True)
class Truth:
    """What is true as known on a day, for the measures and periods that the heading names."""

    code: str
    scale: str
    seed: int
    known_on: str
    periods: tuple[str, ...]
    measures: tuple[str, ...]
    lines: tuple[TruthLine, ...]
    findings: tuple[TruthFinding, ...]
    figures: tuple[TruthFigure, ...]
    rolls: tuple[TruthRoll, ...] = ()
    files: tuple[TruthFile, ...] = ()
    planted: tuple[Planted, ...] = ()

    @classmethod
    def read(cls, folder: Path) -> "Truth":
        """Return the truth of a demo's folder.

        :raises UnableToReadTruth: if the file is not sound
        """
        return read_truth(folder / TRUTH)


_TABLES: dict[str, type] = {
    "lines": TruthLine,
    "findings": TruthFinding,
    "figures": TruthFigure,
    "rolls": TruthRoll,
    "files": TruthFile,
    "planted": Planted,
}
_HEADING = ("code", "scale", "seed", "known_on", "periods", "measures")


def write_truth(truth: Truth, file: Path) -> None:
    """Write the truth, one row a line, with the number of rows of each table."""
    heading = {"format": FORMAT, **{name: getattr(truth, name) for name in _HEADING}}
    heading["rows"] = {name: len(getattr(truth, name)) for name in _TABLES}
    parts = [f"  {_json(name)}: {_json(value)}" for name, value in heading.items()]
    parts += [_table(name, getattr(truth, name)) for name in _TABLES]
    file.write_text("{\n" + ",\n".join(parts) + "\n}\n", encoding="utf-8")


def _table(name: str, rows: Iterable[Any]) -> str:
    written = ",\n".join(f"    {_json(asdict(row))}" for row in rows)
    return f"  {_json(name)}: [\n{written}\n  ]" if written else f"  {_json(name)}: []"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


def read_truth(file: Path) -> Truth:
    """Read a truth file.

    :raises UnableToReadTruth: if it is not one, or a row is missing, repeated, malformed or out of place
    """
    try:
        written = json.loads(file.read_text(encoding="utf-8"), object_pairs_hook=_once)
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as error:
        raise UnableToReadTruth(f"{file.name} cannot be read: {_short(error)}.") from error
    if not isinstance(written, dict) or written.get("format") != FORMAT:
        raise UnableToReadTruth(f"{file.name} does not say that it is {FORMAT!r}.")
    _expect(set(written) == {"format", "rows", *_HEADING, *_TABLES}, "its parts are not those of the format")
    tables = {name: _rows(name, kind, written) for name, kind in _TABLES.items()}
    truth = Truth(
        code=_of(written, "code", str),
        scale=_of(written, "scale", str),
        seed=_of(written, "seed", int),
        known_on=_day(_of(written, "known_on", str)),
        periods=tuple(_of(written, "periods", list)),
        measures=tuple(_of(written, "measures", list)),
        **tables,
    )
    _check(truth)
    return truth


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    _expect(len(found) == len(pairs), "a name stands twice in one object")
    return found


def _rows(name: str, kind: type, written: dict[str, Any]) -> tuple[Any, ...]:
    rows = _of(written, name, list)
    said = _of(written, "rows", dict).get(name)
    _expect(said == len(rows), f"{name} holds {len(rows)} rows, and the heading says {said}")
    read = tuple(_row(name, number, kind, row) for number, row in enumerate(rows, 1))
    _expect(len(set(read)) == len(read), f"a row of {name} is repeated")
    return read


def _row(name: str, number: int, kind: type, row: Any) -> Any:
    expected = {field.name: field.type for field in fields(kind)}
    right = isinstance(row, dict) and set(row) == set(expected)
    _expect(right, f"row {number} of {name} does not have the columns {', '.join(expected)}")
    for column, cell in row.items():
        fits = type(cell) in _KINDS[str(_kind_name(expected[column]))]
        _expect(fits, f"{column} in row {number} of {name} is not of its type")
    return kind(**row)


_KINDS: dict[str, tuple[type, ...]] = {
    "str": (str,),
    "int": (int,),
    "bool": (bool,),
    "str | None": (str, type(None)),
}


def _kind_name(kind: Any) -> str:
    return kind.__name__ if isinstance(kind, type) else str(kind)


def _check(truth: Truth) -> None:
    """Refuse a row about a measure or period that the heading does not name."""
    for name in ("lines", "findings", "figures"):
        rows = getattr(truth, name)
        within = all(row.measure in truth.measures and row.period in truth.periods for row in rows)
        _expect(within, f"{name} has a row outside the measures and periods of the heading")
    whole = {(row.measure, row.period) for row in truth.figures if not row.group}
    wanted = {(measure, period) for measure in truth.measures for period in truth.periods}
    _expect(whole == wanted, "figures does not hold the whole of every measure and period")


def _of(written: dict[str, Any], name: str, kind: type) -> Any:
    value = written[name]
    _expect(type(value) is kind, f"{name} is not a {kind.__name__}")
    return value


def _day(text: str) -> str:
    try:
        return dt.date.fromisoformat(text).isoformat()
    except ValueError as error:
        raise UnableToReadTruth(f"The truth file is not sound: known_on is {text[:20]!r}.") from error


def _expect(right: bool, otherwise: str) -> None:  # noqa: FBT001 - an assertion that survives -O
    if not right:
        raise UnableToReadTruth(f"The truth file is not sound: {otherwise}.")


def _short(error: Exception) -> str:
    return str(error).splitlines()[0][:MOST_SHOWN]


def digest(content: bytes) -> str:
    """Return the hash by which a file's bytes are known."""
    return sha256(content).hexdigest()

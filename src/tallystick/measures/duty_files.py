"""Kept duties on disk, and for which evidence they hold.

`duties/<code>/<measure>` holds, each named by its content:

- `trigger_day=<day>/<name>.parquet`: the duties of one evidence file;
- `response_day=<day>/<name>.parquet`: keys and instants of the responses in one evidence file;
- `states/<rule>-<evidence>.json`: which of these hold for which evidence files. It is written last; without
  it nothing counts.
"""

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tallystick.evidence.civil_days import Day
from tallystick.evidence.submissions import read_day, written_day
from tallystick.measures import partials

STATES = "states"
TRIGGERS, RESPONSES = "trigger_day", "response_day"
MOST_STATES = 12
NAME = 16


@dataclass(frozen=True)
class Made:
    """What was made of one evidence file: `evidence` is its digest, `name` of what was made, if anything.

    Of duties, `first` is the earliest trigger, `last` the latest discharge, and `open` whether any has none.
    """

    evidence: str
    name: str
    first: int | None = None
    last: int | None = None
    open: bool = False


@dataclass(frozen=True)
class State:
    """Which duties and responses hold for which evidence files."""

    triggers: Mapping[Day, Made]
    responses: Mapping[Day, Made]

    @property
    def evidence(self) -> tuple[dict[Day, str], dict[Day, str]]:
        sides = (self.triggers, self.responses)
        triggers, responses = ({day: made.evidence for day, made in side.items()} for side in sides)
        return triggers, responses

    def likeness(self, triggers: Mapping[Day, str], responses: Mapping[Day, str]) -> int:
        """Return how many evidence files it has in common with others."""
        mine = self.evidence
        return len(mine[0].items() & triggers.items()) + len(mine[1].items() & responses.items())

    def written(self) -> bytes:
        sides = {TRIGGERS: self.triggers, RESPONSES: self.responses}
        said = {
            side: {
                written_day(day): [one.evidence, one.name, one.first, one.last, one.open]
                for day, one in made.items()
            }
            for side, made in sides.items()
        }
        text = json.dumps(said).encode()
        return hashlib.sha256(text).hexdigest().encode() + b"\n" + text

    @classmethod
    def read(cls, file: Path) -> "State | None":
        """Return a kept state, or nothing where it is missing or damaged."""
        seal, _, text = (partials.bytes_of(file) or b"").partition(b"\n")
        if hashlib.sha256(text).hexdigest().encode() != seal:
            return None
        said = json.loads(text)
        triggers, responses = (
            {read_day(day): Made(*made) for day, made in said[side].items()} for side in (TRIGGERS, RESPONSES)
        )
        return cls(triggers, responses)


@dataclass(frozen=True)
class Cupboard:
    """The kept files of one measure; a file is named by its content and checked against its name."""

    folder: Path

    def keep(self, side: str, day: Day, table: pa.Table) -> str:
        """Keep a table and return its name; one without rows needs no file."""
        if not table.num_rows:
            return ""
        sink = pa.BufferOutputStream()
        # keys and instants hardly repeat: trying to find words for them took most of the time
        pq.write_table(table.combine_chunks(), sink, compression="zstd", use_dictionary=False)
        data = sink.getvalue().to_pybytes()
        name = hashlib.sha256(data).hexdigest()[:NAME]
        file = self._file(side, day, name)
        if partials.bytes_of(file) != data:
            partials.put(file, data)
        return name

    def read(self, side: str, day: Day, name: str) -> pa.Table | None:
        """Return a kept table, or nothing where it is missing or damaged."""
        data = partials.bytes_of(self._file(side, day, name))
        if data is None or hashlib.sha256(data).hexdigest()[:NAME] != name:
            return None
        with pq.ParquetFile(pa.BufferReader(data)) as file:
            return file.read()

    def keep_state(self, rule: str, evidence: str, state: State) -> None:
        """Keep a state, after all that it names."""
        partials.put(self._state_file(rule, evidence), state.written())

    def state(self, rule: str, evidence: str) -> State | None:
        """Return a kept state, or nothing where it is missing or damaged."""
        return State.read(self._state_file(rule, evidence))

    def states(self, rule: str) -> Iterator[State]:
        """Yield the kept states of a rule."""
        found = map(State.read, sorted((self.folder / STATES).glob(f"{rule}-*.json")))
        return (state for state in found if state is not None)

    def every_state(self) -> Iterator[State]:
        """Yield the kept states of all rules."""
        found = map(State.read, sorted((self.folder / STATES).glob("*.json")))
        return (state for state in found if state is not None)

    def sweep(self) -> None:
        """Remove the states that have not been written for longest, and the files that no other names.

        Whoever is reading one of these makes it again.
        """
        states = sorted((self.folder / STATES).glob("*.json"), key=lambda file: file.stat().st_mtime_ns)
        if len(states) <= 2 * MOST_STATES:
            return
        named = {STATES: {file.name for file in states[-MOST_STATES:]}, TRIGGERS: set(), RESPONSES: set()}
        for state in filter(None, map(State.read, states[-MOST_STATES:])):
            named[TRIGGERS] |= {f"{made.name}.parquet" for made in state.triggers.values()}
            named[RESPONSES] |= {f"{made.name}.parquet" for made in state.responses.values()}
        for place in self.folder.iterdir():
            for file in place.iterdir():
                if file.name not in named[place.name.partition("=")[0]]:
                    file.unlink(missing_ok=True)

    def _state_file(self, rule: str, evidence: str) -> Path:
        return self.folder / STATES / f"{rule}-{evidence}.json"

    def _file(self, side: str, day: Day, name: str) -> Path:
        return self.folder / f"{side}={written_day(day)}" / f"{name}.parquet"


def short_hash(value: Any) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:NAME]

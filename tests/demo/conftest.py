"""A planted year, and its files read a second time: with pandas, by the rulebook's own definitions."""

import csv
import datetime as dt
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from tallystick.demo.plant.year import Planted, plant
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Stream

LONDON = "Europe/London"
FUTURE_BY_NATURE = ("due_on", "until_on", "until_at", "execute_at", "from_on")


@pytest.fixture(scope="session")
def sec() -> Rulebook:
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook


@pytest.fixture(scope="session")
def planted(tmp_path_factory: pytest.TempPathFactory) -> Planted:
    return plant(tmp_path_factory.mktemp("demo") / "year", scale="small", seed=1)


SentRows = Callable[..., list[dict[str, str]]]


@pytest.fixture(scope="session")
def sent_rows(planted: Planted) -> SentRows:
    def rows(stream: str, *names: str) -> list[dict[str, str]]:
        """Return the rows of a stream's files as they were sent, or of those whose name holds a word."""
        found: list[dict[str, str]] = []
        for file in planted.truth.files:
            if file.stream == stream and all(name in file.file for name in names):
                with (planted.folder / file.file).open(newline="", encoding="utf-8") as text:
                    found += csv.DictReader(text)
        return found

    return rows


@dataclass
class Evidence:
    """The rows of each stream once every file was received, and what became of each file's rows."""

    rows: dict[str, pd.DataFrame] = field(default_factory=dict)
    counts: dict[str, Counter[str]] = field(default_factory=dict)

    def receive(self, file: Any, sent: pd.DataFrame, stream: Stream) -> None:
        typed, becomes = _judged(_typed(sent, stream), sent, stream, file.received_at)
        self.counts[file.file] = Counter(becomes)
        accepted = typed[[each == "accepted" for each in becomes]]
        before = self.rows.get(stream.key)
        self.rows[stream.key] = accepted if before is None else _folded(before, accepted, stream)


@pytest.fixture(scope="session")
def evidence(planted: Planted, sec: Rulebook) -> Evidence:
    found = Evidence()
    for file in planted.truth.files:
        sent = pd.read_csv(planted.folder / file.file, dtype=str, keep_default_na=False)
        found.receive(file, sent, sec.streams[file.stream])
    return found


def _typed(sent: pd.DataFrame, stream: Stream) -> pd.DataFrame:
    columns = {name: _column(sent[name], column.type) for name, column in stream.columns.items()}
    typed = pd.DataFrame(columns)
    for name, column in stream.columns.items():
        if column.type == "instant":
            typed[f"{name}__day"] = typed[name].dt.tz_convert(LONDON).dt.tz_localize(None).dt.normalize()
    return typed


def _column(cells: pd.Series, kind: str) -> pd.Series:
    if kind == "count":
        return pd.to_numeric(cells).astype("Int64")
    if kind == "day":
        return pd.to_datetime(cells.where(cells != ""), format="ISO8601")
    if kind != "instant":
        return cells.where(cells != "")
    offset = cells.str.contains(r"(?:Z|[+-]\d\d:\d\d)$")
    naive = pd.to_datetime(cells.where(~offset & (cells != "")), format="ISO8601", errors="coerce")
    local = naive.dt.tz_localize(LONDON, ambiguous="NaT", nonexistent="NaT").dt.tz_convert("UTC")
    stated = pd.to_datetime(cells.where(offset), format="ISO8601", utc=True, errors="coerce")
    return stated.dt.as_unit("us").fillna(local.dt.as_unit("us"))


def _judged(
    typed: pd.DataFrame, sent: pd.DataFrame, stream: Stream, received_at: str
) -> tuple[pd.DataFrame, list[str]]:
    """Say of every row whether it is accepted, held or refused."""
    refused, held = sent.duplicated(), _in_doubt(typed, stream, pd.Timestamp(received_at))
    for name, column in stream.columns.items():
        written, labels = sent[name] != "", column.values  # noqa: PD011 - not a table's
        refused |= ~written & column.required
        refused |= written & ~sent[name].isin(labels or sent[name])
        if column.type == "instant":
            unread = written & typed[name].isna()
            # The hour shown twice is in doubt; anything else that cannot be read is refused.
            twice = sent[name].str.startswith("2020-10-25T01:")
            held |= unread & twice
            refused |= unread & ~twice
    pairs = zip(refused, held, strict=True)
    return typed, ["refused" if bad else "held" if doubt else "accepted" for bad, doubt in pairs]


def _in_doubt(typed: pd.DataFrame, stream: Stream, received_at: pd.Timestamp) -> pd.Series:
    """Tell which rows lie in the future, run backwards or are a part larger than its whole."""
    doubt = pd.Series(data=False, index=typed.index)
    tested = {stream.partition, *(name for hold in stream.holds for name in hold.in_order)}
    for name in tested - {"none", *FUTURE_BY_NATURE}:
        if stream.columns[name].type == "instant":
            doubt |= (typed[name] > received_at).fillna(value=False)
    for hold in stream.holds:
        for one, other in pairwise(hold.in_order):
            doubt |= (typed[other] < typed[one]).fillna(value=False)
        for part, whole in pairwise(hold.at_most):
            doubt |= (typed[part] > typed[whole]).fillna(value=False)
    return doubt


def _folded(before: pd.DataFrame, after: pd.DataFrame, stream: Stream) -> pd.DataFrame:
    """Return the rows once a later file took the place of what it replaces."""
    if stream.upsert:
        scope = list(stream.row_key)
    else:
        day = f"{stream.partition}__day"
        scope = [day if name == "day" else name for name in stream.replaces]
    replaced = pd.MultiIndex.from_frame(after[scope].astype(str)).unique()
    stays = ~pd.MultiIndex.from_frame(before[scope].astype(str)).isin(replaced)
    return pd.concat([before[stays], after], ignore_index=True)


@pytest.fixture(scope="session")
def known_until(planted: Planted) -> pd.Timestamp:
    after = dt.date.fromisoformat(planted.truth.known_on) + dt.timedelta(days=1)
    return pd.Timestamp(after, tz=LONDON).tz_convert("UTC")

"""The files that the senders of a demo year send, written as they were sent."""

import csv
import datetime as dt
import gzip
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal

from tallystick.demo.plant.clock import as_local, civil_day, in_utc, with_offset
from tallystick.demo.plant.rows import STREAMS, Row, is_instant
from tallystick.demo.plant.scales import LAST_SENT, Scale
from tallystick.demo.truth import TruthFile, digest

PACKED_FROM = 5_000  # rows from which a packed year writes .csv.gz
# Senders write time in three ways; what is not named here is written in UTC.
WRITTEN = {
    "han_commands": with_offset,
    "round_trips": with_offset,
    "device_events": with_offset,
    "outages": with_offset,
    "incidents": as_local,
    "hub_installs": as_local,
    "hub_returns": as_local,
    "certificate_requests": as_local,
}
# What is learnt later: left empty in a file that was sent before.
ANSWERS = {
    "incidents": ("responded_at", "resolved_at"),
    "rdp_incidents": ("resolved_at",),
    "hub_installs": ("connected_at",),
    "inventory": ("until_at",),
    "firmware_payloads": ("completed_at",),
    "round_trips": ("returned_at",),
}
UNRESOLVED = {"incidents": {"resolution": None, "status": "open"}, "rdp_incidents": {"status": "open"}}
BY_KEY = ("incidents", "rdp_incidents", "inventory", "outages")  # registers: corrected row by row


@dataclass(frozen=True)
class Spoilt:
    """A row that cannot be counted: a copy of a good one with other cells, refused or held."""

    like: Row
    cells: dict[str, str]
    becomes: Literal["held", "refused"]


@dataclass(frozen=True)
class Parcel:
    """One file of a stream, with what its sender says of it."""

    stream: str
    name: str
    received_at: int
    rows: Sequence[Row]
    period: str | None = None
    party: str | None = None
    spoilt: tuple[Spoilt, ...] = ()


@dataclass
class Post:
    """Files written so far; they are numbered once all are known, in the order of their receipt."""

    folder: Path
    scale: Scale
    _sent: list[tuple[TruthFile, str, Path]] = field(default_factory=list)

    def send(self, parcel: Parcel) -> None:
        """Write a file."""
        content = _csv(parcel)
        packed = self.scale.packed and len(parcel.rows) >= PACKED_FROM
        if packed:
            content = gzip.compress(content, compresslevel=4, mtime=0)
        loose = self.folder / f".{len(self._sent):05}"
        loose.write_bytes(content)
        held = sum(row.becomes == "held" for row in parcel.spoilt)
        refused = len(parcel.spoilt) - held
        name = f"{parcel.stream}-{parcel.name}.csv{'.gz' if packed else ''}"
        sent = TruthFile(
            file=name,
            stream=parcel.stream,
            party=parcel.party,
            period=parcel.period,
            received_at=in_utc(parcel.received_at),
            sha256=digest(content),
            rows=len(parcel.rows) + len(parcel.spoilt),
            accepted=len(parcel.rows),
            held=held,
            refused=refused,
        )
        self._sent.append((sent, in_utc(parcel.received_at), loose))

    def numbered(self) -> tuple[TruthFile, ...]:
        """Give every file its number, in the order of receipt, and return them so."""
        order = list(STREAMS)
        # Registers and lists come before what is matched against them on the same day.
        self._sent.sort(key=lambda sent: (sent[1], order.index(sent[0].stream)))
        found = []
        for number, (sent, _, loose) in enumerate(self._sent, 1):
            file = f"evidence/{number:03}-{sent.file}"
            loose.rename(self.folder.parent / file)
            found.append(TruthFile(**{**vars(sent), "file": file}))
        self._sent.clear()
        return tuple(found)

    def deliver(self, stream: str, rows: Sequence[Row], at: str, spoilt: dict[str, list[Spoilt]]) -> None:
        """Send the rows in the files of the year, each as its sender knew it on the day.

        What happened after the year, and the days on which more is known by now, follow in a last file.
        """
        columns = ANSWERS.get(stream, ())
        later, days = [], set()
        for cut in self.scale.cuts:
            own = [row for row in rows if cut.first <= civil_day(getattr(row, at)) <= cut.last]
            known = [as_known(stream, row, columns, cut.received_at) for row in own]
            changed = [row for row, sent in zip(own, known, strict=True) if row != sent]
            later += changed
            days |= {civil_day(getattr(row, at)) for row in changed}
            bad = tuple(spoilt.get(cut.name, ()))
            period = self.scale.register_period(cut) if stream in BY_KEY else cut.period
            self.send(Parcel(stream, cut.name, cut.received_at, known, period, spoilt=bad))
        last = self.scale.cuts[-1].last
        if stream not in BY_KEY:
            later = [row for row in rows if civil_day(getattr(row, at)) in days]
        later += [row for row in rows if civil_day(getattr(row, at)) > last]
        if later:
            self.send(Parcel(stream, "settled", LAST_SENT, later))


def as_known(stream: str, row: Row, columns: Iterable[str], on: int) -> Row:
    """Return the row as it was known at an instant: what was answered later is still empty."""
    later = {name: None for name in columns if (getattr(row, name) or 0) > on}
    if not later:
        return row
    unresolved = UNRESOLVED.get(stream, {}) if "resolved_at" in later else {}
    return row._replace(**later, **unresolved)  # type: ignore[arg-type]


def _csv(parcel: Parcel) -> bytes:
    columns = STREAMS[parcel.stream]._fields
    write = WRITTEN.get(parcel.stream, in_utc)
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    instants = [is_instant(column) for column in columns]
    writer.writerows(_cells(row, instants, write) for row in parcel.rows)
    for bad in parcel.spoilt:
        cells = dict(zip(columns, _cells(bad.like, instants, write), strict=True))
        writer.writerow([bad.cells.get(column, cells[column]) for column in columns])
    return text.getvalue().encode()


def _cells(row: Row, instants: list[bool], write: Any) -> list[Any]:
    return [
        write(cell) if timed and cell is not None else _plain(cell)
        for cell, timed in zip(row, instants, strict=True)
    ]


def _plain(cell: object) -> object:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, dt.date) else cell

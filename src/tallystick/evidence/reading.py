"""A file that was sent, read for the rows of a stream.

`read_file` looks the file over, has it read and counted by two limited processes, and answers with typed
rows in three places and with what is wrong, row by row. Whatever the file holds, the answer is a `Reading`
or `UnableToRead`.
"""

import datetime as dt
import hashlib
import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO, Literal

from tallystick.evidence.apart import Answer, Progress, run_apart
from tallystick.evidence.limits import MOST_PROBLEMS, Limits, megabytes
from tallystick.evidence.plan import ColumnPlan, HoldPlan, LogPlan, Plan, TakePlan, microseconds
from tallystick.evidence.preflight import preflight
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.row_problems import RowProblem
from tallystick.rulebook.code import Code
from tallystick.rulebook.streams import EventLog, Stream

__all__ = ["MOST_PROBLEMS", "How", "Limits", "Reading", "RowProblem", "UnableToRead", "read_file"]

Run = Callable[[Plan, Path, Path, dict[str, dict[str, Path]], Progress | None], dict[str, Answer]]


@dataclass(frozen=True)
class How:
    """How a file is to be read.

    `received_at` is when it reached us, with its offset. `party` is whose submission it is: rows of another
    refuse it. `name` is what the sender called the file, where it is kept under another name. `progress`
    is told the rows so far and an estimate of them all, a few times a second.
    """

    received_at: dt.datetime
    party: str | None = None
    encoding: Literal["utf-8", "cp1252"] = "utf-8"
    limits: Limits = field(default_factory=Limits)
    progress: Progress | None = None
    name: str = ""


@dataclass(frozen=True)
class Reading:
    """What a file came to: rows == accepted_rows + held_rows + refused_rows == counted.

    `accepted` and `held` are Arrow files of typed rows, `_row` first; `refused` is CSV of the rows as they
    were sent, with their problems in a last column. `problems` are the first MOST_PROBLEMS. Rows of a log
    are its cases.
    """

    accepted: Path
    held: Path
    refused: Path
    problems: tuple[RowProblem, ...]
    rows: int
    accepted_rows: int
    held_rows: int
    refused_rows: int
    counted: int
    format: str
    sha256: str
    size: int
    notes: tuple[str, ...]
    correction_of: str | None = None


def read_file(file: Path, stream: Stream, code: Code, *, scratch: Path, how: How) -> Reading:
    """Return what a file holds for a stream. `scratch` is an existing folder for the answer's files alone.

    :raises UnableToRead: if the file as a whole is refused
    """
    return read_with(run_apart, file, stream, code, scratch=scratch, how=how)


def read_with(run: Run, file: Path, stream: Stream, code: Code, *, scratch: Path, how: How) -> Reading:
    """Read a file, its jobs done by `run`."""
    try:
        with file.open("rb") as opened, ThreadPoolExecutor(1) as pool:
            format_ = preflight(opened, how.name or file.name, how.limits)
            before = _state(opened)
            digest = pool.submit(_sha256, file)
            plan = plan_of(stream, code, how, format_)
            found = _joined(run(plan, file, scratch, _jobs(plan, scratch), how.progress), plan)
            if _state(opened) != before:
                raise UnableToRead("The file changed while it was read. Send it again.")
            return _reading(found, plan, scratch, digest.result(), before[0])
    except OSError as error:
        raise UnableToRead(f"The file could not be opened: {error.strerror or 'unknown reason'}.") from None


def plan_of(stream: Stream, code: Code, how: How, format_: str) -> Plan:
    """Return what a reader has to know of the stream."""
    return Plan(
        stream=stream.key,
        format=format_,
        columns=tuple(
            ColumnPlan(name, column.type, column.required, column.values, column.signed)
            for name, column in stream.columns.items()
        ),
        row_key=stream.row_key,
        time_zone=code.time_zone,
        received_at=microseconds(how.received_at),
        partition="" if stream.partition == "none" else stream.partition,
        party_column=stream.party or "",
        party=how.party or "",
        encoding=how.encoding,
        holds=tuple(
            HoldPlan(hold.in_order, hold.at_most, hold.sums_to, tuple(hold.unless.items()), hold.because)
            for hold in stream.holds
        ),
        log=_log_plan(stream.event_log) if stream.event_log else None,
        limits=how.limits,
    )


def _log_plan(log: EventLog) -> LogPlan:
    takes = (
        TakePlan(name, take.attribute, take.of, tuple(take.where.items()), take.empty)
        for name, take in log.takes.items()
    )
    return LogPlan(log.case, log.at, tuple(takes))


def _jobs(plan: Plan, scratch: Path) -> dict[str, dict[str, Path]]:
    """Return the jobs and where they write. A workbook is counted by its reader, from the sheet's XML."""
    pairs = {name: scratch / f"{name}.arrow" for name in ("accepted", "held", "accepted_again", "held_again")}
    jobs: dict[str, dict[str, Path]] = {"read": {**pairs, "refused": scratch / "refused.csv"}}
    return jobs if plan.format == "xlsx" else {**jobs, "count": {}}


def _joined(answers: dict[str, Answer], plan: Plan) -> Answer:
    """Return the reader's answer with the second count in it.

    :raises UnableToRead: if either failed, or they do not agree
    """
    for answer in answers.values():
        if "refusal" in answer:
            raise UnableToRead(answer["refusal"])
        if "broken" in answer:
            raise UnableToRead(_broken(answer["broken"], plan.limits))
    found = answers["read"]
    counted = answers["count"]["counted"] if "count" in answers else found["counted"]
    told = found["accepted"] + found["held"] + found["refused"]
    if not counted == found["rows"] == told:
        raise UnableToRead(
            f"The file was read as {found['rows']:,} rows and counted as {counted:,}; nothing was taken in. "
            "Save it anew and send it again."
        )
    return {**found, "counted": counted}


def _broken(kind: str, limits: Limits) -> str:
    if kind == "memory":
        return f"The file could not be read within {megabytes(limits.memory)} of memory. Split it."
    return f"The file could not be read ({kind}). It may be damaged; save it anew and send it again."


def _reading(found: Answer, plan: Plan, scratch: Path, digest: str, size: int) -> Reading:
    accepted, held, accepted_again, held_again = (
        scratch / f"{name}.arrow" for name in ("accepted", "held", "accepted_again", "held_again")
    )
    if found["again"]:
        accepted_again.replace(accepted)
        held_again.replace(held)
    for left in (accepted_again, held_again, *scratch.glob("*.json"), *scratch.glob("*.log")):
        left.unlink(missing_ok=True)
    return Reading(
        accepted=accepted,
        held=held,
        refused=scratch / "refused.csv",
        problems=tuple(RowProblem(**problem) for problem in found["problems"]),
        rows=found["rows"],
        accepted_rows=found["accepted"],
        held_rows=found["held"],
        refused_rows=found["refused"],
        counted=found["counted"],
        format=plan.format,
        sha256=digest,
        size=size,
        notes=tuple(_notes(found)),
        correction_of=found["correction_of"] or None,
    )


def _notes(found: dict[str, Any]) -> list[str]:
    notes: list[str] = list(found["notes"])
    if found["rows"] == 0:
        notes.append("The file has a header and no rows.")
    if not found.get("apart", True):
        notes.append("This machine did not allow the reader a network of its own; it could open no socket.")
    return notes


def _state(file: BinaryIO) -> tuple[int, int]:
    status = os.fstat(file.fileno())
    return status.st_size, status.st_mtime_ns


def _sha256(file: Path) -> str:
    with file.open("rb") as opened:
        return hashlib.file_digest(opened, "sha256").hexdigest()

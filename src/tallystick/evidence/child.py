"""The process that reads a file: it imports, then limits itself, then opens nothing more.

It is started with what it needs and no more: the plan on its standard input, and the numbers of the open
files. It answers in JSON, in a file that its parent opened.
"""

import importlib
import json
import os
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, BinaryIO

from tallystick.evidence.confinement import confine, leave_network
from tallystick.evidence.plan import Plan, plan_from_json
from tallystick.evidence.refusals import UnableToRead

JOBS = {"read": "tallystick.evidence.reading_job", "count": "tallystick.evidence.second_count"}
LEAST_WRITTEN = 256 * 1024**2
OUT_OF_MEMORY = 77  # the code it ends with where there was too little even to answer
GROWTH = 8  # a row as typed columns takes at most so many times the bytes of its text

Progress = Callable[[int, int | None], None]
Job = Callable[[Plan, dict[str, BinaryIO], Progress], dict[str, Any]]


@dataclass(frozen=True)
class Errand:
    """What the parent asks: which job, on which plan, with which open files by name."""

    job: str
    plan: Plan
    files: dict[str, int]
    size: int


def main() -> None:
    """Do the errand and end at once.

    Nothing is torn down: the threads of a library, taken apart while they still work, would abort a process
    that has long given its answer.
    """
    try:
        _run()
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    os._exit(0)


def _run() -> None:
    apart = leave_network()
    errand = _errand(json.load(sys.stdin))
    job, make_ready = job_named(errand.job), _preparation(errand.job)
    files = {name: _opened(name, number) for name, number in errand.files.items()}
    make_ready(errand.plan)
    confine(errand.plan.limits, _most_written(errand))
    with files.pop("answer") as place, files.pop("progress") as listener:

        def tell(rows: int, read: int | None) -> None:
            listener.write(f"{rows} {-1 if read is None else read}\n".encode())

        answer = {"apart": apart, **answer_of(job, errand.plan, files, tell)}
        place.write(json.dumps(answer).encode())


def job_named(name: str) -> Job:
    """Import everything a job needs and return it."""
    run: Job = importlib.import_module(JOBS[name]).run
    return run


def answer_of(job: Job, plan: Plan, files: dict[str, BinaryIO], progress: Progress) -> dict[str, Any]:
    """Return what the job found, or why it could not be done. Whatever the file makes fail is an answer."""
    try:
        return job(plan, files, progress)
    except UnableToRead as refusal:
        return {"refusal": str(refusal)}
    except MemoryError:
        return {"broken": "memory"}
    except (KeyboardInterrupt, SystemExit):
        raise
    except BaseException as error:  # noqa: BLE001  a parser written in another language may panic past Exception
        traceback.print_exc()  # to the log in scratch, for whoever keeps the program; never to the sender
        return {"broken": type(error).__name__}


def _preparation(name: str) -> Callable[[Plan], None]:
    """Return what loads all that Python otherwise opens at its first use, when nothing can be opened."""
    make_ready: Callable[[Plan], None] = importlib.import_module(JOBS[name]).make_ready
    return make_ready


def _errand(given: dict[str, Any]) -> Errand:
    return Errand(given["job"], plan_from_json(given["plan"]), given["files"], given["size"])


def _opened(name: str, number: int) -> BinaryIO:
    """Return an open file by its number; batches are large, and a buffer would only copy them."""
    opened: BinaryIO = os.fdopen(number, {"source": "rb", "progress": "wb"}.get(name, "r+b"), buffering=0)  # type: ignore[assignment]  # the mode is always binary
    return opened


def _most_written(errand: Errand) -> int:
    """Return how many bytes one output may have: compressed files are judged by what they may unpack to."""
    limits = errand.plan.limits
    unpacked = errand.size if errand.plan.format == "csv" else max(limits.csv_bytes, limits.log_bytes)
    return max(LEAST_WRITTEN, GROWTH * unpacked)

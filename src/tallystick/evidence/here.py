"""The reader's jobs done in this process: only for text that the rulebook itself carries, never an upload."""

import contextlib
from pathlib import Path
from typing import BinaryIO

from tallystick.evidence.apart import Answer, Progress
from tallystick.evidence.child import answer_of, job_named
from tallystick.evidence.plan import Plan


def run_here(
    plan: Plan, source: Path, scratch: Path, jobs: dict[str, dict[str, Path]], progress: Progress | None
) -> dict[str, Answer]:
    """Return the answers of the jobs, one after the other."""
    del scratch, progress
    answers: dict[str, Answer] = {}
    for name, outputs in jobs.items():
        with contextlib.ExitStack() as stack:
            files: dict[str, BinaryIO] = {"source": stack.enter_context(source.open("rb"))}
            files |= {out: stack.enter_context(path.open("w+b")) for out, path in outputs.items()}
            answers[name] = answer_of(job_named(name), plan, files, _silent)
    return answers


def _silent(rows: int, estimate: int | None) -> None:
    """Say nothing: an example is a handful of rows."""

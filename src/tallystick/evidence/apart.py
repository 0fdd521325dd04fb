"""Jobs given to processes of their own, and what comes of them."""

import contextlib
import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, Self

from tallystick.evidence.child import OUT_OF_MEMORY
from tallystick.evidence.limits import Limits, megabytes
from tallystick.evidence.plan import Plan
from tallystick.evidence.refusals import UnableToRead

START = (
    "import sys, json; sys.path[:] = json.loads(sys.argv[1]); "
    "from tallystick.evidence.child import main; main()"
)
SURROUNDINGS = {"ARROW_DEFAULT_MEMORY_POOL": "system", "OPENBLAS_NUM_THREADS": "1", "LC_ALL": "C.UTF-8"}
WAIT = 0.05
BETWEEN_NEWS = 0.25
PIPE = 1 << 16
OVERWORKED = (-signal.SIGXCPU, -signal.SIGKILL, OUT_OF_MEMORY)

Progress = Callable[[int, int | None], None]
Answer = dict[str, Any]


def run_apart(
    plan: Plan, source: Path, scratch: Path, jobs: dict[str, dict[str, Path]], progress: Progress | None
) -> dict[str, Answer]:
    """Return the answers of jobs that read the same file side by side, each in a limited process.

    `jobs` gives each job the files it writes. They are waited for in their order; the first that fails ends
    the others, as does an exception here.

    :raises UnableToRead: if a process was ended for using too much, or broke down
    """
    deadline = time.monotonic() + plan.limits.seconds
    with contextlib.ExitStack() as stack:
        started = {
            name: stack.enter_context(_Process(name, plan, source, scratch, outputs))
            for name, outputs in jobs.items()
        }
        answers = {}
        for name, process in started.items():
            process.wait(deadline, progress)
            answers[name] = process.answer()
            if answers[name].keys() & {"refusal", "broken"}:
                break
        return answers


class _Process:
    """One job in one process. Leaving the context ends the process, whatever it is doing."""

    def __init__(self, job: str, plan: Plan, source: Path, scratch: Path, outputs: dict[str, Path]) -> None:
        self._job = job
        self._plan = plan
        self._answer = scratch / f"{job}.json"
        self._told = 0.0
        with contextlib.ExitStack() as stack:
            named = {**outputs, "answer": self._answer}
            files: dict[str, Any] = {
                name: stack.enter_context(path.open("w+b")) for name, path in named.items()
            }
            files["source"] = stack.enter_context(source.open("rb", buffering=0))
            self._size = os.fstat(files["source"].fileno()).st_size
            read, write = os.pipe()
            self._news = os.fdopen(read, "rb", buffering=0)
            os.set_blocking(read, False)
            files["progress"] = stack.enter_context(os.fdopen(write, "wb", buffering=0))
            log = stack.enter_context((scratch / f"{job}.log").open("wb"))
            self._process = self._started({name: file.fileno() for name, file in files.items()}, log)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self._news.close()

    def wait(self, deadline: float, progress: Progress | None) -> None:
        """Wait until the process has ended, telling its progress.

        :raises UnableToRead: if it has not ended by the deadline
        """
        with selectors.DefaultSelector() as listening:
            listening.register(self._news, selectors.EVENT_READ)
            while self._process.poll() is None:
                if time.monotonic() > deadline:
                    raise UnableToRead(_overworked(self._plan.limits))
                listening.select(WAIT)
                if not self._tell(progress):
                    break
        try:
            self._process.wait(max(deadline - time.monotonic(), WAIT))
        except subprocess.TimeoutExpired:
            raise UnableToRead(_overworked(self._plan.limits)) from None

    def answer(self) -> Answer:
        """Return what the process found.

        :raises UnableToRead: if it ended without an answer
        """
        code = self._process.returncode
        if code in OVERWORKED:
            raise UnableToRead(_overworked(self._plan.limits))
        try:
            answer: Answer = json.loads(self._answer.read_bytes())
        except ValueError:
            answer = {}
        if code or not answer:
            how = f"signal {-code}" if code < 0 else f"code {code}"
            raise UnableToRead(
                f"The file could not be read: its reader stopped ({how}). It may be damaged; save it anew."
            )
        return answer

    def _started(self, files: dict[str, int], log: IO[bytes]) -> subprocess.Popen[bytes]:
        path = json.dumps([os.path.abspath(place) for place in sys.path if place])  # noqa: PTH100  may be a zip
        process = subprocess.Popen(  # noqa: S603  our own interpreter, and nothing of the file on its line
            [sys.executable, "-I", "-c", START, path],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=log,
            pass_fds=tuple(files.values()),
            env={**SURROUNDINGS, "PATH": os.defpath},
            cwd="/",
        )
        errand = {"job": self._job, "plan": self._plan.as_json(), "files": files, "size": self._size}
        if process.stdin is not None:
            with contextlib.suppress(BrokenPipeError), process.stdin as given:
                given.write(json.dumps(errand).encode())
        return process

    def _tell(self, progress: Progress | None) -> bool:
        """Pass on the last of the news, not too often; tell whether more may come."""
        try:
            news = self._news.read(PIPE)
        except BlockingIOError:
            return True
        if news is None:
            return True
        lines = news.decode().split("\n")
        if progress is not None and len(lines) > 1 and time.monotonic() - self._told > BETWEEN_NEWS:
            self._told = time.monotonic()
            rows, read = (int(word) for word in lines[-2].split())
            progress(rows, max(rows, rows * self._size // read) if read > 0 else None)
        return bool(news)


def _overworked(limits: Limits) -> str:
    return (
        f"The file could not be read within {limits.seconds:,} seconds and "
        f"{megabytes(limits.memory)} of memory. Split it."
    )

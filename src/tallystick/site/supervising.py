"""Two processes kept going side by side: one that answers pages, and one worker."""

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections import deque
from pathlib import Path
from types import FrameType

from tallystick.site import tied

WORKERS = 2
THREADS = 4
WAITING_CONNECTIONS = 128
MOST_RESTARTS = 5
MINUTE = 60.0
LOOK_EVERY = 0.2
PATIENCE = 15.0
APPLICATION = "tallystick.site.wsgi:application"


class UnableToServe(Exception):
    """What answers pages has ended by itself, or the worker ends again and again."""


class Restarts:
    """Counts how often something was started anew, and says when that is too often."""

    def __init__(self, most: int = MOST_RESTARTS, within: float = MINUTE) -> None:
        self._most = most
        self._within = within
        self._at: deque[float] = deque()

    def may_start(self, now: float) -> bool:
        """Note a start at a moment, in seconds; tell whether it was not one too many."""
        self._at.append(now)
        while self._at and now - self._at[0] > self._within:
            self._at.popleft()
        return len(self._at) <= self._most


def pages_command(host: str, port: int) -> list[str]:
    """Return the command of the process that answers pages."""
    return [
        *(sys.executable, "-m", "granian", "--interface", "wsgi", "--no-access-log"),
        *("--host", host, "--port", str(port), "--log-level", "warning"),
        *("--workers", str(WORKERS), "--blocking-threads", str(THREADS)),
        *("--backlog", str(WAITING_CONNECTIONS), "--respawn-failed-workers"),
        *("--workers-kill-timeout", "10", APPLICATION),
    ]


def worker_command(home: Path) -> list[str]:
    parent = str(os.getpid())
    return [sys.executable, "-m", "tallystick.site", "work", "--home", str(home), "--parent", parent]


class Supervisor:
    """Starts both, starts the worker again when it dies, and ends both when it is told to end."""

    def __init__(self, pages: list[str], worker: list[str]) -> None:
        self._commands = {"pages": pages, "worker": worker}
        self._running: dict[str, subprocess.Popen[bytes]] = {}
        self._restarts = Restarts()
        self._is_ending = False

    def run(self) -> None:
        """Keep both going until a signal to end.

        :raises UnableToServe: if one of them cannot be kept going
        """
        for kind in (signal.SIGINT, signal.SIGTERM):
            signal.signal(kind, self._end)
        try:
            for name in self._commands:
                self._start(name)
            while not self._is_ending:
                self._look()
                time.sleep(LOOK_EVERY)
        finally:
            self._stop()

    def _end(self, _signal: int, _frame: FrameType | None) -> None:
        self._is_ending = True

    def _start(self, name: str) -> None:
        # a session of its own: a key pressed here reaches the supervisor alone, which ends both in order
        command = tied.command(self._commands[name])
        self._running[name] = subprocess.Popen(command, start_new_session=True)  # noqa: S603

    def _look(self) -> None:
        if self._running["pages"].poll() is not None:
            raise UnableToServe("What answers pages has ended; its own message stands above.")
        if self._running["worker"].poll() is not None:
            if not self._restarts.may_start(time.monotonic()):
                raise UnableToServe(f"The worker ended {MOST_RESTARTS + 1} times within a minute.")
            self._start("worker")

    def _stop(self) -> None:
        for process in self._running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + PATIENCE
        for process in self._running.values():
            try:
                process.wait(max(deadline - time.monotonic(), LOOK_EVERY))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
            with contextlib.suppress(ProcessLookupError):
                # what it started itself and could not end, such as when it was killed
                os.killpg(process.pid, signal.SIGKILL)

"""A line of progress on the terminal: rows, rows a second, time left. Silent anywhere else."""

import sys
import time
from types import TracebackType
from typing import Self

MINUTE = 60


class Progress:
    """Shown on standard error while it is open, if that is a terminal."""

    def __init__(self, *, quiet: bool, label: str) -> None:
        self._silent = quiet or not sys.stderr.isatty()
        self._label = label
        self._started = time.monotonic()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if not self._silent:
            sys.stderr.write("\r\x1b[K")

    def shown(self, done: int, total: int | None) -> None:
        """Show how far it is; `total` is an estimate, or None."""
        if self._silent:
            return
        spent = max(time.monotonic() - self._started, 0.001)
        rate = done / spent
        left = f", {_words((total - done) / rate)} left" if total and done and rate else ""
        sys.stderr.write(f"\r\x1b[K{self._label}: {done:,} rows, {rate:,.0f} a second{left}")
        sys.stderr.flush()


def _words(seconds: float) -> str:
    if seconds < MINUTE:
        return f"{max(seconds, 1):.0f} s"
    return f"{seconds // MINUTE:.0f} min {seconds % MINUTE:.0f} s"

"""Rounds: every contender works once a round, in turn, each in a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from math import comb
from pathlib import Path
from statistics import median
from typing import Any

ROOT = Path(__file__).parents[1]
CERTAIN = 0.95
THREADS = {"POLARS_MAX_THREADS": "2", "OMP_NUM_THREADS": "2"}


class UnableToCompare(Exception):
    """A contender stopped, or two of them found different things."""


@dataclass(frozen=True)
class Contender:
    """Who works: a function `module:name` that is given a folder. `python` is whose environment."""

    name: str
    work: str
    folder: Path
    rounds: int = 5
    python: Path = Path(sys.executable)


@dataclass
class Times:
    """What came of it: the seconds of each round, what was found, the most memory."""

    seconds: list[float] = field(default_factory=list)
    found: dict[str, int] = field(default_factory=dict)
    peak_bytes: int = 0

    @property
    def median(self) -> float:
        return median(self.seconds)


def interleaved(contenders: Sequence[Contender], *, warm: int = 1) -> dict[str, Times]:
    """Let each work its rounds, in turn and starting with another each round; the first ones warm up.

    :raises UnableToCompare: if one stops, or finds something else than the others
    """
    times = {one.name: Times() for one in contenders}
    with ExitStack() as stack:
        workers = {one.name: stack.enter_context(_working(one, times[one.name])) for one in contenders}
        for number in range(-warm, max(one.rounds for one in contenders)):
            turn = number % len(contenders)
            for one in [*contenders[turn:], *contenders[:turn]]:
                if number < one.rounds:
                    said = _asked(workers[one.name], one.name)
                    times[one.name].found = said["found"]
                    if number >= 0:
                        times[one.name].seconds.append(said["seconds"])
    return times


def agreed(times: Mapping[str, Times], names: Sequence[str]) -> dict[str, int]:
    """Return what all of them found.

    :raises UnableToCompare: if they found different things
    """
    first = times[names[0]].found
    for name in names[1:]:
        if times[name].found != first:
            raise UnableToCompare(f"{names[0]} found {first}, {name} found {times[name].found}")
    return first


def ratios(slower: Times, faster: Times) -> list[float]:
    """Return by how much `faster` was faster, round by round."""
    return [a / b for a, b in zip(slower.seconds, faster.seconds, strict=False)]


def interval(values: Sequence[float]) -> tuple[float, float]:
    """Return two of the values between which their median lies with 95 % certainty, whatever their shape.

    How many of n values lie below the true median is a matter of coins thrown.
    """
    ordered, number = sorted(values), len(values)
    below = 0.0
    rank = 0
    for rank in range(number // 2 + 1):
        below += comb(number, rank) / 2**number
        if 2 * below > 1 - CERTAIN:
            break
    rank = max(rank, 1)
    return ordered[rank - 1], ordered[number - rank]


@contextmanager
def _working(one: Contender, times: Times) -> Iterator[subprocess.Popen[str]]:
    command = [str(one.python), "-m", "bench.worker", one.work, str(one.folder)]
    place = {**os.environ, **THREADS}
    with subprocess.Popen(
        command, cwd=ROOT, env=place, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        _said(process, one.name)
        yield process
        if process.stdin is not None:
            process.stdin.close()
        times.peak_bytes = _said(process, one.name)["peak_bytes"]


def _asked(process: subprocess.Popen[str], name: str) -> dict[str, Any]:
    if process.stdin is None:
        raise UnableToCompare(f"{name} cannot be spoken to.")
    process.stdin.write("\n")
    process.stdin.flush()
    return _said(process, name)


def _said(process: subprocess.Popen[str], name: str) -> dict[str, Any]:
    for line in process.stdout or ():
        if line.startswith("{"):  # what libraries print is passed over
            return dict(json.loads(line))
    raise UnableToCompare(f"{name} stopped; what it said is above.")

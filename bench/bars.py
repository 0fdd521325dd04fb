"""Every bar's figure and the rounds it comes from. Times are in seconds; the units are in bars.toml."""

import json
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any

from bench.data import Dataset
from bench.layout import bytes_a_row
from bench.rounds import ROOT, Contender, Times, agreed, interleaved, interval, ratios

MANY = 21
FEW = 5
STARTS = 9
GIGABYTE = 1e9
PEERS = ROOT / "build" / "peers" / "bin" / "python"
Figures = dict[str, dict[str, Any]]


@dataclass(frozen=True)
class Plan:
    """What to run: the rows at hand by size, and the logs of events."""

    size: str
    rows: Dataset
    smaller: dict[str, Dataset] = field(default_factory=dict)


def grains(plan: Plan) -> Figures:
    """Twelve grains: ours, by hand on the same files, by hand on those received, and our own scan."""
    folder = plan.rows.folder
    times = interleaved(
        [
            Contender("ours", "bench.ours:grains", folder, MANY),
            Contender("by_hand", "bench.handwritten:stored_grains", folder, MANY),
            Contender("as_received", "bench.handwritten:received_grains", folder, FEW),
            Contender("scan", "bench.handwritten:stored_scan", folder, FEW),
        ]
    )
    found = agreed(times, ["ours", "by_hand", "as_received"])
    by_round = ratios(times["by_hand"], times["ours"])
    low, high = interval(by_round)
    scan = {"scan_of_ours": round(median(ratios(times["scan"], times["ours"])), 3)}
    said = {"found": found, "seconds": seconds(times), **scan}
    gain = ratios(times["as_received"], times["ours"])
    sizes = {name: round(value, 2) for name, value in bytes_a_row(folder).items()}
    return {
        "grade_vs_handwritten": {**figure(by_round), "low": round(low, 3), "high": round(high, 3), **said},
        "layout_gain": {**figure(gain), "seconds": seconds(times)},
        "bytes_a_row": {"figure": sizes["read"], **sizes},
    }


def frames(plan: Plan) -> Figures:
    """The finest grain: ours, pandas and Polars. A pandas tuned by an expert is printed beside."""
    folder = plan.rows.folder
    times = interleaved(
        [
            Contender("ours", "bench.ours:finest", folder),
            Contender("pandas", "bench.frames:with_pandas", folder),
            Contender("tuned_pandas", "bench.frames:with_tuned_pandas", folder),
            Contender("polars", "bench.frames:with_polars", folder),
        ]
    )
    agreed(times, list(times))
    made = plan.rows.made
    taking_in = {"taking_in_seconds": made["service_requests_taking_in_seconds"]}
    tuned = {"tuned": round(median(ratios(times["tuned_pandas"], times["ours"])), 2)}
    return {
        "vs_pandas": {
            **figure(ratios(times["pandas"], times["ours"])),
            "seconds": seconds(times),
            **tuned,
            **taking_in,
        },
        "vs_polars": {
            **figure(ratios(times["polars"], times["ours"])),
            "seconds": seconds(times),
            **taking_in,
        },
    }


def late_day(plan: Plan) -> Figures:
    """A restated day against the whole month."""
    command = [sys.executable, "-m", "bench.late_day", str(plan.rows.folder)]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    rounds = json.loads(said.splitlines()[-1])
    gains = [whole / late for whole, late in zip(rounds["whole"], rounds["late"], strict=True)]
    return {"late_day": {**figure(gains), "seconds": rounds}}


def follows(log: Dataset) -> Figures:
    """A duty over time against PM4Py, which lives in an environment of its own and may be absent."""
    if not PEERS.exists():
        return {}
    times = interleaved(
        [
            Contender("ours", "bench.ours:duties", log.folder),
            Contender("declare", "bench.pm4py.run:declare", log.folder, python=PEERS),
            Contender("eventually", "bench.pm4py.run:eventually", log.folder, python=PEERS),
        ]
    )
    ours, theirs = times["ours"].found, times["eventually"].found
    return {
        f"follows_vs_{name}": {
            **figure(ratios(times[name], times["ours"])),
            "seconds": seconds(times),
            "found": {"ours": ours, "eventually": theirs, "declare": times["declare"].found},
        }
        for name in ("declare", "eventually")
    }


def follows_scan(log: Dataset) -> Figures:
    """A duty over time against reading its columns."""
    times = interleaved(
        [
            Contender("ours", "bench.ours:duties", log.folder),
            Contender("scan", "bench.handwritten:events_scan", log.folder),
        ]
    )
    parts = ratios(times["scan"], times["ours"])
    return {"follows_vs_scan": {**figure(parts), "seconds": seconds(times)}}


def memory(plan: Plan) -> Figures:
    """The most memory of a process that grades a month, at each size there is."""
    peaks = {}
    for size, rows in {**plan.smaller, plan.size: plan.rows}.items():
        times = interleaved([Contender(size, "bench.ours:month", rows.folder, 1)])
        peaks[size] = round(times[size].peak_bytes / GIGABYTE, 3)
    return {"peak_memory": {"figure": peaks[plan.size], "gigabytes": peaks}}


def receive(folder: Path, rows: int) -> Figures:
    """Rows of CSV taken in in a second, and how much longer that takes than a bare reading."""
    times = interleaved(
        [
            Contender("ours", "bench.receive:ours", folder),
            Contender("bare", "bench.receive:bare", folder),
        ]
    )
    found = agreed(times, ["ours", "bare"])
    speeds = [found["rows"] / taken for taken in times["ours"].seconds]
    slower = median(ratios(times["ours"], times["bare"]))
    said = {"seconds": seconds(times), "times_a_bare_read": round(slower, 1), "rows_of_file": rows}
    return {"receive_csv": {**figure(speeds, 0), **said}}


def start() -> Figures:
    """The command line's help as a whole process."""
    taken = []
    for _ in range(STARTS):
        before = time.perf_counter()
        command = [sys.executable, "-m", "tallystick.site", "--help"]
        subprocess.run(command, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
        taken.append(round(time.perf_counter() - before, 4))
    return {"start": figure(taken)}


def figure(rounds: list[float], places: int = 3) -> dict[str, Any]:
    return {"figure": round(median(rounds), places), "rounds": [round(one, places) for one in rounds]}


def seconds(times: dict[str, Times]) -> dict[str, float]:
    """Return the median of each, for reading; ratios come from the rounds."""
    return {name: round(one.median, 4) for name, one in times.items()}

"""Run the benchmarks: `python bench/run.py --rows 1m|10m|100m`; `bench/judge.py` compares with the bars.

Figures of earlier runs, at other sizes or of other parts, stay in `bench/results.json`; each says of which
day and engine it is.
"""

import argparse
import json
import os
import platform
import sys
import traceback
from collections.abc import Callable, Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))  # run as a file, `bench` has to be made known first
from bench import bars, data, plans, receive
from tallystick.measures.engine import engine

RESULTS = Path(__file__).parent / "results.json"
SIZES = ("1m", "10m", "100m")
NAMED = ("tallystick", "duckdb", "ibis-framework", "pyarrow", "numpy", "pandas", "polars")
Step = Callable[[], bars.Figures]


def main() -> None:
    parser = argparse.ArgumentParser(description="Run the benchmarks.")
    parser.add_argument("--rows", choices=SIZES, default="10m")
    parser.add_argument("--date", default="", help="the day of the run, to be written down")
    parser.add_argument("--only", nargs="*", default=(), help="only these steps")
    asked = parser.parse_args()
    kept = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    before = kept.get("sizes", {}).get(asked.rows, {}).get("figures", {}) if asked.only else {}
    figures: bars.Figures = dict(before)
    for name, step in steps(asked.rows):
        if not asked.only or name in asked.only:
            print(f"{name} ...", file=sys.stderr, flush=True)
            when = {"date": asked.date, "engine": engine(), "load_before": round(os.getloadavg()[0], 2)}
            figures |= {bar: {**said, "when": when} for bar, said in attempted(name, step).items()}
    run = {"date": asked.date, "machine": machine(), "versions": versions(), "figures": figures}
    sizes = {**kept.get("sizes", {}), asked.rows: run}
    written = json.dumps({"last": asked.rows, "sizes": sizes}, indent=1)
    RESULTS.write_text(written + "\n", encoding="utf-8")
    show(asked.rows, figures)


def steps(size: str) -> Iterator[tuple[str, Step]]:
    """Yield what to run at a size; rows are made when they are first needed."""
    rows = data.prepare(size)
    smaller = {one: data.prepare(one) for one in SIZES[: SIZES.index(size)]}
    plan = bars.Plan(size, rows, smaller)
    yield "start", bars.start
    yield "plans", plans.plans
    yield "grains", lambda: bars.grains(plan)
    if size != "100m":
        yield "frames", lambda: bars.frames(plan)
    yield "late_day", lambda: bars.late_day(plan)
    yield "follows", lambda: bars.follows(data.prepare_events("1m"))
    if size != "1m":
        yield "follows_scan", lambda: bars.follows_scan(data.prepare_events("20m"))
    yield "memory", lambda: bars.memory(plan)
    yield "receive", lambda: bars.receive(receive.prepare(), receive.ROWS)


def attempted(name: str, step: Step) -> bars.Figures:
    """Return a step's figures; one that fails leaves them missing, which the judge will say."""
    try:
        found = step()
    except Exception:  # noqa: BLE001 - the other figures are wanted all the same
        traceback.print_exc()
        found = {}
    if not found:
        print(f"{name}: not run", flush=True)
    return found


def machine() -> dict[str, Any]:
    return {
        "processors": os.cpu_count(),
        "system": platform.platform(),
        "processor": processor(),
        "python": platform.python_version(),
    }


def processor() -> str:
    listed = Path("/proc/cpuinfo")
    if not listed.exists():
        return platform.processor()
    lines = listed.read_text(encoding="utf-8").splitlines()
    return next((line.partition(":")[2].strip() for line in lines if line.startswith("model name")), "")


def versions() -> dict[str, str]:
    return {name: version(name) for name in NAMED}


def show(size: str, figures: bars.Figures) -> None:
    """Print the figures with what stands beside them."""
    for name, said in figures.items():
        beside = {key: value for key, value in said.items() if key not in ("figure", "rounds", "when")}
        print(f"{size:>5}  {name:22} {said['figure']:>12,}  {json.dumps(beside)}")


if __name__ == "__main__":
    main()

"""Compare the results with the bars: one line a bar, and 1 where one is short or missing.

`python bench/judge.py [--rows SIZE]` judges the last run, or the one of that size. Standard library only, so
that nothing which is measured has a say.
"""

import argparse
import json
import sys
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

HERE = Path(__file__).parent
Verdict = Literal["ok", "short", "missing", "printed", "not judged"]


@dataclass(frozen=True)
class Line:
    """What is said of one bar."""

    name: str
    figure: float | None
    asked: str
    verdict: Verdict
    beside: str = ""

    def __str__(self) -> str:
        shown = "-" if self.figure is None else f"{self.figure:,}"
        return f"{self.name:22} {shown:>12}  {self.asked:38} {self.verdict}{self.beside}"


def main() -> None:
    parser = argparse.ArgumentParser(description="Compare the results with the bars.")
    parser.add_argument("--rows", help="the size of run to judge; by default the last")
    asked = parser.parse_args()
    bars = tomllib.loads((HERE / "bars.toml").read_text(encoding="utf-8"))
    results = HERE / "results.json"
    if not results.exists():
        sys.exit("There are no results. Run the benchmarks first.")
    told = json.loads(results.read_text(encoding="utf-8"))
    size = asked.rows or told["last"]
    figures = told["sizes"].get(size, {}).get("figures", {})
    lines = list(judged(bars, figures, size))
    print(f"At {size} rows:")
    for line in lines:
        print(line)
    engines = sorted({said.get("when", {}).get("engine", "unknown") for said in figures.values()})
    if len(engines) > 1:
        print(f"Mind that these are figures of several engines: {', '.join(engines)}.")
    sys.exit(any(line.verdict in ("short", "missing") for line in lines))


def judged(bars: Mapping[str, Any], figures: Mapping[str, Any], size: str) -> Iterator[Line]:
    """Yield a line for each bar. One that does not hold at this size is shown where there is a figure."""
    for name, bar in bars.items():
        said = figures.get(name)
        binding = size in bar["sizes"]
        if said is None:
            if binding:
                yield Line(name, None, asked_of(bar), "missing")
            continue
        verdict = verdict_of(bar, said) if binding else "not judged"
        yield Line(name, said["figure"], asked_of(bar), verdict, beside(bar, said))


def verdict_of(bar: Mapping[str, Any], said: Mapping[str, Any]) -> Verdict:
    if bar["judged"] == "printed":
        return "printed"
    if bar["judged"] == "interval":
        return "ok" if reaches(bar, said["high" if "at_least" in bar else "low"]) else "short"
    return "ok" if reaches(bar, said["figure"]) else "short"


def reaches(bar: Mapping[str, Any], figure: float) -> bool:
    return bool(figure >= bar["at_least"] if "at_least" in bar else figure <= bar["at_most"])


def asked_of(bar: Mapping[str, Any]) -> str:
    for word, key in (("at least", "at_least"), ("at most", "at_most"), ("aim", "aim")):
        if key in bar:
            return f"{word} {bar[key]:,} {bar['unit']}"
    return str(bar["unit"])


def beside(bar: Mapping[str, Any], said: Mapping[str, Any]) -> str:
    return f" ({said['low']} to {said['high']})" if bar["judged"] == "interval" else ""


if __name__ == "__main__":
    main()

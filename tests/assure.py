"""Run the tests at full counts, one bar after the other, and print a line for each: `make assurance`.

`LONG=1` runs the longest counts. A bar that fails prints what its tests said, and the whole fails.
"""

import os
import re
import subprocess
import sys
import time
from typing import NamedTuple

LONG = os.environ.get("LONG") == "1"
TAIL = 4000


class Bar(NamedTuple):
    """What is assured, where its tests are, and how many times they try."""

    what: str
    tests: tuple[str, ...]
    counts: dict[str, str]
    on_postgresql: bool = False


BARS = (
    Bar("loader fuzz", ("tests/rulebook/test_fuzz.py",), {"TALLY_FUZZ": "10000"}),
    Bar(
        "kill -9 while receiving, folding and taking in",
        ("tests/evidence", "tests/site/test_taking_in.py"),
        {"TALLY_KILLS": "1000" if LONG else "200", "TALLY_FOLDS": "150"},
    ),
    Bar("kept duties are duties anew", ("tests/measures/test_duties.py",), {"TALLY_DUTIES": "150"}),
    Bar(
        "planted truth is found", ("tests/demo", "tests/site/test_taking_in.py"), {"TALLY_SEEDS": "1 2 3 5 7"}
    ),
    Bar("a second count of random boards", ("tests/decisions",), {"TALLY_BOARDS": "20000"}),
    Bar(
        "a motion's life against its model; votes are cast once, and closes race with them",
        ("tests/decisions/test_life.py", "tests/decisions/test_races.py"),
        {"TALLY_MOTIONS": "5000" if LONG else "500", "TALLY_VOTERS": "200", "TALLY_CLOSES": "50"},
    ),
    Bar(
        "votes are cast once on PostgreSQL, and closes race with them",
        ("tests/decisions/test_races.py",),
        {"TALLY_VOTERS": "200", "TALLY_CLOSES": "50"},
        on_postgresql=True,
    ),
    Bar(
        "votes are cast once over HTTP, and closes race with them",
        ("tests/decisions/test_over_http.py",),
        {"TALLY_VOTERS": "200", "TALLY_CLOSES": "50"},
    ),
    Bar(
        "the same over HTTP on PostgreSQL",
        ("tests/decisions/test_over_http.py",),
        {"TALLY_VOTERS": "200", "TALLY_CLOSES": "50"},
        on_postgresql=True,
    ),
    Bar(
        "courses of matters against their model",
        ("tests/processes/test_life.py", "tests/processes/test_races.py", "tests/cases/test_races.py"),
        {"TALLY_COURSES": "50000" if LONG else "5000"},
    ),
    Bar(
        "a case, its remedy, derogations and appeals against their model",
        ("tests/simulation/test_matters.py",),
        {"TALLY_MATTERS": "2000" if LONG else "100"},
    ),
    Bar(
        "no sequence of forms moves a case, leave or a challenge but by the law",
        ("tests/simulation/test_over_http.py",),
        {"TALLY_POSTS": "20000" if LONG else "1500"},
    ),
    Bar(
        "simulated years of forty parties",
        ("tests/simulation/test_year.py", "tests/simulation/test_seeds.py"),
        {"TALLY_YEARS": "20" if LONG else "1"},
    ),
    Bar(
        "the checker by itself",
        ("tests/verify",),
        {"TALLY_PROOFS": "512", "TALLY_FORGERIES": "250000", "TALLY_BYTES": "1", "TALLY_DATABASES": "2000"},
    ),
    Bar(
        "the journal: proofs, tampers, removed words, the same verdicts on bundles",
        ("tests/journal",),
        {
            "TALLY_PROOFS": "512",
            "TALLY_TAMPERS": "2000",
            "TALLY_REDACTIONS": "500",
            "TALLY_BUNDLES": "10000",
            "TALLY_PEERS": "1",
        },
    ),
    Bar("a witness signs no fork", ("tests/witness",), {"TALLY_FORKS": "1000"}),
    Bar("every cell of the policy; scope is check", ("tests/parties/policy",), {"TALLY_WORLDS": "2000"}),
    Bar(
        "peers tell on nobody",
        ("tests/runs/test_peers.py", "tests/runs/test_peer_attack.py"),
        {"TALLY_WORLDS": "2000"},
    ),
    Bar("every address as the policy says", ("tests/conformance",), {"TALLY_PROBES": "many"}),
    Bar(
        "what is hidden is refused as fast as what is not there",
        ("tests/conformance/test_timing.py",),
        {"TALLY_TIMINGS": "400" if LONG else "100"},
    ),
    Bar(
        "PostgreSQL alone gives nobody a rival's rows",
        ("tests/parties/test_row_security.py", "tests/conformance/test_row_security.py"),
        {"TALLY_WORLDS": "2000", "TALLY_PROBES": "many"},
        on_postgresql=True,
    ),
)


def main() -> None:
    failed = [bar.what for bar in BARS if not holds(bar)]
    print(f"{len(BARS) - len(failed)} of {len(BARS)} bars hold.", *(f"Not: {one}." for one in failed))
    sys.exit(bool(failed))


def holds(bar: Bar) -> bool:
    """Run a bar's tests, print its line, and tell whether it holds."""
    options = ["-q", "-n", "2", "--dist", "loadfile", "-p", "no:cacheprovider"]
    runner = ["tests/on_postgres.sh"] if bar.on_postgresql else [sys.executable, "-m", "pytest", *options]
    command = [*runner, *bar.tests]
    told = {**os.environ, **bar.counts}
    before = time.monotonic()
    done = subprocess.run(command, env=told, capture_output=True, text=True, check=False)
    taken = time.monotonic() - before
    found = re.findall(r"^(?:=+ )?((?:\d+ \w+(?:, )?)+) in ", done.stdout, re.MULTILINE)
    said = found[-1] if found else "did not run"
    counts = " ".join(f"{name}={count}" for name, count in bar.counts.items())
    state = "SHORT" if done.returncode else "ok"
    print(f"{state:5} {bar.what}: {said} in {taken:.0f} s ({counts})", flush=True)
    for counted in re.findall(r"^counted: .*$", done.stdout, re.MULTILINE):
        print(f"      {counted}")
    if done.returncode:
        print(done.stdout[-TAIL:])
    return not done.returncode


if __name__ == "__main__":
    main()

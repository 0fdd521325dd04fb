"""Take in two real logs, assess every month, and compare with an independent count: `bench/trial.py DIR`.

The product receives the files into a store that is removed afterwards. The judge is `bench.recount`, a
process of its own that shares no code with it. Prints both counts, every disagreement, and what the product
remarked on the data; ends with 1 if the two disagree anywhere.
"""

import argparse
import datetime as dt
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from tallystick.evidence.reading import How, Reading, read_file
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin
from tallystick.measures.known import Known
from tallystick.month.assess import assess
from tallystick.rulebook.load import load
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook

ROOT = Path(__file__).parents[1]
RECEIVED_AT = dt.datetime(2013, 12, 31, 12, tzinfo=dt.UTC)  # long after the last limit: nothing is open
KNOWN_ON = dt.date(2013, 12, 31)
MONTH = len("2012-05")
TOTALS = ("cases", "held", "finished")
MOVED, STILL_OPEN = "opened and resolved", "open at the end"
Key = tuple[str, str, str]
Pair = tuple[int, int]


@dataclass(frozen=True)
class Log:
    """A log, the example code it is taken in under, and the drill-down that is compared."""

    code: str
    file: str
    by: str


@dataclass
class Counted:
    """What one side counts: cases, and a part and a whole for each measure, month and group.

    `held` cases are in doubt and stand in no other count; `finished` are of the rest.
    """

    cases: int
    held: int
    finished: int = 0
    pairs: dict[Key, Pair] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)


LOGS = (
    Log("incident_desk", "bpic2013_incidents.xes.gz", "impact"),
    Log("permits", "receipt.csv", "department"),
)


def main() -> None:
    parser = argparse.ArgumentParser(description="Take in two real logs and count them twice.")
    parser.add_argument("folder", type=Path, help="where the logs are")
    folder = parser.parse_args().folder.resolve()
    absent = [log.file for log in LOGS if not (folder / log.file).is_file()]
    if absent:
        sys.exit(f"Not there: {', '.join(absent)}")
    disagreements = sum(compared(log, folder / log.file) for log in LOGS)
    print(f"{disagreements} disagreements" if disagreements else "Both counts agree everywhere.")
    sys.exit(1 if disagreements else 0)


def compared(log: Log, file: Path) -> int:
    """Print what both counted; return in how many places they differ."""
    judge = recounted(log, file)
    ours = taken_in(log, file, sorted({month for _, month, _ in judge.pairs}))
    print(f"\n{log.code}: {file.name}")
    for note in ours.notes:
        print(f"  Remarked: {note}")
    print(f"\n  {'':51}{'product':>18}{'judge':>18}")
    for name in TOTALS:
        print(f"  {name:51}{getattr(ours, name):>18,}{getattr(judge, name):>18,}")
    show(ours, judge)
    wrong = list(disagreements(ours, judge))
    for line in wrong:
        print(f"  DIFFERS  {line}")
    places = len(judge.pairs.keys() | ours.pairs.keys())
    print(f"  compared: {places:,} counts of a measure, month and {log.by}; {len(wrong)} differ")
    return len(wrong)


def show(ours: Counted, judge: Counted) -> None:
    """Print the totals of each measure over all months, with how many months both have."""
    print(f"\n  {'measure':22}{'group':22}{'months':>7}{'product':>18}{'judge':>18}")
    for measure, group in sorted({(key[0], key[2]) for key in judge.pairs | ours.pairs}):
        both = [total(one, measure, group) for one in (ours, judge)]
        months = sum(key[0] == measure and key[2] == group for key in judge.pairs)
        shown = "".join(f"{f'{part:,} of {whole:,}':>18}" for part, whole in both)
        print(f"  {measure:22}{group:22}{months:>7}{shown}")


def total(counts: Counted, measure: str, group: str) -> Pair:
    pairs = [pair for key, pair in counts.pairs.items() if key[0] == measure and key[2] == group]
    return sum(part for part, _ in pairs), sum(whole for _, whole in pairs)


def disagreements(ours: Counted, judge: Counted) -> Iterator[str]:
    """Yield each count that is not the same; one that a side does not have is 0 of 0."""
    for name in TOTALS:
        mine, theirs = getattr(ours, name), getattr(judge, name)
        if mine != theirs:
            yield f"{name}: product {mine}, judge {theirs}"
    for key in sorted(ours.pairs.keys() | judge.pairs.keys()):
        mine, theirs = ours.pairs.get(key, (0, 0)), judge.pairs.get(key, (0, 0))
        if mine != theirs:
            yield f"{' '.join(key)}: product {mine[0]} of {mine[1]}, judge {theirs[0]} of {theirs[1]}"


def recounted(log: Log, file: Path) -> Counted:
    command = [sys.executable, "-m", "bench.recount", log.code, str(file)]
    said = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True).stdout
    told = json.loads(said)
    pairs = {(measure, month, group): (part, whole) for measure, month, group, part, whole in told["counts"]}
    return Counted(told["cases"], told["held"], told["finished"], pairs)


def taken_in(log: Log, file: Path, months: list[str]) -> Counted:
    """Receive the log into a store of its own and return what the product counts in each month."""
    loaded = load(ROOT / "rulebooks" / "examples" / log.code)
    if loaded.rulebook is None:
        raise ValueError("\n".join(str(problem) for problem in loaded.problems))
    book = loaded.rulebook
    with TemporaryDirectory(prefix="tally-trial-") as scratch:
        store = Store.open(Path(scratch) / "store", create=True)
        reading = received(store, book, file, Path(scratch))
        snapshot = store.snapshot(book.code.key, known_on=KNOWN_ON, zone=book.code.zone)
        known = Known(book, snapshot, connect(store.root), KNOWN_ON, store.root / "partials" / book.code.key)
        found = Counted(reading.rows, reading.held_rows)
        for month in months:
            assessed = assess(known, Span.parse(month), by=(log.by,))
            found.pairs |= dict(pairs(assessed, log.by))
            found.notes = list(assessed.notes)
    problems = [f"row {one.row}, {one.column}: {one.what} ({one.state})" for one in reading.problems]
    found.notes = [*reading.notes, *problems, *found.notes]
    found.finished = sum(resolved for (_, _, group), (_, resolved) in found.pairs.items() if group == MOVED)
    return found


def received(store: Store, book: Rulebook, file: Path, scratch: Path) -> Reading:
    """Read the log for the code's one stream and take it in."""
    (stream,) = (one for one in book.streams.values() if one.event_log)
    how = How(received_at=RECEIVED_AT)
    reading = read_file(file, stream, book.code, scratch=scratch, how=how)
    store.receive(reading, stream, book.code, Origin(file, RECEIVED_AT, RECEIVED_AT))
    return reading


def pairs(assessed: Any, by: str) -> Iterator[tuple[Key, Pair]]:
    """Yield the counts of an assessed month; a register has two rows, as the judge writes them."""
    month = assessed.period[:MONTH]
    for one in assessed.figures:
        if one.kind == "roll_forward":
            moved = (one.detail["opened"], one.detail["resolved"])
            yield (one.measure, month, MOVED), moved
            yield (one.measure, month, STILL_OPEN), (one.detail["open_at_end"], 0)
        elif one.numerator is not None:
            whole = one.numerator if one.kind == "count" else one.denominator
            yield (one.measure, month, one.group.get(by, "")), (one.numerator, whole or 0)


if __name__ == "__main__":
    main()

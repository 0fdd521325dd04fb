"""Worked examples: rows in, figures, lines and findings out, as a lawyer would check a rule.

They stand in `examples/*.yaml` of a rulebook; `tally rulebook check` and the tests run every one. Those
in `votes*.yaml` are counted in the room of decisions.
"""

import csv
import datetime as dt
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import How, read_with
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin
from tallystick.measures.known import Known
from tallystick.month.assess import assess
from tallystick.month.assessment import Assessment, Figure
from tallystick.rulebook import complaints
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import Clauses, Day, Definition, Sentence
from tallystick.rulebook.text import Text

RECEIVED = dt.timedelta(hours=12)


class Expected(Definition):
    """What should come out; only what is written is compared."""

    figures: tuple[dict[str, Any], ...] = ()
    lines: tuple[dict[str, str], ...] = ()
    no_lines: tuple[str, ...] = ()
    findings: tuple[dict[str, str], ...] | None = None
    reports: tuple[dict[str, str], ...] = ()


class Example(Definition):
    """Evidence by stream, a month, a day of knowledge, and what should come of them."""

    example: Sentence
    clause: Clauses
    period: str
    known_on: Day
    received_on: Day | None = None
    evidence: dict[str, tuple[dict[str, str | None], ...]]
    expect: Expected


def failures_of(rulebook: Rulebook, root: Path) -> Iterator[str]:
    """Run every worked example of the rulebook in the folder; yield what differs, in words."""
    for file in sorted((root / "examples").glob("*.yaml")):
        if file.name.startswith("votes"):
            continue
        text = Text(file)
        try:
            examples = TypeAdapter(tuple[Example, ...]).validate_python(text.value or [])
        except ValidationError as error:
            yield from map(str, complaints.problems(text, tuple[Example, ...], error))
            continue
        yield from map(str, text.problems)
        for index, example in enumerate(examples):
            line, _ = text.place((index,))
            for difference in differences(rulebook, example):
                yield f"{file}:{line}: {example.example}: {difference}"


def differences(rulebook: Rulebook, example: Example) -> Iterator[str]:
    """Yield how what comes out of the example differs from what it expects."""
    with tempfile.TemporaryDirectory(prefix="tally-") as folder:
        assessed = assessed_example(rulebook, example, Path(folder))
    yield from _of_figures(assessed, example.expect)
    yield from _of_lines(assessed, example.expect)
    if example.expect.findings is not None:
        yield from _of_findings(assessed, example.expect.findings)
    for report in example.expect.reports:
        found = [one for one in assessed.reports if one.what == report["report"]]
        yield from _unequal(report, vars(found[0]) if found else {}, f"the report {report['report']}")


def assessed_example(rulebook: Rulebook, example: Example, folder: Path) -> Assessment:
    """Take the example's evidence in and assess its month."""
    known = known_of(rulebook, example, folder)
    grouped = {name for one in example.expect.figures for name in one.get("group", {})}
    named = _measures(example.expect)
    return assess(known, Span.parse(example.period), by=sorted(grouped), only=named, with_lines=True)


def known_of(rulebook: Rulebook, example: Example, folder: Path) -> Known:
    """Take the example's evidence into a store in the folder; return what is known of it."""
    store = Store.open(folder / "store", create=True)
    received_on = example.received_on or example.known_on
    midnight = dt.datetime.combine(received_on, dt.time(), tzinfo=rulebook.code.zone)
    for key, rows in example.evidence.items():
        stream = rulebook.streams[key]
        file = folder / f"{key}.csv"
        with file.open("w", encoding="utf-8", newline="") as opened:
            writer = csv.DictWriter(opened, list(stream.columns))
            writer.writeheader()
            writer.writerows(rows)  # an absent cell is written as an empty one
        scratch = folder / f"{key}-scratch"
        scratch.mkdir()
        how = How(received_at=midnight + RECEIVED)
        reading = read_with(run_here, file, stream, rulebook.code, scratch=scratch, how=how)
        period = Span.parse(example.period)
        origin = Origin(file, how.received_at, how.received_at, period=None if reading.rows else period)
        store.receive(reading, stream, rulebook.code, origin)
    snapshot = store.snapshot(rulebook.code.key, known_on=example.known_on, zone=rulebook.code.zone)
    return Known(rulebook, snapshot, connect(store.root), example.known_on)


def _measures(expected: Expected) -> set[str]:
    said = [*expected.figures, *expected.lines, *(expected.findings or ())]
    return {one["measure"] for one in said if "measure" in one} | set(expected.no_lines)


def _of_figures(assessed: Assessment, expected: Expected) -> Iterator[str]:
    for wanted in expected.figures:
        group = wanted.get("group", {})
        name = " ".join([wanted["measure"], *group.values()])
        found = [one for one in assessed.figures if one.measure == wanted["measure"] and one.group == group]
        if not found:
            yield f"there is no figure of {name}"
            continue
        yield from _unequal(wanted, _said(found[0]), name)


def _said(figure: Figure) -> Mapping[str, Any]:
    run = {"run": str(figure.run.periods)} if figure.run else {}
    return {**vars(figure), **figure.detail, **run}


def _unequal(wanted: Mapping[str, Any], found: Mapping[str, Any], name: str) -> Iterator[str]:
    for key, value in wanted.items():
        if key in ("measure", "group", "report"):
            continue
        shown = found.get(key)
        if key == "flags":
            missing = sorted(set(value) - set(shown or ()))
            if missing:
                flagged = ", ".join(shown or ()) or "not at all"
                yield f"{name} is not flagged {', '.join(missing)} but {flagged}"
        elif ("" if shown is None else str(shown)) != ("" if value is None else str(value)):
            yield f"{name} has {key} {shown}, not {value}"


def _of_lines(assessed: Assessment, expected: Expected) -> Iterator[str]:
    measures = {line["measure"] for line in expected.lines} | set(expected.no_lines)
    wanted = {(line["measure"], line["key"]) for line in expected.lines}
    found = {(line.measure, line.key) for line in assessed.lines if line.measure in measures}
    yield from (f"{measure} does not list {key}" for measure, key in sorted(wanted - found))
    yield from (f"{measure} lists {key}" for measure, key in sorted(found - wanted))


def _of_findings(assessed: Assessment, expected: tuple[dict[str, str], ...]) -> Iterator[str]:
    keys = sorted({key for one in expected for key in one}) or ["measure", "subject"]
    wanted = {tuple(one.get(key, "") for key in keys) for one in expected}
    measures = {one["measure"] for one in expected if "measure" in one}
    found = {
        tuple(str(getattr(one, key)) for key in keys)
        for one in assessed.findings
        if not measures or one.measure in measures
    }
    yield from (f"there is no finding of {' '.join(one)}" for one in sorted(wanted - found))
    yield from (f"there is a finding of {' '.join(one)}" for one in sorted(found - wanted))

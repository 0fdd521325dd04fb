"""The month as JSON and as CSV: the same bytes for the same month, and nothing a spreadsheet would run.

`docs/guide/assess-json.md` describes the JSON for those who read it. Whole numbers stay whole, levels and
shares are strings of decimals, and drawings' limits are numbers rounded to six places.
"""

import csv
import io
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from tallystick.findings.spc import Spc
from tallystick.month.assessment import Assessment, Figure, Finding, Missing, Point

VERSION = 1
COLUMNS = (
    "measure",
    "title",
    "kind",
    "provider",
    "group",
    "period",
    "numerator",
    "denominator",
    "share",
    "target",
    "minimum",
    "state",
    "flags",
    "verified",
    "reportable",
    "into",
    "open",
    "held",
    "excluded",
    "change",
    "run",
    "run_since",
    "run_at_least",
    "clause",
    "obligation",
    "commentary",
)
# A spreadsheet reads a cell that starts so as a formula, whatever quotes stand round it in the file; the wide
# forms are read so where Chinese, Japanese or Korean is written.
RUN_BY_SPREADSHEETS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")
LED_BY = "'"
DRAWN_PLACES = 6


def as_json(assessment: Assessment) -> str:
    """Return the month as JSON text that ends with a new line."""
    return json.dumps(as_data(assessment), ensure_ascii=False, indent=2, allow_nan=False) + "\n"


def as_data(assessment: Assessment) -> dict[str, Any]:
    """Return the month as JSON knows it: mappings, lists, text, whole numbers and truth values."""
    return {
        "format": VERSION,
        "code": assessment.code,
        "code_title": assessment.code_title,
        "period": assessment.period,
        "known_on": assessment.known_on,
        "edition": assessment.edition,
        "snapshot": assessment.snapshot,
        "engine": assessment.engine,
        "sentence": assessment.sentence,
        "measures": [_measure(figure) for figure in assessment.figures],
        "history": {
            measure: [_point(point) for point in points]
            for measure, points in sorted(assessment.history.items())
        },
        "findings": [_finding(finding) for finding in assessment.findings],
        "lines": [asdict(line) for line in assessment.lines],
        "data": {
            "received": [asdict(received) for received in assessment.received],
            "missing": [_missing(missing) for missing in assessment.missing],
            "reports": [_missing(owed) for owed in assessment.reports],
        },
        "notes": list(assessment.notes),
    }


def _measure(figure: Figure) -> dict[str, Any]:
    """Return the figure; `share` is a string of a percentage, `band` the two edges of a variance."""
    return {
        "measure": figure.measure,
        "title": figure.title,
        "kind": figure.kind,
        "provider": figure.provider,
        "group": dict(sorted(figure.group.items())),
        "period": figure.period,
        "numerator": figure.numerator,
        "denominator": figure.denominator,
        "share": figure.share,
        "target": _decimal(figure.target),
        "minimum": _decimal(figure.minimum),
        "state": figure.state,
        "flags": sorted(figure.flags),
        "verified": figure.verified,
        "clause": list(figure.clause),
        "obligation": figure.obligation,
        "reportable": figure.reportable,
        "into": figure.into,
        "run": asdict(figure.run) if figure.run else None,
        "above_minimum": asdict(figure.above_minimum) if figure.above_minimum else None,
        "spc": _spc(figure.spc) if figure.spc else None,
        "change": figure.change,
        "open": figure.open,
        "held": figure.held,
        "excluded": figure.excluded,
        "band": [_decimal(edge) for edge in figure.band] if figure.band else None,
        "reported": asdict(figure.reported) if figure.reported else None,
        "commentary": figure.commentary,
        "detail": dict(sorted(figure.detail.items())),
        "percentiles": {str(part): took for part, took in sorted(figure.percentiles.items())},
    }


def _spc(spc: Spc) -> dict[str, Any]:
    return {
        "rule_set": spc.rule_set,
        "variation": spc.variation,
        "assurance": spc.assurance,
        "rules": list(spc.rules),
        "mean": _drawn(spc.mean),
        "lower": _drawn(spc.lower),
        "upper": _drawn(spc.upper),
        "points": [
            {"period": point.period, "share": _drawn(point.share), "special": point.special}
            for point in spc.points
        ],
    }


def _point(point: Point) -> dict[str, Any]:
    return {**asdict(point), "target": _decimal(point.target), "minimum": _decimal(point.minimum)}


def _finding(finding: Finding) -> dict[str, Any]:
    listed = {"clause": list(finding.clause), "evidence": list(finding.evidence)}
    lines = [asdict(line) for line in finding.lines]
    return {**asdict(finding), **listed, "group": dict(sorted(finding.group.items())), "lines": lines}


def _missing(missing: Missing) -> dict[str, Any]:
    return {**asdict(missing), "clause": list(missing.clause)}


def _decimal(number: Decimal | None) -> str | None:
    return None if number is None else f"{number:f}"


def _drawn(number: float | None) -> float | None:
    return None if number is None else round(number, DRAWN_PLACES)


def as_csv(assessment: Assessment) -> str:
    """Return the figures as CSV, a line each, with a heading; text that a spreadsheet would run is quoted.

    A cell of text that starts with = + - @ or a tab is led by an apostrophe; numbers made here are not.
    """
    written = io.StringIO()
    writer = csv.writer(written, lineterminator="\r\n")
    writer.writerows(cells(assessment))
    return written.getvalue()


def cells(assessment: Assessment) -> Iterable[Sequence[str]]:
    """Yield the heading, and then the cells of each figure; none is a formula to a spreadsheet."""
    yield COLUMNS
    for figure in assessment.figures:
        yield tuple(_cells(figure))


def _cells(figure: Figure) -> Iterable[str]:
    data = _measure(figure)
    numbers = {"numerator", "denominator", "target", "minimum", "open", "held", "excluded"}
    data["group"] = "; ".join(f"{name}={value}" for name, value in data["group"].items())
    data["flags"], data["clause"] = "; ".join(data["flags"]), "; ".join(data["clause"])
    run = figure.run
    data["run"] = f"{run.periods} {run.side}" if run else None
    data["run_since"], data["run_at_least"] = (run.since, run.at_least) if run else (None, None)
    for name in COLUMNS:
        text = _text(data[name])
        yield text if name in numbers or is_number(text) else safe_cell(text)


def _text(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else str(value)


def is_number(text: str) -> bool:
    """Tell whether the text is a plain signed decimal, such as a change of -0.51, and nothing more."""
    unsigned = text[1:] if text[:1] in {"+", "-"} else text
    whole, point, part = unsigned.partition(".")
    return whole.isascii() and whole.isdigit() and (not point or (part.isascii() and part.isdigit()))


def safe_cell(text: str) -> str:
    """Return the text so that no spreadsheet takes it for a formula, led by an apostrophe where it would.

    So is a text that only looks as if it had been led by one: whoever takes the first apostrophe away has the
    text again, whatever it was (`plain_cell`).
    """
    return LED_BY + text if _would_run(text) else text


def plain_cell(cell: str) -> str:
    """Return the text that stands in a safe cell."""
    return cell[1:] if cell.startswith(LED_BY) and _would_run(cell) else cell


def _would_run(text: str) -> bool:
    return text.lstrip(LED_BY).startswith(RUN_BY_SPREADSHEETS)

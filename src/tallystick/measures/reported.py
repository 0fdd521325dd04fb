"""Figures computed elsewhere, as their sender states them."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.measures.known import Known

REPORTED = "reported"


@dataclass(frozen=True)
class Statement:
    """One row of a report: counts, or only a percentage as printed, or only words."""

    report: str
    measure: str
    provider: str | None
    group: str | None
    period: str
    numerator: int | None
    denominator: int | None
    share: str | None
    opened: int | None
    resolved: int | None
    open_at_end: int | None
    status: str | None
    commentary: str | None
    submission: str = ""


def statements(known: Known) -> Mapping[tuple[str, str], tuple[Statement, ...]]:
    """Return what reports say, by measure and period; a measure may be stated by several reports."""
    if REPORTED not in known.rulebook.streams or not known.has(REPORTED):
        return {}
    columns = known.rulebook.streams[REPORTED].columns
    rows = known.source(REPORTED, placed=True).table.to_pyarrow().to_pylist()
    labels = {name: known.snapshot.labels(name) for name, column in columns.items() if column.type == "text"}
    found: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for row in rows:
        said = {name: _said(row, name, labels) for name in columns}
        stated = Statement(**said, submission=row["_submission"])
        found[stated.measure, stated.period].append(stated)
    return {key: tuple(sorted(said, key=_order)) for key, said in sorted(found.items())}


def _said(row: Mapping[str, Any], name: str, labels: Mapping[str, tuple[str, ...]]) -> Any:
    value = row[name]
    return labels[name][value] if name in labels and value is not None else value


def _order(stated: Statement) -> tuple[str, str, str]:
    return stated.report, stated.provider or "", stated.group or ""

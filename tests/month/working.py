"""Small worlds of evidence, taken in by the product's own doors and assessed."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from tallystick.month.assessment import Assessment, Figure
from tallystick.month.examples import Example, assessed_example
from tallystick.rulebook.rulebook import Rulebook


def world(
    sec: Rulebook,
    folder: Path,
    evidence: Mapping[str, Sequence[Mapping[str, Any]]],
    *,
    measures: Sequence[str],
    **asked: Any,
) -> Assessment:
    """Return the assessment of the measures over the evidence, of July 2021 as known in September."""
    period, known_on = asked.get("period", "2021-07"), asked.get("known_on", "2021-09-28")
    group = asked.get("group", ())
    folder.mkdir(parents=True, exist_ok=True)
    example = Example.model_validate(
        {
            "example": "A small world",
            "clause": ["H13.1"],
            "period": period,
            "known_on": known_on,
            "evidence": {stream: tuple(rows) for stream, rows in evidence.items()},
            "expect": {
                "figures": tuple({"measure": key, "group": dict.fromkeys(group, "")} for key in measures)
            },
        }
    )
    return assessed_example(sec, example, folder)


def figure(assessed: Assessment, measure: str, **group: str) -> Figure:
    """Return the only figure of the measure and group."""
    (found,) = [one for one in assessed.figures if one.measure == measure and one.group == group]
    return found


def payload(name: str, requested: str, hours: float | None, provider: str = "CSPN") -> dict[str, Any]:
    """Return a category 1 firmware payload completed so many hours after it was asked for."""
    start = dt.datetime.fromisoformat(requested)
    done = None if hours is None else (start + dt.timedelta(hours=hours)).isoformat()
    return {
        "payload_id": name,
        "provider": provider,
        "category": "1",
        "requested_at": start.isoformat(),
        "completed_at": done,
    }


def stated(measure: str, period: str = "2021-07", **cells: Any) -> dict[str, Any]:
    """Return a row of the monthly report."""
    return {"report": "RPT-PMR", "measure": measure, "period": period, **cells}

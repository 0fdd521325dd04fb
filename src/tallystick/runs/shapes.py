"""A month as rows keep it: the shapes of `month.assessment` as JSON, and back, exactly."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from pydantic import TypeAdapter

from tallystick.findings.lines import Line
from tallystick.month.assessment import Figure, Finding, Missing, Point, Received
from tallystick.month.drilling import DAY

EACH_DAY = "each"

_FIGURE = TypeAdapter(Figure)
_FINDING = TypeAdapter(Finding)
_LINES = TypeAdapter(tuple[Line, ...])
_MISSING = TypeAdapter(tuple[Missing, ...])
_POINTS = TypeAdapter(tuple[Point, ...])
_RECEIVED = TypeAdapter(tuple[Received, ...])

Told = dict[str, Any]


def told_figure(figure: Figure) -> Told:
    told: Told = _FIGURE.dump_python(figure, mode="json")
    return told


def figure_of(told: Mapping[str, Any]) -> Figure:
    return _FIGURE.validate_python(told)


def told_finding(finding: Finding) -> Told:
    """Return all that a finding says but its lines, which have a class of their own."""
    told: Told = _FINDING.dump_python(replace(finding, lines=()), mode="json")
    return told


def finding_of(told: Mapping[str, Any], lines: Iterable[Any], submissions: frozenset[str]) -> Finding:
    """Return the finding with the lines and the evidence that somebody may see."""
    found = _FINDING.validate_python(told)
    seen = tuple(one for one in found.evidence if one in submissions)
    return replace(found, lines=_LINES.validate_python(tuple(lines)), evidence=seen)


def told_lines(lines: Iterable[Line]) -> list[Told]:
    told: list[Told] = _LINES.dump_python(tuple(lines), mode="json")
    return told


def lines_of(told: Iterable[Any]) -> tuple[Line, ...]:
    return _LINES.validate_python(tuple(told))


def told_points(points: Iterable[Point]) -> list[Told]:
    told: list[Told] = _POINTS.dump_python(tuple(points), mode="json")
    return told


def points_of(told: Iterable[Any]) -> tuple[Point, ...]:
    return _POINTS.validate_python(tuple(told))


def days_in_one(figures: Sequence[Figure]) -> tuple[Figure, tuple[Point, ...]]:
    """Return the days of one measure as one figure that stands for each of them, and a point for each."""
    points = tuple(
        Point(one.group[DAY], one.numerator, one.denominator, one.share, one.state, one.target, one.minimum)
        for one in figures
    )
    return replace(figures[-1], group={DAY: EACH_DAY}, open=0, held=0, excluded=0), points


def days_of(figure: Figure, points: Iterable[Point]) -> tuple[Figure, ...]:
    """Return the figure of each day again, but for what was still open or left out on it."""
    return tuple(
        replace(
            figure,
            group={DAY: one.period},
            numerator=one.numerator,
            denominator=one.denominator,
            share=one.share,
            state=one.state,
        )
        for one in points
    )


def told_received(received: Iterable[Received]) -> list[Told]:
    told: list[Told] = _RECEIVED.dump_python(tuple(received), mode="json")
    return told


def received_of(told: Iterable[Any]) -> tuple[Received, ...]:
    return _RECEIVED.validate_python(tuple(told))


def told_missing(missing: Iterable[Missing]) -> list[Told]:
    told: list[Told] = _MISSING.dump_python(tuple(missing), mode="json")
    return told


def missing_of(told: Iterable[Any]) -> tuple[Missing, ...]:
    return _MISSING.validate_python(tuple(told))

"""The periods a drawing shows, and the number that stands for each."""

from collections.abc import Sequence

from tallystick.month import wording
from tallystick.month.assessment import Point
from tallystick.rulebook.periods import Span

TREND_PERIODS = 25


def filled(points: Sequence[Point], most: int = TREND_PERIODS) -> list[Point]:
    """Return the last periods of a history from the first with a figure; one left out is unreported."""
    if not points:
        return []
    known = {point.period: point for point in points}
    spans = sorted((Span.parse(name) for name in known), key=lambda span: span.first)
    last = spans[-1]
    known_from = next((span.first for span in spans if value(known[str(span)]) is not None), spans[0].first)
    wanted = [last.shifted(-last.months * back) for back in reversed(range(most))]
    return [
        known.get(str(span)) or Point(str(span), None, None, None, "not_reported")
        for span in wanted
        if span.first >= known_from
    ]


def value(point: Point) -> float | None:
    """Return what is drawn: the percentage, or the number where the figure is a count."""
    if point.state in {"not_reported", "withheld"}:
        return None
    exact = wording.share_of(point)
    if exact is not None:
        return round(float(exact), 4)
    return None if point.denominator is not None or point.numerator is None else float(point.numerator)

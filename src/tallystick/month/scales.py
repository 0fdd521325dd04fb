"""Where things stand on a chart: its size, its axis, and labels that do not cover one another."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0, 20.0, 25.0)
MOST_TICKS = 9
ROOM = 0.12
LABEL_HEIGHT = 15
LABEL_WIDTH = 62
EVERY = (1, 2, 3, 6, 12, 24, 60)


@dataclass(frozen=True, slots=True)
class Size:
    """A chart's outer measures in pixels, and the room kept round its plot."""

    width: int
    height: int
    left: int = 46
    right: int = 96
    top: int = 10
    bottom: int = 30

    @property
    def inner_width(self) -> int:
        return self.width - self.left - self.right

    @property
    def inner_height(self) -> int:
        return self.height - self.top - self.bottom


def ticks(values: Sequence[float], most: float | None = None) -> list[float]:
    """Return the places an axis is marked at, so that it fits the values with a little room.

    Room is not made beyond `most` (100 for a percentage) unless a value lies there.
    """
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    room = (high - low) * ROOM
    high = high + room if most is None or high + room < most else max(high, most)
    low = low - room if low < 0 or low - room >= 0 else 0.0
    step = _step(high - low)
    first, last = math.floor(low / step + 1e-9), math.ceil(high / step - 1e-9)
    return [round(step * index, 6) for index in range(first, max(last, first + 1) + 1)]


def _step(span: float) -> float:
    """Return a step people count in, so that there are at most so many ticks."""
    if span <= 0:
        return STEPS[3]
    for power in range(13):
        for step in STEPS if power == 0 else STEPS[3:]:
            if span / (step * 10**power) <= MOST_TICKS - 1:
                return float(step * 10**power)
    return span


def place(number: float, axis: Sequence[float], height: int) -> float:
    """Return how far below the top of the plot the number stands."""
    return round((axis[-1] - number) / (axis[-1] - axis[0]) * height, 1)


def declutter(places: Sequence[float], height: int) -> list[float]:
    """Return the places moved apart so that labels do not touch, in the order given."""
    order = sorted(range(len(places)), key=lambda index: places[index])
    moved = [0.0] * len(places)
    above = -LABEL_HEIGHT * 1.0
    for index in order:
        above = moved[index] = max(places[index], above + LABEL_HEIGHT)
    below = height + LABEL_HEIGHT * 1.0
    for index in reversed(order):
        below = moved[index] = min(moved[index], below - LABEL_HEIGHT)
    return [round(one, 1) for one in moved]


def every(count: int, width: int) -> int:
    """Return how many periods apart the labels under a chart stand."""
    room = max(1, width // LABEL_WIDTH)
    return next((step for step in EVERY if (count - 1) / step <= room), EVERY[-1])

"""Chance with a seed: the same words give the same numbers on every machine."""

import datetime as dt
import random
from collections.abc import Sequence

from tallystick.demo.plant.clock import DAY, SECOND, instant

MOST_LATE = 3
UNANSWERED_FROM = 4


def chance(*words: object) -> random.Random:
    """Return numbers that depend on the words alone."""
    return random.Random("/".join(str(word) for word in words))  # noqa: S311 - made-up data, nothing secret


def flags(rng: random.Random, count: int, chosen: int) -> list[bool]:
    """Return `count` flags of which exactly `chosen` are up, in no order."""
    up = set(rng.sample(range(count), min(chosen, count)))
    return [n in up for n in range(count)]


def share_of(rng: random.Random, count: int, rate: float) -> int:
    """Return about that share of a count, as a whole number."""
    return min(count, int(count * rate + rng.random()))


def moments(rng: random.Random, days: Sequence[dt.date], a_day: int) -> list[int]:
    """Return instants on each of the days, in order, to the quarter of a second."""
    found = []
    for day in days:
        start, end = instant(day), instant(day + dt.timedelta(days=1))
        found += sorted(start + rng.randrange((end - start) // 250) * 250 for _ in range(a_day))
    return found


def delays(rng: random.Random, count: int, late: int, limit: int) -> list[int | None]:
    """Return how long each of `count` events took: exactly `late` of them too long, None where never done.

    The first in time takes exactly the limit; the first late one a second more.
    """
    lates = flags(rng, count, late)
    found: list[int | None] = [_late(rng, limit) if bad else _in_time(rng, limit) for bad in lates]
    if False in lates:
        found[lates.index(False)] = limit
    late_ones = [n for n, bad in enumerate(lates) if bad]
    if late_ones:
        found[late_ones[0]] = limit + SECOND
    if len(late_ones) >= UNANSWERED_FROM:
        found[late_ones[-1]] = None
    return found


def _in_time(rng: random.Random, limit: int) -> int:
    return int(limit * (0.02 + 0.9 * rng.random() ** 2))


def _late(rng: random.Random, limit: int) -> int:
    most = min(limit * MOST_LATE, limit + 2 * DAY)
    return limit + SECOND + int((most - limit) * rng.random())

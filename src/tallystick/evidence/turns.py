"""Doing the same for many days: two at a time, unless that is not worth it or takes too much memory."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

SMALL = 200_000
WORKERS = 2
Of = TypeVar("Of")
Result = TypeVar("Result")


def at_once(
    work: Callable[[Of], Result], many: Sequence[Of], sizes: Sequence[int], largest: int
) -> list[Result]:
    """Return the results in order. `sizes` are rows; days above `largest` are worked on one by one."""
    if sum(sizes) < SMALL or max(sizes) > largest:
        return [work(one) for one in many]
    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(work, many))

"""What assurance leaves open, and what techniques came to: told to each as far as they may see it."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.registers import YEAR


def coverage_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of both; `place` makes one."""
    for name in ("coverage", "coverage_csv"):
        yield place(name, at(name))
        yield place(name, f"{at(name)}?open=unseen&find=R-09")
    for name in ("technique_report", "technique_report_csv"):
        yield place(name, at(name))
        yield place(name, f"{at(name)}?period={YEAR}&quarter=2")
        yield place(name, f"{at(name)}?period=1999-00", exists=False)
        yield place(name, f"{at(name)}?period={YEAR}&quarter=9", exists=False)


def at(name: str) -> str:
    return reverse(name, args=["sec"])

"""The addresses of derogations and of forbearance, and what the policy lets expect where there is none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
LEAVE, FORBORNE = "DER-ZZ9999999", "FOR-ZZ9999999"


def derogation_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    yield place("derogations", at("derogations"))
    yield place("draft_derogation", at("draft_derogation"), methods=BOTH, ok_sent=REFUSED)
    yield place("propose_forbearance", at("propose_forbearance"), methods=BOTH, ok_sent=REFUSED)
    for name, reference in (("derogation", LEAVE), ("forbearance", FORBORNE)):
        yield place(name, at(name, reference), exists=False)
    for name, reference in (("take_derogation_step", LEAVE), ("take_forbearance_step", FORBORNE)):
        yield place(name, at(name, reference, "withdraw"), methods=BOTH, exists=False)
    for key in ("derogation", "forbearance"):
        yield place("process", at("process", key))


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

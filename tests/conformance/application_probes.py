"""The addresses of techniques and of what is applied of them, and what the policy lets expect of each."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
NONE, ONE, NOBODY = "TEC-2021-999999", "coverage_guidance", "nobody"
OF_A_PART = (
    *("answer_part", "conclude_part", "record_items", "record_certificate"),
    *("draw_sample", "tally_sample", "total_sample"),
)


def application_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of techniques and applications; `place` makes one."""
    yield place("techniques", at("techniques"))
    yield place("technique", at("technique", ONE))
    yield place("technique", at("technique", "none"), exists=False)
    yield place("tag_technique", at("tag_technique", ONE), methods=BOTH, ok_sent=REFUSED)
    yield place("begin_application", at("begin_application", ONE), methods=BOTH, ok_sent=REFUSED)
    yield place("applications", at("applications"))
    yield place("application", at("application", NONE), exists=False)
    step = at("take_application_step", NONE, "start")
    yield place("take_application_step", step, methods=BOTH, exists=False)
    yield place("list_items", at("list_items", NONE), methods=BOTH, exists=False)
    yield place("process", at("process", "application"))
    for name in ("part", "sample_csv"):
        yield place(name, at(name, NONE, NOBODY), exists=False)
    for name in OF_A_PART:
        yield place(name, at(name, NONE, NOBODY), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

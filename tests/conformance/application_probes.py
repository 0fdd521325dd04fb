"""The addresses of techniques and of what is applied of them: real ones, and none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.world import Made, World

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
# What the form of an act answers to whoever may see what it is about, and what it answers once it is sent.
ASKED_OF, SENT_TO = (200, 404), (302, 403, 404, 409, 422)
NONE, ONE, NOBODY = "TEC-2021-999999", "coverage_guidance", "nobody"
OF_A_PART = (
    *("answer_part", "conclude_part", "correct_outcome", "record_items", "record_certificate"),
    *("draw_sample", "tally_sample", "total_sample"),
)


def application_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of techniques and applications; `place` makes one."""
    for made in world.rows["application"]:
        yield from _of_application(made, place)
    heads = {made.row.pk: made for made in world.rows["application"]}
    for made in world.rows["part"]:
        yield from _of_part(heads[made.row.application_id], made, place)
    yield from _of_none(place)


def _of_application(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield what belongs to one application. Whether an act is for this role, and now, its own tests tell."""
    reference, needs = str(made.row), (made.what,)
    yield place("application", at("application", reference), needs=needs)
    for name, more in (("take_application_step", ("start",)), ("list_items", ())):
        address = at(name, reference, *more)
        yield place(name, address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_part(head: Made, made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    of, needs = (str(head.row), made.row.party.slug), (made.what, head.what)
    yield place("part", at("part", *of), needs=needs)
    yield place("sample_csv", at("sample_csv", *of), needs=needs, exists=hasattr(made.row, "sample"))
    for name in OF_A_PART:
        yield place(name, at(name, *of), methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
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

"""The addresses of motions, votes and decisions, and the answer that the policy lets expect at each."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.judge import What
from tests.conformance.world import Made, World

READ, SEND = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, "POST")
LED, REFUSED, CONFLICT = (302,), (422,), (409,)
NOBODY = "ZZ9999999"
FORMS = ("json", "csv", "xlsx")
RUNNING = ("open_vote", "close_vote", "withdraw_motion", "casting_vote", "declare")


def vote_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    yield place("decisions", at("decisions"))
    for form in FORMS:
        yield place("decisions_as", at("decisions_as", form))
    for name in ("put_motion", "record_decision"):
        yield place(name, at(name), methods=BOTH, ok_sent=REFUSED)
    for made in world.rows["motion"]:
        yield from _of_motion(made, place)
    for made in world.rows["decision"]:
        yield place("decision", at("decision", str(made.row)), needs=(made.what,))
        yield place(
            "object_to",
            at("object_to", str(made.row)),
            methods=SEND,
            needs=(made.what,),
            does=("c", made.what.of("ballot")),
            ok_sent=REFUSED,
        )
    yield from _nowhere(place)


def _of_motion(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    what, reference = made.what, str(made.row)
    yield place("motion", at("motion", reference), needs=(what,))
    for form in FORMS:
        yield place("motion_as", at("motion_as", reference, form), needs=(what,))
    for name, may, done in _running(what):
        yield place(name, at(name, reference), methods=SEND, needs=(what,), does=may, ok_sent=done)
    # What is sent says nothing, so that nobody votes; whoever may read a motion is told what is wanting.
    yield place("casting_vote", at("casting_vote", reference), methods=SEND, needs=(what,), ok_sent=REFUSED)
    yield place("declare", at("declare", reference), methods=SEND, needs=(what,), ok_sent=LED)
    for row in made.row.seats.all():
        seat = row.seat.handle
        sent = {"methods": SEND, "needs": (what,)}
        yield place("cast_vote", at("cast_vote", reference, seat), **sent, ok_sent=REFUSED)
        for name in ("pass_vote", "take_back_vote"):
            may = ("c", what.of("ballot"))
            yield place(name, at(name, reference, seat), **sent, does=may, ok_sent=LED)


def _running(what: What) -> Iterator[tuple[str, tuple[str, What] | None, tuple[int, ...]]]:
    """Yield the acts of whoever runs a vote, on which the one seat has voted; nothing is said with them.

    One that is closed stays so, and closing it once more leads to its page.
    """
    may = ("t", what)
    yield "open_vote", may, REFUSED
    yield "withdraw_motion", may, CONFLICT
    yield "close_vote", None if what.state == "decided" else may, CONFLICT if what.state == "draft" else LED


def _nowhere(place: Callable[..., Any]) -> Iterator[Any]:
    motion, decision = f"MOT-{NOBODY}", f"DEC-{NOBODY}"
    yield place("motion", at("motion", motion), exists=False)
    yield place("motion_as", at("motion_as", motion, "json"), exists=False)
    yield place("decision", at("decision", decision), exists=False)
    yield place("object_to", at("object_to", decision), methods=SEND, exists=False)
    for name in RUNNING:
        yield place(name, at(name, motion), methods=SEND, exists=False)
    for name in ("cast_vote", "pass_vote", "take_back_vote"):
        yield place(name, at(name, motion, NOBODY), methods=SEND, exists=False)


def at(name: str, *args: str) -> str:
    return reverse(name, args=["sec", *args])

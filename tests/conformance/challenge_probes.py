"""The addresses of challenges and disputes, and the answer that the policy lets expect."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

READ, SEND = ("GET", "HEAD"), ("POST",)
BOTH = (*READ, "POST")
NO_CHALLENGE, NO_DISPUTE = "CHA-ZZ9999999", "DIS-ZZ9999999"


def challenge_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    yield place("challenges", at("challenges"))
    for key in ("query", "dispute"):
        yield place("process", at("process", key))
    # Of a case that is not there, nothing is served; of a finding that is not there, nothing is disputed.
    yield place("serve_decision", f"{at('serve_decision')}?case=CASE-ZZ9999999", methods=BOTH, exists=False)
    yield place("raise_dispute", f"{at('raise_dispute')}?finding=FND-ZZ9999999", methods=BOTH, exists=False)
    yield place("challenge", at("challenge", NO_CHALLENGE), exists=False)
    yield place("dispute", at("dispute", NO_DISPUTE), exists=False)
    for name, of in (("take_challenge_step", NO_CHALLENGE), ("take_dispute_step", NO_DISPUTE)):
        yield place(name, at(name, of, "withdraw"), methods=BOTH, exists=False)
    for name, of in (("put_challenge", NO_CHALLENGE), ("put_dispute", NO_DISPUTE)):
        yield place(name, at(name, of), methods=BOTH, exists=False)
    yield place("correct_dispute", at("correct_dispute", NO_DISPUTE), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

"""The addresses of the register of risks, and what the policy lets expect where no register is open."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
NO_RISK = "R-99"


def risk_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    yield place("risks", at("risks"))
    yield place("risks_csv", at("risks_csv"), exists=False)
    for name in ("open_risk_register", "add_risk", "merge_risks"):
        yield place(name, at(name), methods=BOTH, ok_sent=REFUSED)
    yield place("risk", at("risk", NO_RISK), exists=False)
    for name in ("reword_risk", "split_risk", "propose_likelihood"):
        yield place(name, at(name, NO_RISK), methods=BOTH, exists=False)
    yield place("score_risk", at("score_risk", NO_RISK, "2022-23"), methods=BOTH, exists=False)
    again = at("score_risk_again", NO_RISK, "2022-23", "money")
    yield place("score_risk_again", again, methods=BOTH, exists=False)
    yield place(
        "answer_likelihood", at("answer_likelihood", NO_RISK, "2022-23", 1), methods=BOTH, exists=False
    )


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

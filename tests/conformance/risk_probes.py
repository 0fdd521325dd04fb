"""The addresses of the register of risks, and what the policy lets expect: of real risks, and of none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.registers import YEAR
from tests.conformance.world import Made, World

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
NO_RISK = "R-99"
OF_A_RISK = (("reword_risk", "u"), ("split_risk", "c"), ("propose_likelihood", "c"))


def risk_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the room; `place` makes one."""
    yield place("risks", at("risks"))
    yield place("risks", f"{at('risks')}?period={YEAR}&score=inherent&position=watch")
    yield place("risks_csv", at("risks_csv"))
    yield place("risks_csv", f"{at('risks_csv')}?period=1999-00", exists=False)
    for name in ("open_risk_register", "add_risk", "merge_risks"):
        yield place(name, at(name), methods=BOTH, ok_sent=REFUSED)
    for made in world.rows["risk"]:
        yield from _of_risk(made, place)
    yield from _of_none(place)


def _of_risk(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield what belongs to one risk. What is sent says nothing, so that nothing changes."""
    reference, needs = made.row.reference, (made.what,)
    yield place("risk", at("risk", reference), needs=needs)
    for name, act in OF_A_RISK:
        does = act, made.what
        yield place(name, at(name, reference), methods=BOTH, needs=needs, does=does, ok_sent=REFUSED)
    for name, more in (("score_risk", (YEAR,)), ("score_risk_again", (YEAR, "money"))):
        does = "c", made.what
        yield place(name, at(name, reference, *more), methods=BOTH, needs=needs, does=does, ok_sent=REFUSED)
    for proposal in made.row.proposals.all():
        of_it = made.what.of("risk")
        told = type(of_it)("risk", proposal.classification, "", of_it.body, proposal.publicity)
        address = at("answer_likelihood", reference, YEAR, proposal.number)
        several = {"needs": (made.what, told), "does": ("t", told), "ok_sent": REFUSED}
        yield place("answer_likelihood", address, methods=BOTH, **several)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
    yield place("risk", at("risk", NO_RISK), exists=False)
    for name, _ in OF_A_RISK:
        yield place(name, at(name, NO_RISK), methods=BOTH, exists=False)
    yield place("score_risk", at("score_risk", NO_RISK, YEAR), methods=BOTH, exists=False)
    yield place("score_risk", at("score_risk", "R-01", "1999-00"), methods=BOTH, exists=False)
    again = at("score_risk_again", NO_RISK, YEAR, "money")
    yield place("score_risk_again", again, methods=BOTH, exists=False)
    yield place("answer_likelihood", at("answer_likelihood", NO_RISK, YEAR, 1), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

"""The addresses of comparisons and charges, and what the policy lets expect where there is none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
NO_COMPARISON, NO_CHARGES = "PUB-ZZ9999999", "CHG-ZZ9999999"


def money_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the two; `place` makes one."""
    yield place("comparisons", at("comparisons"))
    yield place("charges", at("charges"))
    for name in ("draft_comparison", "compute_charges"):
        yield place(name, at(name), methods=BOTH, ok_sent=REFUSED)
    for name in ("publication", "publication_csv"):
        yield place(name, at(name, NO_COMPARISON), exists=False)
    for name in ("charge", "charge_csv"):
        yield place(name, at(name, NO_CHARGES), exists=False)
    for name in ("query_publication", "correct_publication"):
        yield place(name, at(name, NO_COMPARISON), methods=BOTH, exists=False)
    for name in ("query_charge", "correct_charge", "relieve_charges"):
        yield place(name, at(name, NO_CHARGES), methods=BOTH, exists=False)
    yield place(
        "take_publication_step",
        at("take_publication_step", NO_COMPARISON, "withdraw"),
        methods=BOTH,
        exists=False,
    )
    yield place("take_charge_step", at("take_charge_step", NO_CHARGES, "close"), methods=BOTH, exists=False)
    yield place(
        "answer_publication_query",
        at("answer_publication_query", NO_COMPARISON, 1),
        methods=BOTH,
        exists=False,
    )
    yield place("answer_charge_query", at("answer_charge_query", NO_CHARGES, 1), methods=BOTH, exists=False)
    for key in ("publication", "charge"):
        yield place("process", at("process", key))


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

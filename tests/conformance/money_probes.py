"""The addresses of comparisons and charges: real ones, and none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.application_probes import ASKED_OF, SENT_TO
from tests.conformance.world import World

BOTH = ("GET", "HEAD", "POST")
REFUSED = (422,)
NO_COMPARISON, NO_CHARGES = "PUB-ZZ9999999", "CHG-ZZ9999999"


OF_A_COMPARISON, OF_CHARGES = (
    ("query_publication", "correct_publication"),
    ("query_charge", "correct_charge", "relieve_charges"),
)


def money_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the two; `place` makes one.

    A party reaches a matter by its own line, whatever it may read of the head: what it is shown there is
    judged, and not whether.
    """
    asked = {"ok": ASKED_OF, "ok_sent": SENT_TO}
    for rows, shown, acts, step, move in (
        (
            "publication",
            ("publication", "publication_csv"),
            OF_A_COMPARISON,
            "take_publication_step",
            "withdraw",
        ),
        ("chargerun", ("charge", "charge_csv"), OF_CHARGES, "take_charge_step", "close"),
    ):
        for made in world.rows[rows]:
            for name in shown:
                yield place(name, at(name, str(made.row)), ok=ASKED_OF)
            for name in acts:
                yield place(name, at(name, str(made.row)), methods=BOTH, **asked)
            yield place(step, at(step, str(made.row), move), methods=BOTH, **asked)
    for made in world.rows["publicationquery"]:
        address = at("answer_publication_query", str(made.row.publication), made.row.number)
        yield place("answer_publication_query", address, methods=BOTH, needs=(made.what,), **asked)
    for made in world.rows["chargequery"]:
        address = at("answer_charge_query", str(made.row.charge_run), made.row.number)
        yield place("answer_charge_query", address, methods=BOTH, needs=(made.what,), **asked)
    yield from _of_none(place)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
    yield place("comparisons", at("comparisons"))
    yield place("charges", at("charges"))
    for name in ("draft_comparison", "draft_league", "compute_charges"):
        yield place(name, at(name), methods=BOTH, ok_sent=REFUSED)
    for name in ("publication", "publication_csv"):
        yield place(name, at(name, NO_COMPARISON), exists=False)
    for name in ("charge", "charge_csv"):
        yield place(name, at(name, NO_CHARGES), exists=False)
    for name in OF_A_COMPARISON:
        yield place(name, at(name, NO_COMPARISON), methods=BOTH, exists=False)
    for name in OF_CHARGES:
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

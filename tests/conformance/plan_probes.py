"""The addresses of the plan and its documents: real ones, and none."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

from tests.conformance.application_probes import ASKED_OF, SENT_TO
from tests.conformance.registers import YEAR
from tests.conformance.world import Made, World

BOTH = ("GET", "HEAD", "POST")
PERIOD, NO_DOCUMENT = "2030-31", "DOC-2021-0000"


def plan_places(world: World, place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the plan; `place` makes one."""
    drafts = world.rows["draft"]
    yield place("plan_of", at("plan_of", YEAR))
    yield place("plan_documents", at("plan_documents", YEAR))
    compared = at("compare_plans", YEAR, *(made.row.number for made in drafts))
    yield place("compare_plans", compared, needs=tuple(made.what for made in drafts))
    for made in drafts:
        yield place("plan_of", f"{at('plan_of', YEAR)}?draft={made.row.number}", needs=(made.what,))
    for name in ("save_plan", "draft_document"):
        yield place(name, at(name, YEAR), methods=BOTH, ok=ASKED_OF, ok_sent=SENT_TO)
    yield place("plan_effects", at("plan_effects", YEAR), ok=ASKED_OF)
    answer = at("answer_effect", YEAR, "certificate_audit", "R-04")
    yield place("answer_effect", answer, methods=BOTH, ok=ASKED_OF, ok_sent=SENT_TO)
    for made in world.rows["document"]:
        yield from _of_document(made, place)
    for made in world.rows["comment"]:
        of = next(one for one in world.rows["document"] if one.row.pk == made.row.document_id)
        address = at("reply_to_comment", str(of.row), made.row.number)
        asked = {"needs": (of.what, made.what), "ok": ASKED_OF, "ok_sent": SENT_TO}
        yield place("reply_to_comment", address, methods=BOTH, **asked)
    yield from _of_none(place)


def _of_document(made: Made, place: Callable[..., Any]) -> Iterator[Any]:
    reference, needs = str(made.row), (made.what,)
    yield place("plan_document", at("plan_document", reference), needs=needs)
    for name, more in (("take_document_step", ("withdraw",)), ("comment_on_document", ())):
        address = at(name, reference, *more)
        yield place(name, address, methods=BOTH, needs=needs, ok=ASKED_OF, ok_sent=SENT_TO)


def _of_none(place: Callable[..., Any]) -> Iterator[Any]:
    yield place("plan", at("plan"))
    yield place("plan_of", at("plan_of", PERIOD), exists=False)
    yield place("plan_documents", at("plan_documents", PERIOD), exists=False)
    yield place("compare_plans", at("compare_plans", PERIOD, 1, 2), exists=False)
    yield place("plan_effects", at("plan_effects", PERIOD), exists=False)
    answer = at("answer_effect", PERIOD, "charges", "R-02")
    yield place("answer_effect", answer, methods=BOTH, exists=False)
    for name in ("save_plan", "draft_document"):
        yield place(name, at(name, PERIOD), methods=BOTH, exists=False)
    yield place("plan_document", at("plan_document", NO_DOCUMENT), exists=False)
    yield place(
        "take_document_step", at("take_document_step", NO_DOCUMENT, "consult"), methods=BOTH, exists=False
    )
    yield place("put_document", at("put_document", NO_DOCUMENT), methods=BOTH, exists=False)
    yield place("comment_on_document", at("comment_on_document", NO_DOCUMENT), methods=BOTH, exists=False)
    yield place("reply_to_comment", at("reply_to_comment", NO_DOCUMENT, 1), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

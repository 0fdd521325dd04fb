"""The addresses of the plan and its documents, and what the policy lets expect where no register is open."""

from collections.abc import Callable, Iterator
from typing import Any

from django.urls import reverse

BOTH = ("GET", "HEAD", "POST")
PERIOD, NO_DOCUMENT = "2030-31", "DOC-2021-0000"


def plan_places(place: Callable[..., Any]) -> Iterator[Any]:
    """Yield every place of the plan; `place` makes one."""
    yield place("plan", at("plan"))
    yield place("plan_of", at("plan_of", PERIOD), exists=False)
    yield place("plan_documents", at("plan_documents", PERIOD), exists=False)
    yield place("compare_plans", at("compare_plans", PERIOD, 1, 2), exists=False)
    for name in ("save_plan", "draft_document"):
        yield place(name, at(name, PERIOD), methods=BOTH, exists=False)
    yield place("plan_document", at("plan_document", NO_DOCUMENT), exists=False)
    yield place(
        "take_document_step", at("take_document_step", NO_DOCUMENT, "consult"), methods=BOTH, exists=False
    )
    yield place("comment_on_document", at("comment_on_document", NO_DOCUMENT), methods=BOTH, exists=False)
    yield place("reply_to_comment", at("reply_to_comment", NO_DOCUMENT, 1), methods=BOTH, exists=False)


def at(name: str, *args: object) -> str:
    return reverse(name, args=["sec", *args])

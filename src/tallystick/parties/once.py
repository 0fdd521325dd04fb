"""A question that several parts of one page ask is asked of the database once, while the page is made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, ParamSpec, TypeVar

Told = TypeVar("Told")
Asked = ParamSpec("Asked")

_ANSWERS: ContextVar[dict[Any, Any] | None] = ContextVar("answers", default=None)


@contextmanager
def one_page() -> Iterator[None]:
    """Keep the answers to questions asked `once` until the page is made; nothing is changed meanwhile."""
    token = _ANSWERS.set({})
    try:
        yield
    finally:
        _ANSWERS.reset(token)


def once(question: Callable[Asked, Told]) -> Callable[Asked, Told]:
    """Let a question with the same words have one answer on a page; elsewhere it is asked every time."""

    @wraps(question)
    def asked(*args: Asked.args, **named: Asked.kwargs) -> Told:
        answers = _ANSWERS.get()
        if answers is None:
            return question(*args, **named)
        key = (question, args, tuple(sorted(named.items())))
        if key not in answers:
            answers[key] = question(*args, **named)
        answer: Told = answers[key]
        return answer

    return asked

"""What is random elsewhere is drawn from a seed here, and what goes wrong elsewhere goes wrong on purpose."""

import random
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

import pytest
from django.db import connection

One = TypeVar("One")


def dice_of(*words: object) -> random.Random:
    return random.Random("/".join(str(word) for word in words))  # noqa: S311 - made up, nothing secret


class Source:
    """What handles, references and salts are drawn from: a stream of its own for each entry of the journal.

    So what an act draws that is broken off and asked for again is what it would have drawn at once.
    """

    def __init__(self, seed: object) -> None:
        self._seed = seed
        self.begin(0)

    def begin(self, size: int) -> None:
        """Draw what belongs to the entry that comes after so many."""
        self._size, self._dice = size, dice_of(self._seed, size)

    def choice(self, among: Sequence[One]) -> One:
        return self._dice.choice(among)

    def token_bytes(self, count: int) -> bytes:
        """Return the salt of an entry, which is the last that an act draws for it."""
        salt = self._dice.randbytes(count)
        self.begin(self._size + 1)
        return salt


@contextmanager
def drawn_from(source: Source) -> Iterator[None]:
    """Let everything that draws by `secrets` draw from the source."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(secrets, "choice", source.choice)
        patch.setattr(secrets, "token_bytes", source.token_bytes)
        yield


class Interrupted(Exception):
    """The machine stopped just now."""


@contextmanager
def interrupted(after: int) -> Iterator[None]:
    """Stop whatever is done after so many statements, once: before the next one is sent.

    What is done is not stopped between its last statement and its end: that an answer is lost is tried by
    sending a form twice.
    """
    left = after

    def wrapper(execute: Callable[..., Any], sql: str, *told: Any) -> Any:
        nonlocal left
        left -= not sql.startswith("RELEASE")
        if left == -1:
            left = -2
            raise Interrupted
        return execute(sql, *told)

    with connection.execute_wrapper(wrapper):
        yield

"""Rows that a code is governed by: changed one at a time, by an act that writes to the journal.

A queryset that changes many rows at once would leave no entry behind; so a governed one refuses to.
"""

import secrets
from collections.abc import Iterable
from typing import Any, ClassVar, NoReturn, TypeVar

from django.db import models

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
HANDLE = 20

Row = TypeVar("Row", bound=models.Model)


class UnableToActUnseen(Exception):
    """Many rows at once were to be changed or removed, without an entry for each."""


def new_handle() -> str:
    """Return a handle that tells nothing: not how many others there are, not what it stands for."""
    return "".join(secrets.choice(ALPHABET) for _ in range(HANDLE))


class GovernedQuerySet(models.QuerySet[Row]):
    """Finds rows, and refuses to change or remove several of them at once."""

    def update(self, **kwargs: Any) -> NoReturn:
        self._refuse("update", kwargs)

    def delete(self) -> NoReturn:
        self._refuse("delete", ())

    def bulk_create(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        self._refuse("bulk_create", objs)

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        self._refuse("bulk_update", objs)

    def _refuse(self, way: str, _: object) -> NoReturn:
        raise UnableToActUnseen(
            f"{self.model.__name__}.objects.{way}() would leave no entry in the journal. "
            "Change the rows one by one, in an act that records it."
        )


class Governed(models.Model):
    """A row with a handle, by which the journal and other rows' entries know it."""

    handle = models.CharField(max_length=HANDLE, unique=True, default=new_handle, editable=False)

    objects: ClassVar[Any] = GovernedQuerySet.as_manager()

    class Meta:
        abstract = True

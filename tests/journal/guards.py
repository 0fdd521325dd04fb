"""The database's guards, taken away for a moment: to empty it between tests, or to tamper with it in one."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from typing import Any

from django.db import connection
from django.db.models import Model, QuerySet

STEP = import_module("tallystick.journal.migrations.0002_append_only")


@contextmanager
def unguarded() -> Iterator[None]:
    """Let the journal be changed, as whoever owns the database could."""
    guards = STEP.VENDORS[connection.vendor]()
    with connection.cursor() as cursor:
        for _, taken in reversed(guards):
            cursor.execute(taken)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for made, _ in guards:
                cursor.execute(made)


def rows(model: type[Model], **which: Any) -> QuerySet[Model]:
    """Return rows to change or remove in one statement, past what the model itself refuses."""
    return QuerySet(model).filter(**which)


def tamper(model: type[Model], which: dict[str, Any], **to: Any) -> None:
    """Change rows as whoever owns the database could."""
    with unguarded():
        rows(model, **which).update(**to)


def remove(model: type[Model], **which: Any) -> None:
    """Remove rows as whoever owns the database could."""
    with unguarded():
        rows(model, **which)._raw_delete(connection.alias)  # noqa: SLF001 - no questions asked

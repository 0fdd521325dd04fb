"""The guards of kept rows: which there are, and taken away for a moment to empty the database."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

from django.apps import apps
from django.db import connection

from tallystick.decisions.keeping import Kept
from tallystick.decisions.kept_tables import SAID
from tallystick.journal.governed import new_handle

OWN_RULES = "decisions"  # votes have guards of their own
IN_SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%{}%'"
IN_POSTGRESQL = (
    "SELECT tgname, pg_get_functiondef(tgfoid), tgrelid::regclass::text FROM pg_trigger"
    " JOIN pg_proc ON pg_proc.oid = tgfoid WHERE NOT tgisinternal AND prosrc LIKE '%{}%'"
)


def kept_models() -> list[type[Kept]]:
    """Return the models whose rows the database keeps as they were written."""
    every = [one for one in apps.get_models() if issubclass(one, Kept)]
    return [one for one in every if one._meta.app_label != OWN_RULES]  # noqa: SLF001 - how Django tells it


def another(row: Any) -> Any:
    """Return a row that is written already as another one, to be tried with what the database refuses."""
    state = row._state  # noqa: SLF001 - how Django tells a row that is written from one that is not
    if not state.adding:
        row.pk, row.handle, state.adding = None, new_handle(), True
    return row


def guards(said: str = SAID) -> dict[str, str]:
    """Return the text of each guard by its name."""
    asked = (IN_SQLITE if connection.vendor == "sqlite" else IN_POSTGRESQL).format(said)
    with connection.cursor() as cursor:
        cursor.execute(asked)
        return {row[0]: row[1] for row in cursor.fetchall()}


@contextmanager
def unguarded() -> Iterator[None]:
    """Let kept rows be removed, as whoever owns the database could."""
    with taken_away(SAID, [one._meta.db_table for one in kept_models()]):  # noqa: SLF001 - as above
        yield


@contextmanager
def taken_away(said: str, tables: Iterable[str]) -> Iterator[None]:
    """Take away the guards that say so: in SQLite by their text, in PostgreSQL all of those tables."""
    if connection.vendor == "sqlite":
        there = guards(said)
        taken, set_again = [f"DROP TRIGGER {name}" for name in there], list(there.values())
    else:
        each = sorted(set(tables))
        taken, set_again = (
            [f"ALTER TABLE {table} {word} TRIGGER USER" for table in each] for word in ("DISABLE", "ENABLE")
        )
    # PostgreSQL alters no table while keys of its rows wait to be checked.
    connection.check_constraints()
    _tell(taken)
    try:
        yield
    finally:
        connection.check_constraints()
        _tell(set_again)


def _tell(statements: list[str]) -> None:
    with connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)

"""The database keeps rows as they were written, whoever asks it to change them: the layer below `keeping`.

This is a guard rail, not a wall: who owns the database can take it away. The journal tells then.
"""

from collections.abc import Iterable
from itertools import chain
from typing import Any, NamedTuple

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

SAID = "what was written stays"


class Keeping(NamedTuple):
    """Rows of a model, as `cases.Message`, and the columns of them that may change.

    `by_order` are columns that change only while `order` holds: SQL that looks at OLD, the row as it is.
    Where it `goes`, the row may be removed then.
    """

    model: str
    changes: tuple[str, ...] = ()
    by_order: tuple[str, ...] = ()
    order: str = ""
    goes: bool = False


class Guard(NamedTuple):
    """What is refused: an event on a table, and when, in words that both databases know."""

    name: str
    event: str
    table: str
    when: str = ""


def kept(*rows: Keeping) -> migrations.RunPython:
    """Return the step of a migration that lets the database keep rows as they were written."""

    def guard(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        _tell(editor, (made for made, _ in _statements(apps, editor, rows)))

    def unguard(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        _tell(editor, (taken for _, taken in reversed(_statements(apps, editor, rows))))

    return migrations.RunPython(guard, unguard)


def guards(table: str, columns: Iterable[str], keeping: Keeping) -> list[Guard]:
    """Return the guards of one table with such columns; the key and the handle are among them."""
    staying = [one for one in columns if one not in {*keeping.changes, *keeping.by_order}]
    unordered = f"NOT ({keeping.order})"
    refused = _differing(staying)
    if keeping.by_order:
        refused = f"{refused} OR ({_differing(keeping.by_order)}) AND {unordered}"
    return [
        Guard(f"{table}_stays", "UPDATE", table, refused),
        Guard(f"{table}_is_kept", "DELETE", table, unordered if keeping.goes else ""),
    ]


def sqlite(one: Guard) -> list[tuple[str, str]]:
    """Return what sets a guard and what takes it away, in SQLite's words."""
    found = [one]
    if one.event == "DELETE":
        # SQLite's own way of replacing a row removes the old one without asking the guard against removals.
        there = f"EXISTS (SELECT 1 FROM {one.table} WHERE id = NEW.id OR handle = NEW.handle)"  # noqa: S608 - our own name
        found.append(Guard(f"{one.table}_is_not_replaced", "INSERT", one.table, there))
    return [(_in_sqlite(guard), f"DROP TRIGGER {guard.name}") for guard in found]


def _in_sqlite(one: Guard) -> str:
    when = f"WHEN {one.when}" if one.when else ""
    raising = f"SELECT RAISE(ABORT, '{SAID}: {one.name}')"
    return f"CREATE TRIGGER {one.name} BEFORE {one.event} ON {one.table} {when} BEGIN {raising}; END"


def postgresql(one: Guard) -> list[tuple[str, str]]:
    """Return what sets a guard and what takes it away, in PostgreSQL's words."""
    raising = f"RAISE EXCEPTION '{SAID}: %', TG_NAME;"
    goes_on = "RETURN OLD;" if one.event == "DELETE" else "RETURN NEW;"
    # Where a table is emptied at once there is no OLD to look at.
    asked = f"IF TG_OP = 'TRUNCATE' THEN {raising} ELSIF {one.when} THEN {raising} END IF; {goes_on}"
    does = f"$$ BEGIN {asked if one.when else raising} END $$"
    function = f"CREATE FUNCTION {one.name}() RETURNS trigger LANGUAGE plpgsql AS {does}"
    found = [
        (function, f"DROP FUNCTION {one.name}()"),
        _trigger(one.name, f"{one.event} ON {one.table} FOR EACH ROW", one),
    ]
    if one.event == "DELETE":
        found.append(_trigger(f"{one.table}_is_not_emptied", f"TRUNCATE ON {one.table}", one))
    return found


def _trigger(name: str, what: str, asks: Guard) -> tuple[str, str]:
    made = f"CREATE TRIGGER {name} BEFORE {what} EXECUTE FUNCTION {asks.name}()"
    return made, f"DROP TRIGGER {name} ON {asks.table}"


VENDORS = {"sqlite": sqlite, "postgresql": postgresql}


def _differing(columns: Iterable[str]) -> str:
    return " OR ".join(
        f'CAST(OLD."{one}" AS text) IS DISTINCT FROM CAST(NEW."{one}" AS text)' for one in columns
    )


def _statements(
    apps: Any, editor: BaseDatabaseSchemaEditor, rows: Iterable[Keeping]
) -> list[tuple[str, str]]:
    spelled = VENDORS[editor.connection.vendor]
    return list(chain.from_iterable(spelled(one) for keeping in rows for one in _guards_of(apps, keeping)))


def _guards_of(apps: Any, keeping: Keeping) -> list[Guard]:
    told = apps.get_model(keeping.model)._meta  # noqa: SLF001 - how Django tells a model's table and columns
    return guards(told.db_table, [one.column for one in told.concrete_fields], keeping)


def _tell(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    with editor.connection.cursor() as cursor:
        for one in statements:
            cursor.execute(one)

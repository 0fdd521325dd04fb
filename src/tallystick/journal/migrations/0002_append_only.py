"""The database refuses to change the journal, whoever asks it to.

This is a guard rail, not a wall: who owns the database can take it away. What they changed is then found by
the tree.
"""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

# A payload may be removed, where a court orders it; the salt goes with it.
KEPT = ("journal_entry", "journal_node", "journal_reading", "journal_closedday", "journal_log")
WRITTEN_ONCE = ("journal_entry", "journal_node", "journal_payload", "journal_reading", "journal_closedday")

NEXT_ENTRY = "NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM journal_entry)"
GROWN_BY_ONE = "NEW.size <> OLD.size + 1"
# SQLite's own way of replacing a row removes the old one without asking the guard against removals.
THERE_ALREADY = {
    "journal_node": "level = NEW.level AND number = NEW.number",
    "journal_payload": "entry_id = NEW.entry_id",
    "journal_reading": "id = NEW.id",
    "journal_closedday": "day = NEW.day OR entry_id = NEW.entry_id",
}

Guard = tuple[str, str, str, str]  # name, event, table, condition


def guards() -> list[Guard]:
    """Return every guard: what is refused, on which table, and when."""
    return [
        *((f"{table}_is_written_once", "UPDATE", table, "") for table in WRITTEN_ONCE),
        *((f"{table}_is_kept", "DELETE", table, "") for table in KEPT),
        ("journal_log_grows_by_one", "UPDATE", "journal_log", GROWN_BY_ONE),
        ("journal_entry_is_the_next", "INSERT", "journal_entry", NEXT_ENTRY),
    ]


def sqlite() -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in SQLite's words."""
    replaced = [
        (f"{table}_is_not_replaced", "INSERT", table, f"EXISTS (SELECT 1 FROM {table} WHERE {same})")
        for table, same in THERE_ALREADY.items()
    ]
    return [
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {f'WHEN {when}' if when else ''} "
            f"BEGIN SELECT RAISE(ABORT, 'the journal is not changed: {name}'); END",
            f"DROP TRIGGER {name}",
        )
        for name, event, table, when in [*guards(), *replaced]
    ]


def postgresql() -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in PostgreSQL's words."""
    made = [
        (
            "CREATE FUNCTION journal_refuses() RETURNS trigger LANGUAGE plpgsql AS "
            "$$ BEGIN RAISE EXCEPTION 'the journal is not changed: %', TG_NAME; END $$",
            "DROP FUNCTION journal_refuses()",
        ),
        (
            "CREATE FUNCTION journal_refuses_gaps() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {NEXT_ENTRY} THEN RAISE EXCEPTION 'the journal is not changed: %', TG_NAME; "
            "END IF; RETURN NEW; END $$",
            "DROP FUNCTION journal_refuses_gaps()",
        ),
    ]
    for name, event, table, when in guards():
        # A condition of a trigger may not look into tables there: the function does.
        asks = "journal_refuses_gaps" if event == "INSERT" else "journal_refuses"
        condition = f"WHEN ({when})" if when and event != "INSERT" else ""
        made.append(
            (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
                f"EXECUTE FUNCTION {asks}()",
                f"DROP TRIGGER {name} ON {table}",
            )
        )
    for table in {*KEPT, *WRITTEN_ONCE}:
        made.append(
            (
                f"CREATE TRIGGER {table}_is_not_emptied BEFORE TRUNCATE ON {table} "
                "EXECUTE FUNCTION journal_refuses()",
                f"DROP TRIGGER {table}_is_not_emptied ON {table}",
            )
        )
    return made


VENDORS: dict[str, Callable[[], list[tuple[str, str]]]] = {"sqlite": sqlite, "postgresql": postgresql}


def guard(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Set every guard."""
    with editor.connection.cursor() as cursor:
        for made, _ in VENDORS[editor.connection.vendor]():
            cursor.execute(made)


def unguard(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
    """Take every guard away."""
    with editor.connection.cursor() as cursor:
        for _, taken in reversed(VENDORS[editor.connection.vendor]()):
            cursor.execute(taken)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]

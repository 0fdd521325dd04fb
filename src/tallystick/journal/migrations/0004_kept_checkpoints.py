"""The database keeps checkpoints, and lets the words of an entry go only where an order of two persons stands."""

from collections.abc import Callable
from typing import Any, ClassVar

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

KEPT = ("journal_checkpoint", "journal_cosignature")
# The order is an entry about this very redaction, and what the log says of itself is never taken away.
UNORDERED = (
    "NOT EXISTS (SELECT 1 FROM journal_redaction JOIN journal_entry AS ordered"
    " ON ordered.seq = journal_redaction.order_id"
    " JOIN journal_entry AS said ON said.seq = journal_redaction.entry_id"
    " WHERE journal_redaction.entry_id = OLD.entry_id AND journal_redaction.state = 'done'"
    " AND ordered.act = 'journal.redact' AND ordered.handle = journal_redaction.handle"
    " AND said.act NOT LIKE 'journal.%')"
)
SETTLED = "OLD.state <> 'asked' OR NEW.entry_id <> OLD.entry_id OR NEW.asked_by <> OLD.asked_by"
SETTLED += " OR NEW.handle <> OLD.handle"

Guard = tuple[str, str, str, str]  # name, event, table, condition


def guards() -> list[Guard]:
    """Return every guard: what is refused, on which table, and when."""
    return [
        *((f"{table}_is_written_once", "UPDATE", table, "") for table in KEPT),
        *((f"{table}_is_kept", "DELETE", table, "") for table in KEPT),
        ("journal_payload_goes_by_order", "DELETE", "journal_payload", UNORDERED),
        ("journal_redaction_is_settled_once", "UPDATE", "journal_redaction", SETTLED),
        ("journal_redaction_is_kept", "DELETE", "journal_redaction", ""),
        # SQLite's own way of replacing a row removes the old one without asking the guard against removals.
        (
            "journal_checkpoint_is_not_replaced",
            "INSERT",
            "journal_checkpoint",
            "EXISTS (SELECT 1 FROM journal_checkpoint WHERE size = NEW.size)",
        ),
        (
            "journal_redaction_is_not_replaced",
            "INSERT",
            "journal_redaction",
            "EXISTS (SELECT 1 FROM journal_redaction WHERE handle = NEW.handle OR id = NEW.id)",
        ),
    ]


def sqlite() -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in SQLite's words."""
    return [
        (
            f"CREATE TRIGGER {name} BEFORE {event} ON {table} {f'WHEN {when}' if when else ''} "
            f"BEGIN SELECT RAISE(ABORT, 'the journal is not changed: {name}'); END",
            f"DROP TRIGGER {name}",
        )
        for name, event, table, when in guards()
    ]


def postgresql() -> list[tuple[str, str]]:
    """Return what sets each guard and what takes it away, in PostgreSQL's words."""
    made = [
        (
            "CREATE FUNCTION journal_refuses_unordered() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN IF {UNORDERED} THEN RAISE EXCEPTION 'the journal is not changed: %', TG_NAME; "
            "END IF; RETURN OLD; END $$",
            "DROP FUNCTION journal_refuses_unordered()",
        )
    ]
    for name, event, table, when in guards():
        if event == "INSERT":
            continue  # a row that is there already is refused by its key
        # A condition of a trigger may not look into tables there: the function does.
        asks = "journal_refuses_unordered" if when == UNORDERED else "journal_refuses"
        condition = f"WHEN ({when})" if when and when != UNORDERED else ""
        made.append(
            (
                f"CREATE TRIGGER {name} BEFORE {event} ON {table} FOR EACH ROW {condition} "
                f"EXECUTE FUNCTION {asks}()",
                f"DROP TRIGGER {name} ON {table}",
            )
        )
    for table in (*KEPT, "journal_redaction"):
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
    dependencies: ClassVar = [("journal", "0003_checkpoints_and_redactions")]
    operations: ClassVar = [migrations.RunPython(guard, unguard)]

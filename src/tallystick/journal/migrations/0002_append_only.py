"""The database refuses to change the journal, whoever asks it to, and keeps checkpoints.

The words of an entry go only where an order of two persons stands. This is a guard rail, not a wall: who owns the
database can take it away. What they changed is then found by the tree. PostgreSQL keeps no samples of what entries
said: they would outlive words that were removed.
"""

from collections.abc import Callable
from typing import ClassVar

from django.db import migrations
from tallystick.journal.steps import Tell, in_pairs

# A payload may be removed, where a court orders it; the salt goes with it.
KEPT = ("journal_entry", "journal_node", "journal_reading", "journal_closedday", "journal_log")
WRITTEN_ONCE = ("journal_entry", "journal_node", "journal_payload", "journal_reading", "journal_closedday")
CHECKPOINTS = ("journal_checkpoint", "journal_cosignature")
NOT_EMPTIED = ("journal_payload", *KEPT, *CHECKPOINTS, "journal_redaction")
NOT_SAMPLED = ("text", "salt")

NEXT_ENTRY = "NEW.seq <> (SELECT coalesce(max(seq), -1) + 1 FROM journal_entry)"
GROWN_BY_ONE = "NEW.size <> OLD.size + 1"
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
# SQLite's own way of replacing a row removes the old one without asking the guard against removals.
THERE_ALREADY = {
    "journal_node": "level = NEW.level AND number = NEW.number",
    "journal_payload": "entry_id = NEW.entry_id",
    "journal_reading": "id = NEW.id",
    "journal_closedday": "day = NEW.day OR entry_id = NEW.entry_id",
    "journal_checkpoint": "size = NEW.size",
    "journal_redaction": "handle = NEW.handle OR id = NEW.id",
}
# A condition of a trigger may not look into tables in PostgreSQL: there a function does.
ASKING = {"": "journal_refuses", NEXT_ENTRY: "journal_refuses_gaps", UNORDERED: "journal_refuses_unordered"}
GOES_ON = {NEXT_ENTRY: "NEW", UNORDERED: "OLD"}

Guard = tuple[str, str, str, str]  # name, event, table, condition


def guards() -> list[Guard]:
    """Return every guard: what is refused, on which table, and when."""
    return [
        *((f"{table}_is_written_once", "UPDATE", table, "") for table in (*WRITTEN_ONCE, *CHECKPOINTS)),
        *((f"{table}_is_kept", "DELETE", table, "") for table in (*KEPT, *CHECKPOINTS, "journal_redaction")),
        ("journal_log_grows_by_one", "UPDATE", "journal_log", GROWN_BY_ONE),
        ("journal_entry_is_the_next", "INSERT", "journal_entry", NEXT_ENTRY),
        ("journal_payload_goes_by_order", "DELETE", "journal_payload", UNORDERED),
        ("journal_redaction_is_settled_once", "UPDATE", "journal_redaction", SETTLED),
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
    made = [(_function(when, name), f"DROP FUNCTION {name}()") for when, name in ASKING.items()]
    for name, event, table, when in guards():
        asks = ASKING.get(when, ASKING[""])
        condition = f"WHEN ({when})" if when not in ASKING else ""
        made.append(_trigger(name, f"{event} ON {table} FOR EACH ROW {condition}", table, asks))
    for table in NOT_EMPTIED:
        made.append(_trigger(f"{table}_is_not_emptied", f"TRUNCATE ON {table}", table, ASKING[""]))
    return made


def _function(when: str, name: str) -> str:
    raising = "RAISE EXCEPTION 'the journal is not changed: %', TG_NAME;"
    does = f"IF {when} THEN {raising} END IF; RETURN {GOES_ON[when]};" if when else raising
    return f"CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN {does} END $$"


def _trigger(name: str, what: str, table: str, asks: str) -> tuple[str, str]:
    made = f"CREATE TRIGGER {name} BEFORE {what} EXECUTE FUNCTION {asks}()"
    return made, f"DROP TRIGGER {name} ON {table}"


VENDORS: dict[str, Callable[[], list[tuple[str, str]]]] = {"sqlite": sqlite, "postgresql": postgresql}


def _sampling(target: int, vendor: str) -> list[str]:
    if vendor != "postgresql":
        return []
    return [f"ALTER TABLE journal_payload ALTER COLUMN {one} SET STATISTICS {target}" for one in NOT_SAMPLED]


class Migration(migrations.Migration):
    dependencies: ClassVar = [("journal", "0001_initial")]
    operations: ClassVar = [
        in_pairs(lambda _, vendor: VENDORS[vendor]()),
        Tell(lambda _, vendor: _sampling(0, vendor), lambda _, vendor: _sampling(-1, vendor)),
    ]

"""The database keeps rows as they were written, whoever asks it to change them: the layer below `keeping`.

This is a guard rail, not a wall: who owns the database can take it away. The journal tells then.

Rows of votes have guards of their own, which ask how far the motion is: decisions/migrations,
0002_what_was_closed_stays. Both stand: what those look at, and how they refuse, is theirs.
"""

from collections.abc import Iterable, Mapping
from itertools import chain
from typing import NamedTuple

from django.db.migrations.state import ProjectState

from tallystick.journal.steps import Statements, Tell, columns_of, in_pairs

SAID = "what was written stays"
# The fact by which an entry names where words of its act stand, and how what stands there after them begins.
NAMED, INSTEAD = "worded", "Removed by order, "
# The order is settled while the words of the entry still say where they stand besides. What anybody wrote
# cannot pass for such a name: within a text the quotes of JSON are escaped.
ORDERED = (
    "EXISTS (SELECT 1 FROM journal_redaction"
    " JOIN journal_payload ON journal_payload.entry_id = journal_redaction.entry_id"
    " WHERE journal_redaction.state = 'done' AND ({}))"
)
PLACE = f"""journal_payload.text LIKE '%"{NAMED}":[%"' || OLD.handle || '.{{}}%'"""


class Keeping(NamedTuple):
    """Rows of a model, as `cases.Message`, and the columns of them that may change.

    `once` are columns that are empty at first, are filled once, and stay then.
    `by_order` are columns that change only while `order` holds: SQL that looks at OLD, the row as it is.
    Where it `goes`, the row may be removed then. `words` are columns that change only to the sentence of an
    order, while that removes an entry which names them.
    """

    model: str
    changes: tuple[str, ...] = ()
    by_order: tuple[str, ...] = ()
    order: str = ""
    goes: bool = False
    words: tuple[str, ...] = ()
    once: tuple[str, ...] = ()


class Guard(NamedTuple):
    """What is refused: an event on a table, and when, in words that both databases know."""

    name: str
    event: str
    table: str
    when: str = ""


def kept(*rows: Keeping) -> Tell:
    """Return the step of a migration that lets the database keep rows as they were written."""

    def pairs(state: ProjectState, vendor: str) -> list[tuple[str, str]]:
        guarding = (one for row in rows for one in guards(*columns_of(state, row.model), row))
        return list(chain.from_iterable(map(VENDORS[vendor], guarding)))

    return in_pairs(pairs)


def unsampled(words: Mapping[str, Iterable[str]]) -> Tell:
    """Return the step that lets PostgreSQL sample no columns, by model, of which words may have to go."""

    def sampling(target: int) -> Statements:
        def told(state: ProjectState, vendor: str) -> list[str]:
            if vendor != "postgresql":
                return []
            places = [
                (columns_of(state, model)[0], each) for model, columns in words.items() for each in columns
            ]
            return [
                f"ALTER TABLE {table} ALTER COLUMN {one} SET STATISTICS {target}" for table, one in places
            ]

        return told

    return Tell(sampling(0), sampling(-1))


def guards(table: str, columns: Iterable[str], keeping: Keeping) -> list[Guard]:
    """Return the guards of one table with such columns; the key and the handle are among them."""
    going = {*keeping.changes, *keeping.by_order, *keeping.words, *keeping.once}
    staying = [one for one in columns if one not in going]
    unordered = f"NOT ({keeping.order})"
    refused = differing(staying)
    if keeping.by_order:
        refused = f"{refused} OR ({differing(keeping.by_order)}) AND {unordered}"
    for one in (*keeping.words, *(one for one in keeping.once if one not in keeping.words)):
        differs = unless_removed(one) if one in keeping.words else f"({differing([one])})"
        was_filled = f" AND COALESCE(CAST(OLD.\"{one}\" AS text), '') <> ''" if one in keeping.once else ""
        refused = f"{refused} OR {differs}{was_filled}"
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


def differing(columns: Iterable[str]) -> str:
    """Return in SQL that one of the columns changes."""
    return " OR ".join(
        f'CAST(OLD."{one}" AS text) IS DISTINCT FROM CAST(NEW."{one}" AS text)' for one in columns
    )


def unless_removed(column: str) -> str:
    """Return in SQL that a column changes in another way than by the order that removes its words."""
    return f"({differing([column])}) AND NOT ({_removing(column)})"


def _removing(column: str) -> str:
    """Return in SQL that the words of a column give way to the sentence of the order that removes them."""
    named = " OR ".join(PLACE.format(column + end) for end in ('"', "."))
    words = f'CAST(NEW."{column}" AS text)'
    sentence = f"({words} LIKE '{INSTEAD}%' OR {words} LIKE '{{%\"{INSTEAD}%')"  # by itself, or under a key
    return f"{sentence} AND {ORDERED.format(named)}"

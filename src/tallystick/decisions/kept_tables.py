"""The database keeps rows as they were written, whoever asks it to change them: the layer below `keeping`.

This is a guard rail, not a wall: who owns the database can take it away. The journal tells then.

Rows of votes have guards of their own, which ask how far the motion is: decisions/migrations, from
0002_what_was_closed_stays on. Both stand. Those were applied before this was written, and a migration says
itself what it did: what they look at, and how they refuse, is theirs.
"""

from collections.abc import Callable, Iterable, Mapping
from itertools import chain
from typing import Any, NamedTuple

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

Way = Callable[[Any, BaseDatabaseSchemaEditor], None]
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


def kept(*rows: Keeping) -> migrations.RunPython:
    """Return the step of a migration that lets the database keep rows as they were written."""
    return migrations.RunPython(*_both_ways(rows))


def _both_ways(rows: Iterable[Keeping]) -> tuple[Way, Way]:
    def guard(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        _tell(editor, (made for made, _ in _statements(apps, editor, rows)))

    def unguard(apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
        _tell(editor, (taken for _, taken in reversed(_statements(apps, editor, rows))))

    return guard, unguard


def no_longer_kept(*rows: Keeping) -> migrations.RunPython:
    """Return the step of a migration that takes such guards away, so that others can be set."""
    guard, unguard = _both_ways(rows)
    return migrations.RunPython(unguard, guard)


def unsampled(words: Mapping[str, Iterable[str]]) -> migrations.RunPython:
    """Return the step that lets PostgreSQL sample no columns, by table, of which words may have to go."""

    def sample(target: int) -> Way:
        def tell(_apps: Any, editor: BaseDatabaseSchemaEditor) -> None:
            if editor.connection.vendor == "postgresql":
                places = [(table, column) for table, columns in words.items() for column in columns]
                told = "ALTER TABLE {} ALTER COLUMN {} SET STATISTICS {}"
                _tell(editor, (told.format(table, column, target) for table, column in places))

        return tell

    return migrations.RunPython(sample(0), sample(-1))


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

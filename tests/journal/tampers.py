"""What the owner of a database could do to the journal, past its guards, and where it shows."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any

from tallystick.journal.canonical import canonical
from tallystick.journal.leaf import commitment
from tallystick.journal.merkle import Frontier, leaf_hash

# Each table with its columns that something holds to account; what is left out is in nobody's proof: when a
# checkpoint was put down, and the numbers that tables count their rows by.
COLUMNS = {
    "journal_log": ("size", "root"),
    "journal_entry": ("seq", "act", "at", "actor", "code", "kind", "handle", "classification", "leaf"),
    "journal_payload": ("entry_id", "salt", "text"),
    "journal_node": ("level", "number", "hash"),
    "journal_reading": (
        "day", "at", "actor", "capacity", "code", "kind", "handle", "classification", "address",
    ),
    "journal_closedday": ("day", "entry_id", "readings", "root"),
    "journal_checkpoint": ("size", "root", "text"),
}  # fmt: skip
BY_SEQ = {"journal_entry": "seq", "journal_payload": "entry_id"}
Shows = int | None  # the first number at which it shows, where that is certain
Tamper = Callable[[random.Random, sqlite3.Connection], tuple[str, Shows]]


def rows_of(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return database.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()  # noqa: S608 - our own names


def another(dice: random.Random, value: Any) -> Any:
    """Return a value of the same kind that is another."""
    if isinstance(value, bytes):
        place = dice.randrange(len(value) * 8) if value else 0
        changed = bytearray(value or b"\0")
        changed[place // 8] ^= 1 << place % 8
        return bytes(changed)
    if isinstance(value, int):
        return value + dice.choice([-1, 1, 7, 10_000])
    text = str(value)
    place = dice.randrange(len(text) + 1)
    return text[:place] + dice.choice("0aZ~ é") + text[place:]


def picked(dice: random.Random, database: sqlite3.Connection, table: str) -> int:
    return int(dice.choice(rows_of(database, table))[0])


def seq_of(database: sqlite3.Connection, table: str, row: int) -> Shows:
    column = BY_SEQ.get(table)
    if column is None:
        return None
    found = database.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()  # noqa: S608
    return int(found[0])


def update(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    table = dice.choice(list(COLUMNS))
    column = dice.choice(COLUMNS[table])
    row = picked(dice, database, table)
    shows = seq_of(database, table, row) if column not in BY_SEQ.values() else None
    (value,) = database.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()  # noqa: S608
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (another(dice, value), row))  # noqa: S608
    return f"{column} of {table} {row} changed", shows


def swap(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Let two rows have each other's value of a column."""
    table = dice.choice(["journal_entry", "journal_payload", "journal_node", "journal_reading"])
    column = dice.choice([one for one in COLUMNS[table] if one not in BY_SEQ.values()])
    asked = f"SELECT rowid, {column} FROM {table}"  # noqa: S608
    held = dict(database.execute(asked).fetchall())
    pairs = [(one, two) for one in held for two in held if one < two and held[one] != held[two]]
    if not pairs:
        return update(dice, database)
    one, two = dice.choice(pairs)
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (held[two], one))  # noqa: S608
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (held[one], two))  # noqa: S608
    return f"{column} of {table} {one} and {two} swapped", seq_of(database, table, one)


def reorder(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Let two entries change places, with all that belongs to them."""
    one, two = sorted(dice.sample([row[0] for row in rows_of(database, "journal_entry")], 2))
    for table, column in BY_SEQ.items():
        for old, new in ((one, -1), (two, one), (-1, two)):
            database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))  # noqa: S608
    return f"entries {one} and {two} changed places", one


def delete(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    table = dice.choice([one for one in COLUMNS if one != "journal_checkpoint"])
    row = picked(dice, database, table)
    shows = seq_of(database, table, row)
    database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
    return f"{table} {row} deleted", shows


def cut_short(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Set the log back to an earlier size with everything that belongs to it, as an older backup would."""
    size = len(rows_of(database, "journal_entry"))
    left = dice.randrange(1, size)
    rehash(database, left)
    return f"cut short to {left} of {size}", left


def insert(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Put in a row like another, where there is room for it."""
    table = dice.choice(["journal_entry", "journal_node", "journal_reading", "journal_closedday"])
    names = [one[1] for one in database.execute(f"PRAGMA table_info({table})")]
    row = dict(zip(names, dice.choice(rows_of(database, table))[1:], strict=True))
    size = len(rows_of(database, table))
    fresh = {
        "journal_entry": {"seq": size},
        "journal_node": {"id": size + 99, "number": row.get("number", 0) + 1000},
        "journal_reading": {"id": size + 99},
        "journal_closedday": {"day": "2021-01-01", "entry_id": 0},
    }[table]
    row |= fresh
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
    return f"a row put into {table}", size if table == "journal_entry" else None


def rehash_locally(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Change what an entry said, and its own commitment, leaf and hash with it."""
    seq = forged(dice, database)
    (leaf,) = database.execute("SELECT leaf FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    database.execute(
        "UPDATE journal_node SET hash = ? WHERE level = 0 AND number = ?", (leaf_hash(bytes(leaf)), seq)
    )
    return f"entry {seq} said otherwise, hashed again", None


def rehash_all(dice: random.Random, database: sqlite3.Connection) -> tuple[str, Shows]:
    """Change what an entry said, and hash all that follows again, up to the head and what was signed."""
    seq = forged(dice, database)
    rehash(database, len(rows_of(database, "journal_entry")))
    if dice.random() < 0.5:
        database.execute("DELETE FROM journal_checkpoint")
    return f"all from {seq} hashed again", None


def forged(dice: random.Random, database: sqlite3.Connection) -> int:
    """Let an entry have said something else, and its leaf hold the commitment to it."""
    seq, salt, text = dice.choice(
        database.execute("SELECT entry_id, salt, text FROM journal_payload WHERE entry_id < 12").fetchall()
    )
    payload = canonical({**json.loads(text), "said": another(dice, json.loads(text)["said"])})
    (leaf,) = database.execute("SELECT leaf FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    told = {**json.loads(bytes(leaf)), "commit": commitment(bytes(salt), payload).hex()}
    database.execute("UPDATE journal_payload SET text = ? WHERE entry_id = ?", (payload.decode(), seq))
    database.execute("UPDATE journal_entry SET leaf = ? WHERE seq = ?", (canonical(told), seq))
    return int(seq)


def rehash(database: sqlite3.Connection, size: int) -> None:
    """Make the tree over the first entries anew, each with the root before it, and cut off all others."""
    for table, column in BY_SEQ.items():
        database.execute(f"DELETE FROM {table} WHERE {column} >= ?", (size,))  # noqa: S608
    database.execute("DELETE FROM journal_closedday WHERE entry_id >= ?", (size,))
    database.execute("DELETE FROM journal_checkpoint WHERE size > ?", (size,))
    database.execute("DELETE FROM journal_node")
    edge = Frontier()
    for seq, leaf in database.execute("SELECT seq, leaf FROM journal_entry ORDER BY seq").fetchall():
        told = canonical({**json.loads(bytes(leaf)), "prev": edge.root.hex()})
        database.execute("UPDATE journal_entry SET leaf = ? WHERE seq = ?", (told, seq))
        for place, digest in edge.append(leaf_hash(told)).items():
            database.execute(
                "INSERT INTO journal_node (level, number, hash) VALUES (?, ?, ?)", (*place, digest)
            )
    database.execute("UPDATE journal_log SET size = ?, root = ?", (edge.size, edge.root))


TAMPERS: tuple[Tamper, ...] = (
    *(update, update, update, update, swap, swap, reorder),
    *(delete, cut_short, insert, rehash_locally, rehash_all),
)  # fmt: skip


def tampered(dice: random.Random, copy: str) -> tuple[str, Shows]:
    """Take the guards of a database away, change something in it, and say what and where it shows."""
    with closing(sqlite3.connect(copy)) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("PRAGMA synchronous = OFF")
        database.execute("PRAGMA ignore_check_constraints = ON")
        for (name,) in database.execute("SELECT name FROM sqlite_schema WHERE type = 'trigger'").fetchall():
            database.execute(f"DROP TRIGGER {name}")
        before = digest(database)
        while True:
            try:
                what, shows = dice.choice(TAMPERS)(dice, database)
            except sqlite3.IntegrityError:
                database.rollback()  # there is such a row already
                continue
            if digest(database) != before:
                database.commit()
                return what, shows


def digest(database: sqlite3.Connection) -> str:
    """Return what tells whether anything that is held to account was changed."""
    said = [
        database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608
        for table, columns in COLUMNS.items()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()

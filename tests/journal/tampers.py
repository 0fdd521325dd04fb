"""What the owner of a database could do to the journal, past its guards, and where it shows."""

import hashlib
import json
import random
import sqlite3
from collections.abc import Callable
from contextlib import closing
from typing import Any, NamedTuple

from tallystick.journal.canonical import canonical
from tallystick.journal.leaf import commitment
from tallystick.journal.merkle import Frontier, leaf_hash

COLUMNS = {
    "journal_log": ("id", "size", "root", "at"),
    "journal_entry": ("seq", "act", "at", "actor", "code", "kind", "handle", "classification", "leaf"),
    "journal_payload": ("entry_id", "salt", "text"),
    "journal_node": ("id", "level", "number", "hash"),
    "journal_reading": (
        "id", "day", "at", "actor", "capacity", "code", "kind", "handle", "classification", "address",
    ),
    "journal_closedday": ("day", "entry_id", "readings", "root"),
    "journal_checkpoint": ("size", "root", "text", "signed_at"),
    "journal_cosignature": ("id", "checkpoint_id", "key", "line", "at"),
    "journal_redaction": (
        "id", "handle", "code", "entry_id", "reason", "authority", "asked_by", "asked_at", "state",
        "decided_by", "decided_at", "order_id",
    ),
}  # fmt: skip
# In nobody's proof, by design; the checker has to say so.
IN_NO_PROOF = {
    ("journal_checkpoint", "signed_at"),
    *(
        (table, "id")
        for table in ("journal_node", "journal_reading", "journal_cosignature", "journal_redaction")
    ),
}
BY_SEQ = {"journal_entry": "seq", "journal_payload": "entry_id"}
Shows = int | None  # the first number at which it shows, where that is certain


class Done(NamedTuple):
    """What was done, where it shows, and the column if it was one that no proof covers."""

    what: str
    shows: Shows = None
    beyond: str = ""


Tamper = Callable[[random.Random, sqlite3.Connection], Done]


def rows_of(database: sqlite3.Connection, table: str) -> list[tuple[Any, ...]]:
    return database.execute(f"SELECT rowid, * FROM {table} ORDER BY rowid").fetchall()  # noqa: S608 - our own names


def another(dice: random.Random, value: Any) -> Any:
    """Return a value of the same kind that is another."""
    if value is None:
        return 7
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


def update(dice: random.Random, database: sqlite3.Connection) -> Done:
    table = dice.choice(list(COLUMNS))
    column = dice.choice(COLUMNS[table])
    row = picked(dice, database, table)
    shows = seq_of(database, table, row) if column not in BY_SEQ.values() else None
    (value,) = database.execute(f"SELECT {column} FROM {table} WHERE rowid = ?", (row,)).fetchone()  # noqa: S608
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (another(dice, value), row))  # noqa: S608
    return Done(f"{column} of {table} {row} changed", shows, column if (table, column) in IN_NO_PROOF else "")


def swap(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Let two rows have each other's value of a column."""
    table = dice.choice(["journal_entry", "journal_payload", "journal_node", "journal_reading"])
    column = dice.choice([one for one in COLUMNS[table] if one not in (*BY_SEQ.values(), "id")])
    asked = f"SELECT rowid, {column} FROM {table}"  # noqa: S608
    held = dict(database.execute(asked).fetchall())
    pairs = [(one, two) for one in held for two in held if one < two and held[one] != held[two]]
    if not pairs:
        return update(dice, database)
    one, two = dice.choice(pairs)
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (held[two], one))  # noqa: S608
    database.execute(f"UPDATE {table} SET {column} = ? WHERE rowid = ?", (held[one], two))  # noqa: S608
    return Done(f"{column} of {table} {one} and {two} swapped", seq_of(database, table, one))


def reorder(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Let two entries change places, with all that belongs to them."""
    one, two = sorted(dice.sample([row[0] for row in rows_of(database, "journal_entry")], 2))
    for table, column in BY_SEQ.items():
        for old, new in ((one, -1), (two, one), (-1, two)):
            database.execute(f"UPDATE {table} SET {column} = ? WHERE {column} = ?", (new, old))  # noqa: S608
    return Done(f"entries {one} and {two} changed places", one)


def delete(dice: random.Random, database: sqlite3.Connection) -> Done:
    table = dice.choice(list(COLUMNS))
    row = picked(dice, database, table)
    shows = seq_of(database, table, row)
    database.execute(f"DELETE FROM {table} WHERE rowid = ?", (row,))  # noqa: S608
    return Done(f"{table} {row} deleted", shows)


def cut_short(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Set the log back to an earlier size with everything that belongs to it, as an older backup would."""
    size = len(rows_of(database, "journal_entry"))
    left = dice.randrange(1, size)
    rehash(database, left)
    return Done(f"cut short to {left} of {size}", left)


def insert(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Put in a row like another, where there is room for it."""
    table = dice.choice([one for one in COLUMNS if one not in ("journal_log", "journal_payload")])
    names = [one[1] for one in database.execute(f"PRAGMA table_info({table})")]
    row = dict(zip(names, dice.choice(rows_of(database, table))[1:], strict=True))
    size = len(rows_of(database, table))
    fresh = {
        "journal_entry": {"seq": size},
        "journal_node": {"id": size + 99, "number": row.get("number", 0) + 1000},
        "journal_reading": {"id": size + 99},
        "journal_closedday": {"day": "2021-01-01", "entry_id": 0},
        "journal_checkpoint": {"size": size + 2},
        "journal_cosignature": {"id": size + 99, "checkpoint_id": 12},
        "journal_redaction": {
            "id": size + 99,
            "handle": "Y123456789ABCDEFGHJK",
            "entry_id": 5,
            "order_id": 6,
        },
    }[table]
    row |= fresh
    marks = ", ".join("?" * len(row))
    database.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
    return Done(f"a row put into {table}", size if table == "journal_entry" else None)


def rehash_locally(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Change what an entry said, and its own commitment, leaf and hash with it."""
    seq = forged(dice, database)
    (leaf,) = database.execute("SELECT leaf FROM journal_entry WHERE seq = ?", (seq,)).fetchone()
    database.execute(
        "UPDATE journal_node SET hash = ? WHERE level = 0 AND number = ?", (leaf_hash(bytes(leaf)), seq)
    )
    return Done(f"entry {seq} said otherwise, hashed again")


def rehash_all(dice: random.Random, database: sqlite3.Connection) -> Done:
    """Change what an entry said, and hash all that follows again, up to the head and what was signed."""
    seq = forged(dice, database)
    rehash(database, len(rows_of(database, "journal_entry")))
    if dice.random() < 0.5:
        database.execute("DELETE FROM journal_checkpoint")
    return Done(f"all from {seq} hashed again")


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
    database.execute("DELETE FROM journal_redaction WHERE order_id > ?", (size,))
    undecided = "state = 'asked', decided_by = '', decided_at = NULL, order_id = NULL"
    database.execute(f"UPDATE journal_redaction SET {undecided} WHERE order_id = ?", (size,))  # noqa: S608
    database.execute("DELETE FROM journal_node")
    edge = Frontier()
    for seq, leaf in database.execute("SELECT seq, leaf FROM journal_entry ORDER BY seq").fetchall():
        told = canonical({**json.loads(bytes(leaf)), "prev": edge.root.hex()})
        database.execute("UPDATE journal_entry SET leaf = ? WHERE seq = ?", (told, seq))
        for place, digest in edge.append(leaf_hash(told)).items():
            database.execute(
                "INSERT INTO journal_node (level, number, hash) VALUES (?, ?, ?)", (*place, digest)
            )
    database.execute(
        "UPDATE journal_log SET size = ?, root = ?, at = (SELECT at FROM journal_entry WHERE seq = ?)",
        (edge.size, edge.root, edge.size - 1),
    )


TAMPERS: tuple[Tamper, ...] = (
    *(update, update, update, update, swap, swap, reorder),
    *(delete, cut_short, insert, rehash_locally, rehash_all),
)  # fmt: skip


def tampered(dice: random.Random, copy: str) -> Done:
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
                done = dice.choice(TAMPERS)(dice, database)
            except sqlite3.IntegrityError:
                database.rollback()  # there is such a row already
                continue
            if digest(database) != before:
                database.commit()
                return done


def digest(database: sqlite3.Connection) -> str:
    """Return what tells whether anything that is held to account was changed."""
    said = [
        database.execute(f"SELECT {', '.join(columns)} FROM {table} ORDER BY rowid").fetchall()  # noqa: S608
        for table, columns in COLUMNS.items()
    ]
    return hashlib.sha256(repr(said).encode()).hexdigest()

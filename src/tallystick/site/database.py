"""Which database, and that it is one which keeps what it was told.

Debian 12 ships SQLite 3.40: with a write-ahead log and two connections it can lose rows that were committed
(mended in 3.51.3). The library that the lock names carries a later one; it stands in before Django looks.
"""

import sys
from pathlib import Path
from typing import Any

MENDED = (3, 51, 3)
FAST = "PRAGMA journal_mode=WAL;PRAGMA synchronous=FULL;"
SAFE = "PRAGMA journal_mode=TRUNCATE;PRAGMA synchronous=EXTRA;"
ALWAYS = (
    "PRAGMA foreign_keys=ON;PRAGMA mmap_size=134217728;PRAGMA cache_size=-20000;PRAGMA temp_store=MEMORY;"
    "PRAGMA secure_delete=ON;"  # words that are removed are overwritten
)
WAIT_SECONDS = 20


def use_mended_sqlite() -> tuple[int, ...]:
    """Let the SQLite of the lock stand in for the machine's own; return its version."""
    import pysqlite3  # noqa: PLC0415 - only where Django runs
    from pysqlite3 import dbapi2  # noqa: PLC0415

    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = dbapi2
    return tuple(int(part) for part in dbapi2.sqlite_version.split("."))


def sqlite(file: Path, version: tuple[int, ...]) -> dict[str, Any]:
    """Return Django's settings of a SQLite file: writers queue, and a commit is on the disk."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(file),
        "OPTIONS": {
            "timeout": WAIT_SECONDS,
            "transaction_mode": "IMMEDIATE",
            "init_command": (FAST if version >= MENDED else SAFE) + ALWAYS,
        },
    }


def postgres(settings: dict[str, Any]) -> dict[str, Any]:
    """Return Django's settings of a PostgreSQL database, with connections kept while they are sound."""
    return {**settings, "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

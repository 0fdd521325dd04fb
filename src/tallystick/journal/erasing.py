"""What removed words leave behind in a database's own files, taken away as well.

SQLite overwrites what is deleted (`secure_delete`), yet keeps it in its write-ahead log until that is cut,
and perhaps in the slack of pages it has moved. Copies elsewhere, such as backups, are not reached from here.
"""

import logging
import re
import time
from typing import Any

from django.apps import apps
from django.db import OperationalError, connection

COUNT = re.compile("[0-9]+")
TRIES, PAUSE = 4, 1.0  # seconds

log = logging.getLogger(__name__)


def cut_log() -> bool:
    """Cut SQLite's write-ahead log; tell whether nothing of it is left. Quick, and at worst of no use."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        busy, _, _ = cursor.fetchone()
    return not busy


def write_anew() -> bool:
    """Write all that is left anew; tell whether it was done. It takes as long as copying the database.

    On PostgreSQL it is the tables of words and files alone, which nobody can read meanwhile. Words that an
    older transaction of somebody else could still ask for are kept there, and it was not done.
    """
    if connection.in_atomic_block:
        return False
    try:
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM")
        elif not _is_free_of_removed_words():
            return False
    except OperationalError:
        return False  # somebody else writes just now
    return cut_log()


def _is_free_of_removed_words() -> bool:
    """Write the table anew, again where somebody else, such as the server's own upkeep, just looked at it."""
    for number in range(TRIES):
        if number:
            time.sleep(PAUSE)
        if not _kept_for_others():
            return True
    return False


def tables() -> list[str]:
    """Return the tables that words may be removed from: a model of another room says so of itself."""
    every = apps.get_models()
    erased = [one for one in every if getattr(one, "IS_ERASED", False) or getattr(one, "WORDS", ())]
    others = [one._meta.db_table for one in erased]  # noqa: SLF001 - Django's documented way to a table's name
    return ["journal_payload", *sorted(others)]


def _kept_for_others() -> int:
    """Write PostgreSQL's tables of words anew; return how many removed rows are still in them."""
    told: list[str] = []

    def hear(notice: Any) -> None:
        told.extend(COUNT.findall(notice.message_detail or "")[:1])

    connection.ensure_connection()
    connection.connection.add_notice_handler(hear)
    try:
        with connection.cursor() as cursor:
            cursor.execute(f"VACUUM (FULL, VERBOSE) {', '.join(tables())}")
    finally:
        connection.connection.remove_notice_handler(hear)
    return sum(map(int, told))


def settle() -> bool:
    """Do what is enough where words were removed since yesterday: the worker asks for it each day."""
    done = cut_log() if connection.vendor == "sqlite" else write_anew()
    if not done:
        log.warning("Words that were removed are still in the database's files: somebody reads or writes it.")
    return done

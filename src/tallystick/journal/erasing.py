"""What removed words leave behind in a database's own files, taken away as well.

SQLite overwrites what is deleted (`secure_delete`), yet keeps it in its write-ahead log until that is cut,
and perhaps in the slack of pages it has moved. Copies elsewhere, such as backups, are not reached from here.
"""

from django.db import OperationalError, connection


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

    On PostgreSQL it is the table of words alone, which nobody can read meanwhile.
    """
    if connection.in_atomic_block:
        return False
    try:
        with connection.cursor() as cursor:
            cursor.execute("VACUUM" if connection.vendor == "sqlite" else "VACUUM FULL journal_payload")
    except OperationalError:
        return False  # somebody else writes just now
    return cut_log()


def settle() -> bool:
    """Do what is enough where words were removed since yesterday: the worker asks for it each day."""
    return cut_log() if connection.vendor == "sqlite" else write_anew()

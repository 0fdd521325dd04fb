"""Bring an installation's database to the form that this version reads, with a copy kept from before."""

import contextlib
import datetime as dt
import os
import sqlite3
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor


@dataclass(frozen=True)
class Upgraded:
    """What was done: the copy made first, if one was, and the steps taken."""

    backup: Path | None
    steps: tuple[str, ...]


def pending() -> tuple[str, ...]:
    """Return the steps that the database still has to take."""
    executor = MigrationExecutor(connection)
    plan = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return tuple(f"{migration.app_label} {migration.name}" for migration, _ in plan)


def is_new() -> bool:
    """Tell whether the database holds nothing yet."""
    return not connection.introspection.table_names()


def upgrade(at: dt.datetime) -> Upgraded:
    """Take every step that is due. A SQLite file is copied first; PostgreSQL's own tools do that there."""
    steps = pending()
    backup = _copied(at) if steps and not is_new() and connection.vendor == "sqlite" else None
    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return Upgraded(backup, steps)


def _copied(at: dt.datetime) -> Path:
    """Return a copy of the database as it is now, consistent however much is written meanwhile."""
    folder = Path(settings.HOME) / "backups"
    folder.mkdir(mode=0o700, exist_ok=True)
    copy = folder / f"tally-{at:%Y%m%dT%H%M%SZ}.sqlite3"
    aside = copy.with_suffix(".part")
    aside.unlink(missing_ok=True)
    os.close(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
    connection.ensure_connection()
    # the library that settings let stand in: one file is never opened by two different ones
    with contextlib.closing(sqlite3.connect(aside)) as target:
        connection.connection.backup(target)
    with aside.open("rb") as file:
        os.fsync(file.fileno())
    aside.rename(copy)
    return copy

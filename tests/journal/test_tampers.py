"""L2: whatever the owner of the database changes is found with the last checkpoint that lies elsewhere."""

import os
import random
import shutil
import sqlite3
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from django.db import connection

import tally_verify
from tallystick.journal import kept, keys
from tests.journal.lived import REMOVED, live
from tests.journal.tampers import COLUMNS, tampered

TAMPERS = int(os.environ.get("TALLY_TAMPERS", "300"))
SEED = 20211121
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.skipif(connection.vendor != "sqlite", reason="the checker reads copies of SQLite databases"),
]


@pytest.fixture
def database(home: Path, tmp_path: Path) -> Path:
    """Return a copy of the journal's tables, by themselves."""
    live(home)
    file = tmp_path / "journal.sqlite3"
    connection.ensure_connection()
    with closing(sqlite3.connect(file)) as target:
        connection.connection.backup(target)
        target.execute("PRAGMA journal_mode = DELETE")
        others = target.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'journal_%' "
            "AND name NOT LIKE 'sqlite_%'"
        ).fetchall()
        target.execute("PRAGMA foreign_keys = OFF")
        for (name,) in others:
            target.execute(f'DROP TABLE "{name}"')
        target.commit()
        target.execute("VACUUM")
    return file


def judged(file: Path, home: Path) -> tally_verify.Verdict:
    known = [key.written for key in (*keys.stated(home), *keys.witnesses(home))]
    outside = [kept.file_of(home, size) for size in kept.sizes(home)]
    return tally_verify.check_database(file, known, outside)


class TestDatabase:
    def test_is_sound_before_anything_is_done_to_it(self, database: Path, home: Path) -> None:
        verdict = judged(database, home)

        assert (verdict.flaws, verdict.refused) == ([], "")
        assert [one for one in verdict.unchecked if "redacted" not in one] == []

    def test_gives_every_tamper_away(
        self, database: Path, home: Path, record_property: Callable[[str, object], None]
    ) -> None:
        dice, counted, missed = random.Random(SEED), Counter[str](), []  # noqa: S311 - a sample, not a secret
        sound = judged(database, home)
        copy = database.with_name("copy.sqlite3")
        for number in range(TAMPERS):
            shutil.copyfile(database, copy)
            what, shows, beyond = tampered(dice, str(copy))
            verdict = judged(copy, home)
            first = min((one.number for one in verdict.flaws if one.number is not None), default=None)
            if not verdict.flaws and not verdict.refused and verdict.unchecked == sound.unchecked:
                counted["in no proof, and said so"] += 1
                if not beyond or not any(beyond in one for one in verdict.uncommitted):
                    missed.append(f"{number} {what}: not found")
                continue
            counted["told where" if first is not None else "told"] += 1
            if first is None:
                missed.append(f"{number} {what}: found, but not where: {verdict.flaws[:1]}")
            # Where the order to remove words is touched, it shows first at the words that are missing.
            elif shows is not None and first not in (shows, REMOVED):
                missed.append(f"{number} {what}: shows at {first}, not {shows}")

        record_property("counted", f"tampers: {TAMPERS:,}, {dict(counted)}, {len(missed)} missed")
        assert missed == [], "\n".join(missed)

    def test_has_every_column_that_is_tampered_with_and_no_other(self, database: Path) -> None:
        with closing(sqlite3.connect(database)) as opened:
            tables = opened.execute(
                "SELECT name FROM sqlite_schema WHERE type = 'table' AND name LIKE 'journal_%'"
            )
            columns = {
                table: {row[1] for row in opened.execute(f"PRAGMA table_info({table})")}
                for (table,) in tables
            }

            assert columns == {table: set(named) for table, named in COLUMNS.items()}
            assert all(opened.execute(f"SELECT count(*) FROM {table}").fetchone()[0] for table in COLUMNS)  # noqa: S608

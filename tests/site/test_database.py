from pathlib import Path

import pytest
from django.db import connection

from tallystick.site import database


class TestSqlite:
    def test_is_one_that_keeps_what_it_was_told(self) -> None:
        assert database.use_mended_sqlite() >= database.MENDED

    def test_writes_ahead_where_that_is_safe_and_not_where_it_is_not(self, tmp_path: Path) -> None:
        file = tmp_path / "x.sqlite3"
        told = {
            version: database.sqlite(file, version)["OPTIONS"]["init_command"]
            for version in ((3, 40, 1), database.MENDED)
        }

        assert "journal_mode=TRUNCATE;PRAGMA synchronous=EXTRA" in told[3, 40, 1]
        assert "journal_mode=WAL;PRAGMA synchronous=FULL" in told[database.MENDED]

    def test_lets_writers_queue(self, tmp_path: Path) -> None:
        options = database.sqlite(tmp_path / "x.sqlite3", database.MENDED)["OPTIONS"]

        assert options["transaction_mode"] == "IMMEDIATE"
        assert options["timeout"] == database.WAIT_SECONDS

    @pytest.mark.django_db
    @pytest.mark.skipif(connection.vendor != "sqlite", reason="another database is asked")
    def test_is_what_the_tests_stand_on(self) -> None:
        with connection.cursor() as cursor:
            names = ("foreign_keys", "synchronous")
            told = [cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in names]

        assert told == [1, 2]


class TestPostgres:
    def test_keeps_connections_while_they_are_sound(self) -> None:
        told = database.postgres({"NAME": "tally"})

        assert told == {"NAME": "tally", "CONN_MAX_AGE": 60, "CONN_HEALTH_CHECKS": True}

import datetime as dt
import sqlite3
from pathlib import Path

import pytest
from django.core.management import call_command
from django.db import connection
from pytest_django import Settings

from tallystick.parties.models import Organisation
from tallystick.site import upgrading
from tests.decisions.kept import guards

NOW = dt.datetime(2026, 11, 22, 9, 0, tzinfo=dt.UTC)
COPY = "tally-20261122T090000Z.sqlite3"


class TestPending:
    @pytest.mark.django_db
    def test_is_nothing_where_the_database_is_of_this_version(self) -> None:
        assert upgrading.pending() == ()
        assert not upgrading.is_new()


class TestUpgrade:
    @pytest.mark.django_db
    def test_copies_nothing_where_nothing_is_due(self, tmp_path: Path, settings: Settings) -> None:
        settings.HOME = tmp_path

        done = upgrading.upgrade(NOW)

        assert done == upgrading.Upgraded(None, ())
        assert not (tmp_path / "backups").exists()

    @pytest.mark.django_db(transaction=True)
    @pytest.mark.skipif("connection.vendor != 'sqlite'", reason="PostgreSQL has its own backup")
    def test_copies_the_database_before_the_first_step(self, tmp_path: Path, settings: Settings) -> None:
        settings.HOME = tmp_path
        Organisation(slug="alfa", name="ALFA").save()
        call_command("migrate", "challenges", "zero", verbosity=0)  # nothing stands on this room's tables

        done = upgrading.upgrade(NOW)

        assert done.backup == tmp_path / "backups" / COPY
        assert done.backup.stat().st_mode & 0o077 == 0
        kept = sqlite3.connect(done.backup)
        assert kept.execute("SELECT name FROM parties_organisation").fetchall() == [("ALFA",)]
        assert (
            kept.execute("SELECT name FROM sqlite_master WHERE name = 'challenges_challenge'").fetchall()
            == []
        )
        kept.close()
        assert "challenges_challenge" in connection.introspection.table_names()


class TestGuards:
    @pytest.mark.django_db(transaction=True)
    def test_are_taken_away_and_set_again_as_they_were(self) -> None:
        before = guards()

        call_command("migrate", "cases", "0001", verbosity=0)
        without = guards()
        call_command("migrate", verbosity=0)

        assert guards() == before
        gone = {name for name in before if name not in without}
        assert {"cases_note_stays", "cases_attachedbytes_is_kept", "cases_case_stays"} <= gone
        assert not any(name.startswith("cases_") for name in without)

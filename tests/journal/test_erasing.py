"""L6: nothing of removed words is left in the database's own files."""

import os
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import psycopg
import pytest
from django.db import connection, transaction

from tallystick.journal import erasing, queries
from tallystick.journal.models import Payload
from tallystick.journal.operations import record
from tests.journal.conftest import AT, JO, OTHER
from tests.journal.lived import redacted

CANARIES = int(os.environ.get("TALLY_REDACTIONS", "20"))
ON_SQLITE = pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL's files are its own")


def said(number: int) -> str:
    return f"CANARY{number:06d}EIRANAC" * (1 + number % 40)


@transaction.atomic
def spoken(number: int) -> int:
    entry = record(act="runs.try", subject=OTHER, by=JO, at=AT, said=said(number), facts={"n": number})
    return entry.seq


def files() -> list[Path]:
    named = Path(str(connection.settings_dict["NAME"]))
    return [file for end in ("", "-wal", "-journal") if (file := Path(f"{named}{end}")).exists()]


def found(canary: str) -> list[str]:
    return [file.name for file in files() if canary[:19].encode() in file.read_bytes()]


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
class TestErasing:
    @pytest.mark.parametrize("erase", [erasing.cut_log, erasing.write_anew])
    def test_leaves_nothing_of_removed_words(self, erase: Callable[[], bool]) -> None:
        numbers = {number: spoken(number) for number in range(CANARIES)}
        stay = {number for number in numbers if number % 5 == 0}
        assert all(found(said(number)) for number in numbers)

        for number in set(numbers) - stay:
            redacted(numbers[number], AT)
        assert erase()

        assert [number for number in numbers if found(said(number))] == sorted(stay)
        assert Payload.objects.filter(pk__in=numbers.values()).count() == len(stay)


@ON_SQLITE
@pytest.mark.django_db(transaction=True)
class TestCutLog:
    def test_does_nothing_inside_an_act(self) -> None:
        with transaction.atomic():
            assert not erasing.cut_log()
            assert not erasing.write_anew()

    def test_is_enough(self) -> None:
        assert erasing.settle()


def server_folder() -> Path:
    """Return where the server keeps its files: what one of its processes works in."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return Path(f"/proc/{cursor.fetchone()[0]}/cwd").readlink()


def as_owner(*statements: str) -> None:
    """Do what only the owner of the server may."""
    told = connection.settings_dict
    try:
        opened = psycopg.connect(
            host=told["HOST"], port=told["PORT"], user="owner", dbname=told["NAME"], autocommit=True
        )
    except psycopg.OperationalError:
        pytest.skip("the server is not one of our own")
    with opened:
        for statement in statements:
            opened.execute(statement)


def log_files() -> int:
    """Count the files of the server's log: some may be old ones under a new name, their words in them."""
    return sum(file.is_file() for file in (server_folder() / "pg_wal").iterdir())


def kept_at(canary: str) -> set[str]:
    """Return the parts of the server's folder in which a word still stands: `base`, `pg_wal`."""
    root, found = server_folder(), set()
    for file in root.rglob("*"):
        with suppress(FileNotFoundError):  # one of another test's database, which went meanwhile
            if file.is_file() and canary[:19].encode() in file.read_bytes():
                found.add(file.relative_to(root).parts[0])
    return found


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestOnPostgresql:
    @pytest.fixture(autouse=True)
    def no_upkeep(self) -> Iterator[None]:
        """Let the server's own upkeep look at nothing meanwhile."""
        workers = (
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE backend_type = 'autovacuum worker'"
        )
        as_owner("ALTER SYSTEM SET autovacuum = off", "SELECT pg_reload_conf()", workers)
        yield
        as_owner("ALTER SYSTEM RESET autovacuum", "ALTER SYSTEM RESET wal_recycle", "SELECT pg_reload_conf()")

    def test_leaves_nothing_of_removed_words_once_its_log_is_cut_as_the_guide_says(self) -> None:
        canary, entry = said(7), spoken(7)
        as_owner("ANALYZE", "CHECKPOINT")
        assert kept_at(canary) == {"base", "pg_wal"}

        redacted(entry, AT)
        as_owner("CHECKPOINT")
        assert "base" in kept_at(canary)  # a row that nobody can read any more
        assert any(erasing.settle() for _ in range(10))  # upkeep that had begun may still look at it
        as_owner("CHECKPOINT")
        assert kept_at(canary) <= {"pg_wal"}

        as_owner("ALTER SYSTEM SET wal_recycle = off", "SELECT pg_reload_conf()")
        as_owner(*("SELECT pg_switch_wal()", "CHECKPOINT") * (2 + log_files()))
        assert kept_at(canary) == set()

    def test_keeps_no_samples_of_words_and_salts(self) -> None:
        for number in range(30):
            spoken(number)
        as_owner("ANALYZE journal_payload")

        with connection.cursor() as cursor:
            cursor.execute("SELECT attname FROM pg_stats WHERE tablename = 'journal_payload'")
            assert [name for (name,) in cursor.fetchall()] == ["entry_id"]

    def test_is_not_done_while_an_older_transaction_could_read_them(
        self, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(erasing, "PAUSE", 0)
        entry = spoken(7)
        told = connection.get_connection_params()
        with psycopg.connect(**told) as other:
            other.isolation_level = psycopg.IsolationLevel.REPEATABLE_READ
            other.execute("SELECT count(*) FROM django_migrations")
            redacted(entry, AT)

            assert not erasing.settle()
            assert "still in the database's files" in caplog.text
        monkeypatch.setattr(erasing, "PAUSE", 1.0)  # the server's own upkeep may look at it too
        assert erasing.settle()

    def test_writes_the_table_anew(self) -> None:
        assert not queries.has_removed(AT)
        redacted(spoken(7), AT)

        assert queries.has_removed(AT)
        assert erasing.settle()

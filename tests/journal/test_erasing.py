"""L6: nothing of removed words is left in the database's own files."""

import os
from collections.abc import Callable
from pathlib import Path

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


@pytest.mark.skipif(connection.vendor != "postgresql", reason="of PostgreSQL")
@pytest.mark.django_db(transaction=True)
class TestOnPostgresql:
    def test_writes_the_table_anew(self) -> None:
        assert not queries.has_removed(AT)
        redacted(spoken(7), AT)

        assert queries.has_removed(AT)
        assert erasing.settle()

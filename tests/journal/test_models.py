from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from tallystick.journal.models import (
    AppendOnly,
    ClosedDay,
    Entry,
    Log,
    Node,
    Payload,
    Reading,
    UnableToChangeTheJournal,
)
from tallystick.journal.operations import record_reading
from tests.journal.conftest import AT, JO, OTHER
from tests.journal.guards import rows

WRITTEN_ONCE: list[type[AppendOnly]] = [Entry, Payload, Node, Reading, ClosedDay]


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestAppendOnly:
    @pytest.mark.parametrize("model", [Entry, Payload, Node])
    def test_refuses_to_save_a_row_again(self, model: type[AppendOnly]) -> None:
        row = model.objects.first()
        assert row is not None

        with pytest.raises(UnableToChangeTheJournal, match="never changed"):
            row.save()

    @pytest.mark.parametrize("model", [Entry, Payload, Node])
    def test_refuses_to_remove_a_row(self, model: type[AppendOnly]) -> None:
        row = model.objects.first()
        assert row is not None

        with pytest.raises(UnableToChangeTheJournal, match="never removed"):
            row.delete()

    @pytest.mark.parametrize("model", WRITTEN_ONCE)
    def test_refuses_to_change_many(self, model: type[AppendOnly]) -> None:
        with pytest.raises(UnableToChangeTheJournal, match="never changed"):
            model.objects.all().update()
        with pytest.raises(UnableToChangeTheJournal, match="never changed"):
            model.objects.bulk_update([], [])  # type: ignore[misc]  # refused before it asks

    @pytest.mark.parametrize("model", WRITTEN_ONCE)
    def test_refuses_to_remove_many(self, model: type[AppendOnly]) -> None:
        with pytest.raises(UnableToChangeTheJournal, match="never removed"):
            model.objects.all().delete()

    def test_does_not_take_a_number_that_is_taken(self) -> None:
        first = Entry.objects.order_by("seq").first()
        assert first is not None
        again = Entry(**{field.attname: getattr(first, field.attname) for field in Entry._meta.fields})

        with pytest.raises(DatabaseError), transaction.atomic():
            again.save()


def refused(change: Callable[[], object]) -> str:
    """Return what the database says to a change that it refuses."""
    with pytest.raises(DatabaseError) as said, transaction.atomic():
        change()
    return str(said.value)


def run(statement: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestGuardsOfTheDatabase:
    @pytest.mark.parametrize(
        ("model", "change"),
        [
            (Entry, {"act": "runs.never"}),
            (Entry, {"leaf": b"{}"}),
            (Node, {"hash": bytes(32)}),
            (Payload, {"text": "{}"}),
            (Payload, {"salt": bytes(32)}),
        ],
    )
    def test_refuse_a_change(self, model: type[AppendOnly], change: dict[str, Any]) -> None:
        told = refused(lambda: rows(model).update(**change))

        assert f"{model._meta.db_table}_is_written_once" in told

    @pytest.mark.parametrize(("model", "which"), [(Node, {}), (Log, {}), (Entry, {"seq": 6})])
    def test_refuse_a_removal(self, model: type[Model], which: dict[str, Any]) -> None:
        told = refused(lambda: rows(model, **which)._raw_delete("default"))

        assert f"{model._meta.db_table}_is_kept" in told

    def test_refuse_what_is_done_to_readings(self) -> None:
        record_reading(subject=OTHER, by=JO, at=AT, address="/sec/")

        assert "is_written_once" in refused(lambda: rows(Reading).update(actor=""))
        assert "is_kept" in refused(lambda: rows(Reading).delete())

    @pytest.mark.parametrize("size", [0, 6, 7, 9])
    def test_let_the_log_grow_by_one_alone(self, size: int) -> None:
        assert "grows_by_one" in refused(lambda: rows(Log).update(size=size))

    @pytest.mark.parametrize("seq", [0, 6, 8, 700])
    def test_refuse_an_entry_that_is_not_the_next(self, seq: int) -> None:
        entry = Entry(seq=seq, act="a", at=AT, kind="run", handle="x", classification="red", leaf=b"{}")

        assert "journal_entry_is_the_next" in refused(entry.save)

    @pytest.mark.skipif(connection.vendor != "sqlite", reason="only SQLite replaces rows")
    @pytest.mark.parametrize(
        "statement",
        [
            "REPLACE INTO journal_entry SELECT * FROM journal_entry LIMIT 1",
            "REPLACE INTO journal_payload SELECT * FROM journal_payload LIMIT 1",
            "REPLACE INTO journal_node SELECT * FROM journal_node LIMIT 1",
        ],
    )
    def test_refuse_to_replace(self, statement: str) -> None:
        assert "the journal is not changed" in refused(lambda: run(statement))

    @pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL empties at once")
    def test_refuse_to_empty(self) -> None:
        told = refused(lambda: run("TRUNCATE journal_reading"))

        assert "is_not_emptied" in told


@pytest.mark.django_db
class TestLog:
    def test_is_one(self) -> None:
        with pytest.raises(DatabaseError, match="there_is_one_log"), transaction.atomic():
            Log.objects.create(pk=2, root=bytes(32))

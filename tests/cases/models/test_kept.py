"""What was written on a matter stays, whoever asks the database to change it."""

from collections import Counter
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.cases.attached import Handed
from tallystick.cases.models import LineAnswer
from tallystick.cases.operations.gaps import hand_on_gap
from tallystick.cases.operations.talking import Reply, Said, reply
from tallystick.decisions.keeping import Kept
from tallystick.decisions.kept_tables import SAID
from tallystick.decisions.operations.motions import Put
from tallystick.processes.operations.putting import put_about
from tests.cases.cast import NOTICED, Cast, at, key, landed, lines_of, on
from tests.cases.files import PDF
from tests.cases.operations.test_gaps import recorded
from tests.decisions.canaries import live
from tests.decisions.kept import kept_models

pytestmark = pytest.mark.django_db
# What is empty at first, is filled once, and stays; and what of a file goes by an order alone.
ONCE = {
    *("closed_at", "auditor_satisfied_at", "closed_because", "modification", "handed_on_at", "corrected_by"),
    *("read_at", "read_by", "left_at", "until_on", "lifted_on", "lifted_at", "lifted_by", "lifted_because"),
    *("name", "sha256", "size"),
}


def written(cast: Cast) -> None:
    """Write a row of every kind that is kept."""
    live(cast)
    finding = landed(cast.alfa, "2021-05")
    case = cast.told(cast.opened(finding))
    lines = {one: Said(LineAnswer.DISPUTED, "It was swapped.") for one in lines_of(finding)}
    told: dict[str, Any] = {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 11)}
    said = Reply("accepted", "See this.", key(), lines, [Handed("a.pdf", PDF)])
    reply(case=case, said=said, **told)
    put = Put("The case", "Shall it be so?", "It goes on.", cast.pab, "pab", key(), cast.alfa)
    put_about(case.course, put, on(cast.sam, NOTICED), at(NOTICED, 12))
    gap = recorded(cast, findings=(finding,))
    hand_on_gap(gap=gap, modification="MP127", by=on(cast.jo, NOTICED), at=at(NOTICED, 12))


def is_refused(sql: str, *values: Any) -> bool:
    with pytest.raises(DatabaseError, match=SAID), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return True


def changed(column: Any) -> str:
    """Return in SQL another value than a column has, of its own type as far as the database asks for that."""
    kind = column.target_field.get_internal_type() if column.is_relation else column.get_internal_type()
    if kind in ("CharField", "TextField", "SlugField"):
        return f"CASE WHEN \"{column.column}\" = '' THEN 'x' ELSE '' END"
    return f'"{column.column}" + 1' if kind in ("BigAutoField", "IntegerField") else "NULL"


def filled(model: type[Kept], column: Any) -> Any:
    """Return a row that has something in a column that stays, or that is filled once, if any has."""
    if column.name in model.CHANGES - ONCE:
        return None
    rows = list(model._default_manager.order_by("pk"))
    there = [one for one in rows if getattr(one, column.attname) not in (None, "")]
    empty = [one for one in rows if getattr(one, column.attname) == "" and column.name not in ONCE]
    return next(iter((*there, *empty)), None)


class TestRows:
    def test_stay_as_they_were_written(self, cast: Cast) -> None:
        written(cast)
        there = {one: one._default_manager.count() for one in kept_models()}
        tried: dict[type[Kept], int] = Counter()

        for model in there:
            told = model._meta
            for column in told.concrete_fields:
                row = filled(model, column)
                if row is not None:
                    sql = f'UPDATE {told.db_table} SET "{column.column}" = {changed(column)} WHERE id = %s'  # noqa: S608
                    assert is_refused(sql, row.pk)
                    tried[model] += 1
            assert is_refused(f"DELETE FROM {told.db_table}")  # noqa: S608

        assert set(tried) == set(there)
        assert min(tried.values()) >= len(("id", "handle", "of"))
        assert sum(tried.values()) > 250
        assert {one: one._default_manager.count() for one in there} == there

    def test_are_filled_once(self, cast: Cast) -> None:
        case, gap = cast.opened(), recorded(cast)
        place = case.course.places.get(track="case")
        end, later = at(NOTICED), at(NOTICED, 14)

        for row, column in ((place, "left_at"), (case, "closed_at")):
            table = row._meta.db_table
            sql = f"UPDATE {table} SET {column} = %s WHERE id = %s"  # noqa: S608
            with connection.cursor() as cursor:
                cursor.execute(sql, [end, row.pk])
            assert is_refused(sql, later, row.pk)
            assert is_refused(sql, None, row.pk)
        hand_on_gap(gap=gap, modification="MP127", by=on(cast.jo, NOTICED), at=end)
        assert is_refused("UPDATE cases_gap SET modification = 'MP128' WHERE id = %s", gap.pk)

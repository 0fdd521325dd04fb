"""What was written on a case stays, whoever asks the database to change it."""

from typing import Any

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, transaction

from tallystick.cases.attached import Handed
from tallystick.cases.models import Case
from tallystick.cases.operations.remedies import file_remedy
from tallystick.cases.operations.talking import Sending, send_message, write_note
from tallystick.decisions.kept_tables import SAID
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.files import PDF
from tests.cases.promised import plan
from tests.decisions.kept import kept_models

pytestmark = pytest.mark.django_db


def written(cast: Cast) -> None:
    """Write a row of every kind that is kept, but for what a board decides or grants."""
    finding = landed(cast.alfa)
    case = cast.escalated(cast.opened(finding, source=Case.THIRD_PARTY, teller="A neighbour"))
    file_remedy(
        case=case,
        filed=plan(signed_by="R. Vane", signed_as="Director", signed_on=NOTICED),
        by=on(cast.ada, NOTICED),
        at=at(NOTICED, 13),
    )
    told: dict[str, Any] = {"case": case, "by": on(cast.jo, NOTICED), "at": at(NOTICED, 14)}
    send_message(text="See this.", key=key(), sending=Sending(files=[Handed("a.pdf", PDF)]), **told)
    write_note(text="Ask again.", key=key(), **told)


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


class TestRows:
    def test_stay_as_they_were_written(self, cast: Cast) -> None:
        written(cast)
        counted: dict[str | None, int] = {}

        for model in kept_models():
            told = model._meta
            row = model.objects.order_by("pk").first()  # type: ignore[attr-defined]  # every model has them
            for column in () if row is None else told.concrete_fields:
                if column.name in model.CHANGES - {"name", "sha256", "size"}:
                    continue
                if getattr(row, column.attname) is not None:
                    sql = f'UPDATE {told.db_table} SET "{column.column}" = {changed(column)} WHERE id = %s'  # noqa: S608
                    assert is_refused(sql, row.pk)
                    counted[told.model_name] = counted.get(told.model_name, 0) + 1
            if row is not None:
                assert is_refused(f"DELETE FROM {told.db_table} WHERE id = %s", row.pk)  # noqa: S608

        assert set(counted) >= {
            *("message", "note", "teller", "sharedlines", "remedy", "milestone", "casefinding"),
            *("attachment", "attachedbytes", "step"),
        }
        assert sum(counted.values()) > 90
        assert apps.get_model("cases", "Message").objects.count() == 3

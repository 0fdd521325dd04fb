"""Items, their results and certificates are kept as they were written."""

import datetime as dt

import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.assessments.techniques.operations.testing import (
    Certified,
    list_items,
    record_certificate,
    record_items,
)
from tests.assessments.cast import TESTING, Cast, key

DAY = dt.date(2021, 9, 1)


class TestTested:
    @pytest.mark.parametrize(
        "change", ["assessments_item SET is_required = '1'", "assessments_itemresult SET number = '7'"]
    )
    def test_is_kept_by_the_database(self, cast: Cast, change: str) -> None:
        row = cast.begun(TESTING)
        doing = cast.doing(cast.jo)
        [item] = list_items(application=row, items={"Installs a hub": False}, key=key(), **doing)
        cast.start(row)
        told = {"outcomes": {1: "passed"}, "note": "", "key": key()}
        [result] = record_items(part=cast.part(row), **told, **doing)  # type: ignore[arg-type]  # of several kinds

        assert (str(item), str(result)) == ("Installs a hub", f"passed in {item.pk}")
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {change}")

    def test_has_certificates_that_stay(self, cast: Cast) -> None:
        part = cast.part(cast.started("conformity_review"))
        certified = Certified("Hub 200", "CPL-0417", DAY, DAY, key())
        made = record_certificate(part=part, certified=certified, **cast.doing(cast.jo))

        assert str(made) == "CPL-0417"
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("UPDATE assessments_certificate SET valid_until = '2099-01-01'")

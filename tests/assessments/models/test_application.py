"""An application and its parts are kept as they were written."""

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction

from tallystick.assessments.models import Application, Part
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.assessments.cast import Cast


class TestKept:
    def test_changes_in_nothing_that_was_said(self, cast: Cast) -> None:
        row = cast.begun()
        row.technique = "prayer"

        with pytest.raises(UnableToChangeARecord):
            row.save(update_fields=["technique"])
        with pytest.raises(UnableToChangeARecord):
            row.delete()

    @pytest.mark.parametrize(
        ("table", "column"),
        [
            ("assessments_application", "cost"),
            ("assessments_application", "spent"),
            ("assessments_application", "result"),
            ("assessments_part", "answer"),
            ("assessments_part", "outcome"),
            ("assessments_part", "party_id"),
        ],
    )
    def test_is_kept_by_the_database_too(self, cast: Cast, table: str, column: str) -> None:
        row = cast.started()
        cast.answer(cast.part(row), "So.")
        cast.answer(cast.part(row, cast.brvo), "So.", by=cast.ben)
        cast.report(row)

        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(f"UPDATE {table} SET {column} = '9'")  # noqa: S608 - names of our own


class TestWhole:
    def test_says_by_its_name_what_it_is(self, cast: Cast) -> None:
        row = cast.begun()

        assert str(row) == "TEC-2021-1"
        assert str(cast.part(row)) == f"{cast.alfa.pk} in {row.pk}"

    def test_has_one_part_of_a_party(self, cast: Cast) -> None:
        part = cast.part(cast.begun())

        with pytest.raises(IntegrityError), transaction.atomic():
            Part(
                code=part.code, classification="amber", party=part.party, application=part.application
            ).save()

    def test_has_parts_that_are_confidential(self, cast: Cast) -> None:
        part = cast.part(cast.begun())

        with pytest.raises(IntegrityError), transaction.atomic():
            Part(code=part.code, classification="green", party=cast.brvo, application=part.application).save()
        assert Application.objects.count() == 1

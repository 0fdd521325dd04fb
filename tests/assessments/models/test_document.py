import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.assessments.models import Document, Frozen
from tests.assessments.plan_cast import Cast


class TestDocument:
    def test_is_read_by_whoever_reads_green_once_it_is_put_forward(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        names = ("jo", "sam", "hal", "ada", "obs")

        def readers() -> set[str]:
            return {one for one in names if Document.objects.visible_to(getattr(plans, one)).exists()}

        before = readers()
        plans.put(row)

        assert (before, readers()) == ({"jo", "sam", "hal"}, {*names})

    def test_may_be_said_in_words(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        plans.put(row)
        comment = plans.commented(row)

        assert row.title == "Methodology 2022-23, version 1"
        assert str(row) == row.reference
        assert str(row.frozen.get()).startswith("content of")
        assert str(comment).startswith("comment 1 to")
        assert str(plans.answered(comment)).startswith("reply to")


class TestFrozen:
    def test_stays_whoever_asks_the_database(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(Document.METHODOLOGY)
        plans.put(row)

        for column in ("sha256", "content", "words"):
            told = f"UPDATE assessments_frozen SET {column} = '\"x\"'"  # noqa: S608 - a name of our own
            with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(told)
        assert Frozen.objects.get().sha256 != "x"

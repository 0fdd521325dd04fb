import pytest
from django.db import DatabaseError, connection, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.risks.models import Risk
from tests.cases.cast import landed
from tests.risks.cast import Cast, of

TABLES = ("operatingperiod", "risk", "wording", "lineage", "score", "proposal", "answer")


@pytest.fixture
def _full(cast: Cast) -> None:
    cast.opened()
    landed(cast.alfa)
    cast.scored("R-02")
    cast.answered(cast.proposed("R-02"))
    cast.split("R-03", "One", "Other")


class TestRows:
    @pytest.mark.usefixtures("_full")
    @pytest.mark.parametrize("table", TABLES)
    def test_stay_as_they_were_written(self, table: str) -> None:
        with pytest.raises(DatabaseError, match="what was written stays"), transaction.atomic():
            connection.cursor().execute(f"DELETE FROM risks_{table}")  # noqa: S608 - our own names
        with pytest.raises(DatabaseError, match="what was written stays"), transaction.atomic():
            connection.cursor().execute(f"UPDATE risks_{table} SET code = 'other'")  # noqa: S608 - our own names

    def test_end_and_change_in_nothing_else(self, cast: Cast) -> None:
        cast.opened()
        risk = of("R-02")

        with pytest.raises(UnableToChangeARecord):
            risk.save(update_fields=["reference"])

    def test_may_be_said_in_words(self, cast: Cast) -> None:
        cast.opened()
        [one, _] = cast.split("R-03", "One", "Other")

        assert str(of("R-02")) == "R-02"
        assert "split into" in str(one.came_from.get())
        assert str(one.wordings.get()).startswith("version 1 of")


class TestReading:
    def test_of_words_is_everybodys(self, cast: Cast) -> None:
        cast.opened()

        assert Risk.objects.visible_to(cast.ada).count() == 8

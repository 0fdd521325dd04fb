import datetime as dt

import pytest
from django.db import transaction

from tallystick.derogations.operations.entries import day, locked_derogation, locked_forbearance
from tests.derogations.cast import Cast

pytestmark = pytest.mark.django_db


class TestLocked:
    def test_is_the_row_as_it_stands(self, cast: Cast) -> None:
        row, forborne = cast.drafted(), cast.proposed()
        row.scope = forborne.why = "Something else"

        with transaction.atomic():
            assert locked_derogation(row).scope != "Something else"
            assert locked_forbearance(forborne).why != "Something else"


class TestDay:
    def test_is_written_as_people_do(self) -> None:
        assert day(dt.date(2022, 3, 1)) == "1 March 2022"

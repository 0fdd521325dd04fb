"""A step within an act: whose matter it is then, and that it closes at its end."""

import pytest

from tallystick.challenges.operations.steps import has_taken, settle, step
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import at, key, on
from tests.challenges.cast import GROUNDS, NEXT, Chamber

pytestmark = pytest.mark.django_db


class TestStep:
    def test_is_known_by_its_form(self, cast: Chamber) -> None:
        row, form = cast.served(), key()
        before = has_taken(row, form)

        step(row, Taken("query", form, said=GROUNDS), on(cast.ada, NEXT), at(NEXT))

        assert (before, has_taken(row, form)) == (False, True)

    def test_gives_the_matter_and_all_of_it_to_its_body(self, cast: Chamber) -> None:
        row = cast.served()

        step(row, Taken("query", key(), said=GROUNDS), on(cast.ada, NEXT), at(NEXT))

        assert row.body == cast.pab
        assert {one.body for one in row.course.steps.all()} == {cast.pab}

    def test_closes_it_once(self, cast: Chamber) -> None:
        row = cast.does(cast.served(), "accept")
        closed = row.closed_at

        settle(row, NEXT, at(NEXT, 20))

        assert row.closed_at == closed

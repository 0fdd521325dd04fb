import datetime as dt

import pytest

from tallystick.parties.acting import Acting
from tallystick.runs import looks
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db


def looked(acting: Acting, *minutes: int) -> list[dt.datetime | None]:
    assert acting.role is not None
    return [looks.noted(acting.role, NOW + dt.timedelta(minutes=one)) for one in minutes]


class TestNoted:
    def test_knows_of_no_visit_before_the_first(self, jo: Acting) -> None:
        assert looked(jo, 0, 5) == [None, None]

    def test_tells_the_end_of_the_visit_before(self, jo: Acting) -> None:
        told = looked(jo, 0, 5, 60, 62)

        assert told[2:] == [NOW + dt.timedelta(minutes=5)] * 2

    def test_is_of_each_role_by_itself(self, jo: Acting, sam: Acting) -> None:
        looked(jo, 0)

        assert looked(sam, 60) == [None]

    def test_is_written_at_most_once_a_minute(self, jo: Acting) -> None:
        looked(jo, 0)
        assert jo.role is not None

        looks.noted(jo.role, NOW + dt.timedelta(seconds=50))

        assert looks.Look.objects.get().seen_at == NOW

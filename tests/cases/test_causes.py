import pytest

from tallystick.cases.causes import cause_of, causes_to_choose
from tests.cases.cast import CODE, OPENED, Cast

pytestmark = pytest.mark.django_db


class TestCause:
    def test_is_called_as_by_the_list_of_its_day(self, cast: Cast) -> None:
        named, none = cast.opened(cause="reporting_late"), cast.opened()

        found = cause_of(named)

        assert found is not None
        assert (found.title, found.about) == ("Reported late", "reporting")
        assert cause_of(none) is None


class TestCausesToChoose:
    def test_are_those_of_the_day(self) -> None:
        assert ("reporting_late", "Reported late") in causes_to_choose(CODE, OPENED)
        assert causes_to_choose(CODE, OPENED.replace(year=2018)) == []

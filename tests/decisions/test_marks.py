import datetime as dt

from tallystick.decisions.marks import class_of
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook

DAY = dt.date(2021, 9, 1)
ALFA = Organisation(slug="alfa", name="ALFA")


class TestClassOf:
    def test_is_that_of_the_kind_on_the_day(self, sec: Rulebook) -> None:
        assert class_of(sec, "motion", DAY, None) == "white"
        assert class_of(sec, "decision", dt.date(2021, 10, 1), None) == "green"

    def test_is_amber_at_the_mildest_for_a_party(self, sec: Rulebook) -> None:
        assert class_of(sec, "motion", DAY, ALFA) == "amber"
        assert class_of(sec, "motion", DAY, ALFA, "white") == "amber"

    def test_is_stricter_where_it_is_asked_for(self, sec: Rulebook) -> None:
        assert class_of(sec, "motion", DAY, None, "red") == "red"
        assert class_of(sec, "motion", DAY, ALFA, "purple") == "amber"

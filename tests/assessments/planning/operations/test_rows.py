import datetime as dt

import pytest

from tallystick.assessments.planning.operations.rows import class_for, day, person_of
from tests.assessments.plan_cast import Cast


class Refused(Exception):
    pass


class TestPersonOf:
    def test_is_whoever_of_the_office_sends_a_form_with_a_key(self, plans: Cast) -> None:
        assert person_of(plans.jo, "k", Refused) == plans.jo.person

    def test_refuses_a_form_without_one(self, plans: Cast) -> None:
        with pytest.raises(Refused, match="has no key"):
            person_of(plans.jo, "", Refused)

    def test_refuses_other_roles(self, plans: Cast) -> None:
        with pytest.raises(Refused, match="The office"):
            person_of(plans.hal, "k", Refused)


class TestClassFor:
    def test_is_that_of_a_plan(self, plans: Cast) -> None:
        assert class_for(plans.jo) == "green"


class TestDay:
    def test_is_written_out(self) -> None:
        assert day(dt.date(2022, 4, 1)) == "1 April 2022"

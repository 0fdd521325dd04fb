"""The rooms in whose matters decisions are carried out."""

import pytest

from tallystick.processes.carriers import carrier_of, reference_of_matter
from tallystick.processes.models import Course, Step
from tests.cases.cast import made_cast

pytestmark = pytest.mark.django_db


class TestCarriers:
    def test_are_those_that_the_settings_name_by_process(self) -> None:
        case = made_cast().opened()

        carrier = carrier_of(case.course)

        assert carrier is not None
        assert carrier.matter_of(case.course) == case
        assert carrier_of(Course(process="dispute")) is None

    def test_give_a_step_the_reference_of_its_matter(self) -> None:
        cast = made_cast()
        case = cast.escalated(cast.opened())

        told = set(Step.objects.annotate(matter=reference_of_matter()).values_list("course", "matter"))

        assert (case.course_id, case.reference) in told

"""A step of a case, and what follows from where it leads."""

import pytest
from django.db import transaction

from tallystick.cases.models import Case
from tallystick.cases.operations.entries import locked_case
from tallystick.cases.operations.steps import has_taken, issue, settle, step_case
from tallystick.processes.models import Course
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import NOTICED, Cast, at, key, on

pytestmark = pytest.mark.django_db


class TestStep:
    def test_is_known_by_its_form(self, cast: Cast) -> None:
        case, form = cast.opened(), key()
        before = has_taken(case, form)

        with transaction.atomic():
            step = step_case(locked_case(case), Taken("inform", form), on(cast.jo, NOTICED), at(NOTICED))

        assert (before, has_taken(case, form)) == (False, True)
        assert (step.move, step.role) == ("inform", "analyst")


class TestIssue:
    def test_lets_the_party_see_the_case_and_its_course(self, cast: Cast) -> None:
        case = cast.opened()

        with transaction.atomic():
            issue(locked_case(case))

        assert list(Case.objects.visible_to(cast.ada)) == [case]
        assert list(Course.objects.visible_to(cast.ada)) == [case.course]


class TestSettling:
    def test_changes_nothing_where_nothing_follows(self, cast: Cast) -> None:
        case = cast.told(cast.opened())

        with transaction.atomic():
            held = locked_case(case)
            settle(held, key(), on(cast.jo, NOTICED), at(NOTICED))

        assert (held.body, held.publicity, held.closed_at) == (None, Case.ISSUED, None)

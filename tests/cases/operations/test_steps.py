"""A step of a case, and what follows from where it leads."""

import pytest
from django.db import transaction

from tallystick.cases.models import Case, Message, Remedy, SharedLines
from tallystick.cases.operations.entries import locked_case
from tallystick.cases.operations.remedies import file_remedy
from tallystick.cases.operations.steps import has_taken, issue, settle, step_case
from tallystick.processes.models import Course
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import NOTICED, Cast, at, key, landed, on
from tests.cases.promised import by_hand

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

    def test_lets_the_body_see_what_was_filed_and_said_before_the_case_came_there(self, cast: Cast) -> None:
        case = cast.replied(cast.told(cast.opened(landed(cast.alfa))))
        cast.step(case, "persuade", said={"how": "A call"})
        filed = by_hand(signed_by="R. Vane", signed_as="Director", signed_on=NOTICED)
        remedy = file_remedy(case=case, filed=filed, by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        kinds = (Remedy, Message, SharedLines)
        before = [kind.objects.visible_to(cast.bo).count() for kind in kinds]

        cast.step(case, "escalate_to_pab_at_once", reason="It touches security.")

        assert before == [0, 0, 0]
        assert [kind.objects.visible_to(cast.bo).count() for kind in kinds] == [1, 2, 1]
        assert Course.objects.visible_to(cast.bo).filter(pk=remedy.course_id).exists()

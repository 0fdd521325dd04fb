from typing import Any

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tallystick.processes.engine import RESUME
from tallystick.processes.models import Course
from tallystick.processes.queries import (
    calendars_of,
    offered,
    open_clocks,
    passed_clocks,
    process_of,
    roles_of,
    rows_of,
    standing_of,
    standings,
    unsettled,
)
from tests.processes.matters import FACTS, JUDGES, Cast, cast
from tests.processes.operations.test_courses import asked
from tests.processes.way import BEGAN, VALUE, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestProcessOf:
    def test_is_the_rule_that_the_course_began_under(self, pab: Cast) -> None:
        course = pab.begun()

        assert process_of(course) == VALUE
        assert calendars_of(course)(None).key == "england_wales"


class TestRolesOf:
    @pytest.mark.parametrize(
        ("role", "found"),
        [("analyst", {"analyst"}), ("chair", {"chair"}), ("party_delegate", {"party_delegate", "party"})],
    )
    def test_are_the_role_and_that_the_matter_is_ones_own(
        self, pab: Cast, role: str, found: set[str]
    ) -> None:
        assert roles_of(pab.on(role), pab.begun()) == found

    def test_are_none_of_the_public_and_of_a_role_that_has_ended(self, pab: Cast) -> None:
        course, analyst = pab.begun(), pab.on("analyst")
        assert analyst.role is not None
        analyst.role.until_on = BEGAN

        assert roles_of(Acting("sec", BEGAN), course) == roles_of(analyst, course) == frozenset()

    def test_are_not_the_partys_for_a_matter_of_nobody(self, pab: Cast) -> None:
        assert roles_of(pab.on("party_delegate"), pab.begun(party=None)) == {"party_delegate"}


class TestStandings:
    def test_ask_so_many_times_however_many_courses(self, pab: Cast, django_assert_num_queries: Any) -> None:
        several = [asked(pab) for _ in range(5)]
        pab.held(until_on=day("2021-10-01"))

        with django_assert_num_queries(2):
            found = standings(several, day("2021-12-01"))

        assert [found[one.pk].at["way"] for one in several] == ["asked"] * 5

    def test_are_read_anew_whatever_the_caller_has_in_hand(self, pab: Cast) -> None:
        course = pab.begun()
        stale = Course.objects.get(pk=course.pk)

        pab.taken(course, "open", day("2021-09-03"))

        assert standing_of(stale, day("2021-09-03")).since == day("2021-09-03")

    def test_are_read_on_a_page_by_whoever_found_the_course(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held()

        with guarded():
            found = [standing_of(course, BEGAN), *open_clocks([course], BEGAN), *unsettled([course], BEGAN)]
            shown = offered(course, FACTS, JUDGES, pab.on("chair"))

        assert len(found) == 3
        assert [one.move for one in shown[0]] == [RESUME]


class TestOffered:
    def test_is_what_one_may_do_now_and_later(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        unshared = {**FACTS, "lines_shared_on": None}

        now, later = offered(course, unshared, JUDGES, pab.on("analyst"))

        assert [[one.move for one in offers] for offers in (now, later)] == [["straight"], ["ask"]]


class TestOpenClocks:
    def test_come_as_they_fall_due_and_paused_ones_last(self, pab: Cast) -> None:
        first, second = asked(pab), asked(pab)
        pab.held(course=second)

        found = open_clocks([second, first], day("2021-09-16"))

        told = [(one.course, one.clock, one.due_on, one.left, one.is_past) for one in found]
        assert told == [
            (first, "answer_by", day("2021-09-15"), None, True),
            (first, "watch", day("2021-10-01"), None, False),
            (second, "watch", day("2021-10-01"), None, False),
            (second, "answer_by", None, 11, False),
        ]
        assert (found[-1].title, found[-1].owner, found[-1].unit) == ("Answer by", "party", "working_day")

    def test_are_shifted_by_a_hold_that_ended_with_nothing_written_down(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course, until_on=day("2021-09-20"))

        [answer, _] = sorted(open_clocks([course], day("2021-09-20")), key=lambda one: one.clock)

        assert answer.due_on == day("2021-10-04")
        assert unsettled([course], day("2021-09-20")) == [course]
        assert course.timers.get(clock="answer_by").due_on is None

    def test_are_none_of_no_courses(self) -> None:
        assert open_clocks([], BEGAN) == []
        assert rows_of([]) == {}


class TestPassedClocks:
    def test_are_those_whose_time_is_over(self, pab: Cast) -> None:
        course = asked(pab)

        assert passed_clocks([course], day("2021-09-15")) == []
        assert passed_clocks([course], day("2021-10-02")) == [(course, "watch"), (course, "answer_by")]

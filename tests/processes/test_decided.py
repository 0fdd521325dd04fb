"""What a body decided about a party waits to be carried out, once in each of its matters."""

import datetime as dt
from typing import Any

import pytest

from tallystick.decisions.operations.motions import put_motion
from tallystick.parties.models import Body
from tallystick.processes.decided import bodies_of, body_of, stayed_by, under_way, undone
from tallystick.processes.operations.putting import put_about
from tests.processes.matters import Cast, asked, cast, closed, decided, noon
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
NEXT = BEGAN + dt.timedelta(days=1)


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestDecisions:
    def test_wait_by_what_a_body_said(self, pab: Cast) -> None:
        course = pab.begun()
        agreed, rejected = decided(pab, "AGREED"), decided(pab, "REJECTED")
        decided(pab, "DEFERRED")

        assert undone(course, "pab", noon(BEGAN)) == [agreed]
        assert undone(course, "PAB", noon(BEGAN), "rejected") == [rejected]
        assert undone(course, "panel", noon(BEGAN)) == []
        assert bodies_of(course, noon(BEGAN)) == {"agreed": {"pab"}, "rejected": {"pab"}}
        assert bodies_of(course, noon(NEXT)) == {"agreed": set(), "rejected": set()}

    def test_that_came_before_do_not_count(self, pab: Cast) -> None:
        course = pab.begun()
        decided(pab, "AGREED")

        assert undone(course, "pab", noon(NEXT)) == []

    def test_wait_for_nobody_where_nothing_is_named_that_leaves_them_without_effect(
        self, pab: Cast, settings: Any
    ) -> None:
        course, one = pab.begun(), decided(pab, "AGREED")
        settings.DECISIONS_WITHOUT_EFFECT = []

        assert undone(course, "pab", noon(BEGAN)) == [one]
        assert stayed_by("sec", one.reference) is None


class TestMotions:
    def test_that_were_put_about_a_matter_come_first_and_are_of_no_other(self, pab: Cast) -> None:
        course, other = pab.begun(), pab.begun()
        by = pab.on("chair")
        of_neither = closed(put_motion(put=asked(pab), by=by, at=noon(BEGAN)))
        own, of_another = (closed(put_about(one, asked(pab), by, noon(BEGAN))) for one in (course, other))
        decided(pab, "AGREED", motion=of_another)

        assert undone(course, "pab", noon(BEGAN)) == [own, of_neither]

    def test_are_under_way_until_they_end_to_who_may_see_them(self, pab: Cast) -> None:
        course, by = pab.begun(), pab.on("secretary")
        one = put_about(course, asked(pab), by, noon(BEGAN))

        assert under_way(by, course) == [one]
        assert under_way(pab.on("party_delegate"), course) == []
        closed(one)
        assert under_way(by, course) == []


class TestBody:
    def test_is_found_by_the_key_that_the_rulebook_has(self, pab: Cast) -> None:
        assert body_of("sec", pab.body.key.lower(), BEGAN) == pab.body
        assert body_of("sec", "opsg", BEGAN) is body_of("sec", None, BEGAN) is None

    @pytest.mark.usefixtures("pab")
    def test_is_the_one_of_the_day(self) -> None:
        Body.objects.create(code="sec", key="opsg", name="The Group", from_on=NEXT)

        assert body_of("sec", "opsg", BEGAN) is None
        assert body_of("sec", "opsg", NEXT) is not None

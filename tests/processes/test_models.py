from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tallystick.parties.models import Organisation
from tallystick.processes.models import Course, Hold, Place, Spell, Step, Timer
from tests.decisions.kept import another
from tests.processes.matters import Cast, cast, new_key, noon
from tests.processes.way import BEGAN, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


def is_refused(row: Any, match: str) -> None:
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        another(row).save()


class TestCourse:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"moved_on": day("2021-08-31")}, "a_course_moves_after_it_begins"),
            ({"ended_on": day("2021-09-02")}, "a_course_ends_on_its_last_day"),
            ({"classification": "pink"}, "course_has_a_class"),
        ],
    )
    def test_keeps_its_days_and_its_class(self, pab: Cast, told: dict[str, Any], match: str) -> None:
        course = pab.begun()
        for name, value in told.items():
            setattr(course, name, value)

        is_refused(course, match)

    def test_says_what_it_is(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        hold = pab.held(course=course)

        told = [str(course), str(course.steps.get()), str(hold), str(course.timers.get())]
        assert told == [
            "way since 2021-09-01",
            "open on 2021-09-01",
            "hold from 2021-09-01",
            "watch since 2021-09-01",
        ]
        assert "way: opened" in [str(place) for place in course.places.all()]
        assert str(hold.spells.get()) == f"{hold.pk} on {course.pk}"


class TestPlace:
    def test_is_one_at_a_time_on_each_track(self, pab: Cast) -> None:
        at = noon(BEGAN)

        is_refused(
            Place(course=pab.begun(), track="way", stage="asked", entered_at=at), "UNIQUE|a_track_stands"
        )

    def test_is_left_after_it_is_entered(self, pab: Cast) -> None:
        place = pab.begun().places.get(track="way")
        place.left_at = noon(day("2021-08-31"))

        is_refused(place, "a_stage_is_left_after_it_is_entered")


class TestTimer:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"due_on": None}, "a_clock_is_due_or_paused"),
            ({"due_on": day("2021-08-31")}, "a_clock_is_due_or_paused"),
            ({"paused_on": BEGAN, "left": 2}, "a_clock_is_due_or_paused"),
            ({"paused_on": BEGAN, "left": -1, "due_on": None}, "a_clock_is_due_or_paused"),
            ({"ended_on": BEGAN}, "a_clock_ended_somehow"),
            ({"how": "met"}, "a_clock_ended_somehow"),
            ({"ended_on": BEGAN, "how": "lost"}, "a_clock_ended_somehow"),
        ],
    )
    def test_is_due_or_paused_and_ends_somehow(self, pab: Cast, told: dict[str, Any], match: str) -> None:
        timer = Timer(course=pab.begun(), clock="plan", started_on=BEGAN, due_on=BEGAN)
        for name, value in told.items():
            setattr(timer, name, value)

        is_refused(timer, match)

    def test_runs_once_at_a_time(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")

        is_refused(
            Timer(course=course, clock="watch", started_on=BEGAN, due_on=BEGAN), "UNIQUE|a_clock_runs_once"
        )


class TestStep:
    def test_is_kept_as_it_was_taken(self, pab: Cast) -> None:
        step = pab.taken(pab.begun(), "open")

        step.reason = "Another"
        with pytest.raises(UnableToChangeARecord):
            step.save()
        with pytest.raises(UnableToChangeARecord):
            step.delete()

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"key": ""}, "a_step_says_by_which_form"),
            ({"by": None}, "a_step_is_taken_by_somebody_or_a_clock"),
            ({"clock": "watch"}, "a_step_is_taken_by_somebody_or_a_clock"),
        ],
    )
    def test_is_of_somebody_or_a_clock(self, pab: Cast, told: dict[str, Any], match: str) -> None:
        step = pab.taken(pab.begun(), "open")
        other = Step(**{one.attname: getattr(step, one.attname) for one in Step._meta.concrete_fields})
        other.pk, other.handle, other.key = None, "another", new_key()
        for name, value in told.items():
            setattr(other, name, value)

        is_refused(other, match)

    def test_follows_its_matter_when_that_becomes_another_class(self, pab: Cast) -> None:
        step = pab.taken(pab.begun(), "open")
        step.classification = "green"

        step.save(update_fields=["classification"])

        assert Step.objects.get(pk=step.pk).classification == "green"


class TestHold:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"why": ""}, "a_hold_says_why"),
            ({"until_on": BEGAN}, "a_hold_ends_after_it_begins"),
            ({"processes": ""}, "a_hold_is_of_one_or_of_the_market"),
            ({"classification": "amber"}, "a_hold_is_of_one_or_of_the_market"),
            ({"lifted_on": BEGAN}, "a_hold_is_lifted_by_somebody_for_a_reason"),
        ],
    )
    def test_says_why_until_when_and_of_what(self, pab: Cast, told: dict[str, Any], match: str) -> None:
        hold = pab.held()
        for name, value in told.items():
            setattr(hold, name, value)

        is_refused(hold, match)

    def test_of_the_market_is_about_no_party(self, pab: Cast) -> None:
        hold = pab.held()
        hold.party = Organisation.objects.get(slug="alfa")

        is_refused(hold, "a_hold_is_of_one_or_of_the_market")

    def test_ends_on_the_first_of_its_days(self) -> None:
        first, second = day("2021-10-01"), day("2021-10-04")

        assert Hold().ends_on is None
        assert Hold(until_on=second).ends_on == second
        assert Hold(until_on=second, lifted_on=first).ends_on == first


class TestSpell:
    def test_is_one_of_each_hold_on_a_course(self, pab: Cast) -> None:
        course = pab.begun()
        hold = pab.held(course=course)

        is_refused(Spell(course=course, hold=hold, from_on=BEGAN), "UNIQUE|a_hold_holds_a_course_once")

    def test_ends_after_it_begins(self, pab: Cast) -> None:
        spell = pab.held(course=pab.begun()).spells.get()
        spell.until_on = day("2021-08-31")

        is_refused(spell, "a_spell_ends_after_it_begins")


class TestRowsWithAClass:
    def test_are_courses_their_steps_and_holds(self) -> None:
        assert {model.TYPE for model in (Course, Step, Hold)} == {"course", "hold"}

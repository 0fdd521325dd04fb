import datetime as dt
from types import SimpleNamespace
from typing import Any

import pytest
from django.db import transaction

from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.parties.policy.guard import guarded
from tallystick.parties.row_security import seen_by
from tallystick.processes.models import Course, Step
from tallystick.processes.operations.courses import (
    OutsideAnAct,
    Taken,
    begin_course,
    follow,
    pass_clock,
    resume_due,
    take_step,
)
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove
from tallystick.rulebook.terms import NoValueYet
from tests.processes.matters import FACTS, JUDGES, Cast, cast, noon
from tests.processes.way import BEGAN, PROCESS, VALUE, day, moved

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


def asked(pab: Cast, on: dt.date = BEGAN, **told: Any) -> Course:
    course = pab.begun(on, **told)
    pab.taken(course, "open", on)
    pab.taken(course, "ask", on)
    return course


class TestBeginCourse:
    def test_stands_where_the_rule_begins(self, pab: Cast) -> None:
        course = pab.begun()

        assert standing_of(course, BEGAN) == Standing({"way": "filed", "ladder": "low"}, BEGAN)
        facts = (course.code, course.classification, course.party, course.body, course.publicity)
        assert facts == ("sec", "amber", pab.party, pab.body, "issued")

    def test_goes_by_the_rule_of_its_first_day_to_its_end(self, pab: Cast) -> None:
        [old, new] = [pab.begun(day("2021-12-31")), pab.begun(day("2022-01-04"))]

        assert process_of(old) == VALUE
        assert process_of(new) == PROCESS.values[day("2022-01-01")]

    def test_knows_no_process_that_the_code_has_not_on_the_day(self, pab: Cast) -> None:
        with pytest.raises(KeyError):
            pab.begun(process="fly")
        with pytest.raises(NoValueYet):
            pab.begun(day("2020-12-31"))
        assert not Course.objects.exists()

    def test_is_done_within_an_act(self, pab: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        with pytest.raises(UnableToMove):  # as a sign that nothing else stopped it
            take_step(pab.begun(), Taken("fly", "key"), FACTS, JUDGES, by=pab.on("analyst"), at=noon(BEGAN))
        outside = SimpleNamespace(in_atomic_block=False)
        monkeypatch.setattr("tallystick.processes.operations.rows.connection", outside)
        for act in (
            lambda: begin_course(pab.subject(), "way", on=BEGAN, at=noon(BEGAN)),
            lambda: resume_due([], on=BEGAN, at=noon(BEGAN)),
        ):
            with pytest.raises(OutsideAnAct):
                act()


class TestTakeStep:
    def test_moves_the_course_as_the_engine_says(self, pab: Cast) -> None:
        course = asked(pab)
        pab.taken(course, "reply")

        assert standing_of(course, BEGAN) == moved("open", "ask", "reply")

    def test_is_written_down_with_who_and_what(self, pab: Cast) -> None:
        course = pab.begun()
        pab.taken(course, "open")
        step = pab.taken(course, "straight", day("2021-09-03"))
        pab.taken(course, "back", day("2021-09-03"))
        ask = pab.taken(course, "ask", day("2021-09-03"))

        told = (step.track, step.from_stage, step.to_stage, step.role, step.reason, step.on, step.by)
        analyst = pab.people["analyst"].person
        reason = "They told us themselves"
        assert told == ("way", "opened", "answered", "analyst", reason, day("2021-09-03"), analyst)
        assert (ask.said, step.party, step.classification) == ({"what": "Why so late?"}, pab.party, "amber")
        entered = list(course.places.order_by("pk").values_list("stage", "left_at"))
        assert [stage for stage, left in entered if left is None] == ["low", "asked"]

    def test_is_the_partys_own_for_whom_the_matter_is_about_alone(self, pab: Cast) -> None:
        course = asked(pab)
        other = Organisation.objects.create(slug="brvo", name="BRVO")
        elsewhere = pab.begun(party=other)
        pab.taken(elsewhere, "open")
        pab.taken(elsewhere, "ask")

        assert pab.taken(course, "reply").role == "party"
        with pytest.raises(UnableToMove, match=r"It is not for this role\. It is for party"):
            pab.taken(elsewhere, "reply", by=pab.on("party_delegate"))

    def test_is_taken_once_however_often_the_form_is_sent(self, pab: Cast) -> None:
        course = asked(pab)

        first = pab.taken(course, "ask_again", key="one")
        again = pab.taken(course, "ask_again", key="one")
        pab.taken(course, "ask_again", key="two")

        assert (first, course.steps.filter(move="ask_again").count()) == (again, 2)

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"key": ""}, "The form has no key"),
            ({"key": "k" * 65}, "The form has no key"),
            ({"key": "first"}, "This form took another step before."),
            ({"facts": {"lines_shared_on": None}}, "It opens once the lines that failed are shared"),
        ],
    )
    def test_is_refused_and_leaves_nothing(self, pab: Cast, told: dict[str, Any], words: str) -> None:
        course = pab.begun()
        pab.taken(course, "open", key="first")
        before = standing_of(course, BEGAN)

        with pytest.raises(UnableToMove, match=words):
            pab.taken(course, "ask", **told)

        assert (standing_of(course, BEGAN), course.steps.count()) == (before, 1)

    def test_is_taken_by_somebody(self, pab: Cast) -> None:
        nobody = Acting("sec", BEGAN, stands_for="Worker")

        with pytest.raises(UnableToMove, match="A step is taken by somebody"):
            pab.taken(pab.begun(), "open", by=nobody)

    def test_ends_the_course_with_the_main_track(self, pab: Cast) -> None:
        course = asked(pab)
        pab.taken(course, "reply", day("2021-09-08"))
        pab.taken(course, "accept", day("2021-09-09"))

        course.refresh_from_db()
        assert course.ended_on == course.moved_on == day("2021-09-09")
        assert not course.timers.filter(ended_on=None).exists()


class TestADelegate:
    def test_takes_a_step_on_a_page_that_shows_no_more_than_is_theirs(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(until_on=day("2021-09-20"))
        delegate = pab.on("party_delegate", day("2021-09-20"))

        with guarded(), seen_by(delegate):
            found = Course.objects.visible_to(delegate).get()
            step = pab.taken(found, "reply", delegate.day)

        assert (found, step.role) == (course, "party")
        assert course.timers.get(clock="answer_by").how == "met"


class TestPassClock:
    def test_moves_and_says_that_a_clock_did(self, pab: Cast) -> None:
        course = asked(pab)

        step = pab.let_pass(course, "answer_by", day("2021-09-16"))

        assert step is not None
        assert (step.by, step.role, step.clock, step.move) == (None, "clock", "answer_by", "reply_over")
        assert step.reason == "Answer by: the time has passed"
        assert standing_of(course, day("2021-09-16")).at["way"] == "answered"
        assert course.timers.get(clock="answer_by").how == "passed"

    def test_takes_no_step_where_its_passing_moves_nothing(self, pab: Cast) -> None:
        course = asked(pab)

        assert pab.let_pass(course, "watch", day("2021-10-02")) is None
        assert course.steps.count() == 2

    def test_is_done_once(self, pab: Cast) -> None:
        course = asked(pab)
        pab.let_pass(course, "answer_by", day("2021-09-16"))

        with pytest.raises(UnableToMove, match="It does not run"):
            pab.let_pass(course, "answer_by", day("2021-09-16"))
        assert course.steps.count() == 3

    def test_waits_for_its_day(self, pab: Cast) -> None:
        with pytest.raises(UnableToMove, match="It is due on 2021-09-15"):
            pab.let_pass(asked(pab), "answer_by", day("2021-09-15"))


class TestResumeDue:
    def test_writes_down_what_came_to_pass_and_changes_nothing_that_is_shown(self, pab: Cast) -> None:
        course, other, today = asked(pab), pab.begun(), day("2021-12-01")
        pab.held(course=course, until_on=day("2021-10-04"))
        shown = standing_of(course, today)

        with transaction.atomic():
            changed = resume_due([course, other], on=today, at=noon(today))

        assert (changed, standing_of(course, today)) == ([course], shown)
        assert course.spells.get().until_on == day("2021-10-04")
        assert (course.timers.get(clock="answer_by").due_on, shown.on_hold) == (day("2021-10-18"), False)

    def test_is_done_by_the_next_step_anyway(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course, until_on=day("2021-10-04"))

        pab.taken(course, "reply", day("2021-10-11"))

        assert course.spells.get().until_on == day("2021-10-04")
        assert course.timers.get(clock="answer_by").how == "met"

    def test_is_done_by_the_next_clock_anyway(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course, until_on=day("2021-10-04"))

        with pytest.raises(UnableToMove, match="It is due on 2021-10-18"):
            pab.let_pass(course, "answer_by", day("2021-10-18"))
        assert pab.let_pass(course, "answer_by", day("2021-10-19")) is not None


class TestFollow:
    def test_gives_course_steps_and_holds_the_class_of_the_matter(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course)

        with transaction.atomic():
            follow(course, pab.subject(classification="green", publicity="closed"))

        course.refresh_from_db()
        rows = [course, *course.holds.all(), *Step.objects.filter(course=course)]
        assert {(row.classification, row.publicity) for row in rows} == {("green", "closed")}
        assert len(rows) == 4


class TestInnerActs:
    def test_leave_the_entry_to_the_act_around_them(self, pab: Cast) -> None:
        course = asked(pab)
        before = Entry.objects.count()
        with transaction.atomic():
            pass_clock(course, "watch", FACTS, JUDGES, on=day("2021-10-02"), at=noon(day("2021-10-02")))

        assert Entry.objects.count() == before

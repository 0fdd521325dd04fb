import datetime as dt
from typing import Any

import pytest

from tallystick.journal.models import Entry, Payload
from tallystick.parties.models import Body, Organisation
from tallystick.processes.models import Course, Hold
from tallystick.processes.operations.holds import UnableToHold, UnableToLift
from tallystick.processes.queries import standing_of
from tallystick.processes.wishes import UnableToMove
from tests.processes.matters import Cast, cast
from tests.processes.operations.test_courses import asked
from tests.processes.way import BEGAN, WAY, day

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
TOMORROW = BEGAN + dt.timedelta(days=1)


@pytest.fixture
def pab() -> Cast:
    return cast()


def due(course: Course, on: dt.date, clock: str = "answer_by") -> dt.date | None:
    running = standing_of(course, on).running(clock)
    assert running is not None
    return running.due_on


class TestPlaceHold:
    def test_lets_one_matter_stand_still_and_no_other(self, pab: Cast) -> None:
        course, other = asked(pab), asked(pab)

        hold = pab.held(TOMORROW, course=course)

        assert (standing_of(course, TOMORROW).on_hold, standing_of(other, TOMORROW).on_hold) == (True, False)
        assert (hold.party, hold.classification, hold.publicity) == (pab.party, "amber", "issued")
        with pytest.raises(UnableToMove, match="The matter is on hold"):
            pab.taken(course, "reply", day("2021-11-01"))

    def test_lets_the_market_stand_still_with_what_begins_meanwhile(self, pab: Cast) -> None:
        going, other = asked(pab), asked(pab)
        elsewhere = pab.begun(process="other")
        pab.held(TOMORROW)
        new = pab.begun(day("2021-09-10"))

        held = [standing_of(one, day("2021-09-10")).on_hold for one in (going, other, new, elsewhere)]

        assert held == [True, True, True, False]
        assert new.spells.get().from_on == day("2021-09-10")

    def test_begins_and_ends_by_itself(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course, from_on=day("2021-09-06"), until_on=day("2021-09-20"))

        days = [day("2021-09-05"), day("2021-09-06"), day("2021-09-19"), day("2021-09-20")]
        assert [standing_of(course, one).on_hold for one in days] == [False, True, True, False]
        assert due(course, days[0]) == day("2021-09-15")
        assert due(course, days[-1]) == day("2021-09-29")
        assert pab.taken(course, "reply", day("2021-09-29")).move == "reply"
        assert course.timers.get(clock="answer_by").how == "met"

    def test_holds_as_long_as_any_of_several(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(until_on=day("2021-09-10"))
        pab.held(course=course, from_on=day("2021-09-08"), until_on=day("2021-09-15"))

        days = [day("2021-09-09"), day("2021-09-10"), day("2021-09-15")]
        assert [standing_of(course, one).on_hold for one in days] == [True, True, False]
        assert due(course, days[-1]) == day("2021-09-29")

    def test_is_placed_once_by_a_form(self, pab: Cast) -> None:
        first = pab.held(key="one")

        assert pab.held(key="one") == first
        with pytest.raises(UnableToHold, match="This form placed another hold before"):
            pab.held(key="one", until_on=day("2022-01-01"))

    def test_is_written_in_the_journal(self, pab: Cast) -> None:
        asked(pab)
        before = Entry.objects.count()

        hold = pab.held(until_on=day("2021-10-01"))

        entry = Entry.objects.order_by("-seq")[0]
        assert (Entry.objects.count(), entry.act) == (before + 1, "processes.place_hold")
        assert (entry.kind, entry.handle, entry.classification) == ("hold", hold.handle, "green")
        words = Payload.objects.get(entry=entry).text
        said = "put every matter under Way on hold from 1 September 2021 until 1 October 2021: The market"
        assert said in words
        assert '"courses":1' in words

    @pytest.mark.parametrize(
        ("told", "words"),
        [
            ({"why": " "}, "Nobody said why"),
            ({"key": ""}, "The form has no key"),
            ({"processes": ()}, "A hold is of one matter or of some processes"),
            ({"processes": ("fly",)}, "The code has no process 'fly' today"),
            ({"classification": "amber"}, "Make it White or Green"),
            ({"from_on": BEGAN - dt.timedelta(days=1)}, "It would begin on 31 August 2021, which is over"),
            ({"until_on": BEGAN}, "It would end before it holds anything"),
        ],
    )
    def test_is_refused(self, pab: Cast, told: dict[str, Any], words: str) -> None:
        with pytest.raises(UnableToHold, match=words):
            pab.held(**told)

        assert not Hold.objects.exists()

    def test_is_for_those_whom_the_rule_names(self, pab: Cast) -> None:
        with pytest.raises(UnableToHold, match="A hold of it is for chair or secretary to place"):
            pab.held(by=pab.on("analyst"))
        with pytest.raises(UnableToHold, match="A hold of it is for chair or secretary to place"):
            pab.held(course=asked(pab), by=pab.on("party_delegate"))

    def test_is_refused_of_what_has_ended(self, pab: Cast) -> None:
        course = asked(pab)
        pab.taken(course, "reply")
        pab.taken(course, "accept")

        with pytest.raises(UnableToHold, match="It has ended"):
            pab.held(course=course)
        pab.held()
        assert not standing_of(course, BEGAN).on_hold

    def test_is_refused_of_another_code(self, pab: Cast) -> None:
        course = asked(pab)
        course.code = "other"

        with pytest.raises(UnableToHold, match="of another code"):
            pab.held(course=course)


class TestLiftHold:
    def test_lets_what_was_left_count_again_from_today(self, pab: Cast) -> None:
        course = asked(pab)
        hold = pab.held(TOMORROW)

        pab.lifted(hold, day("2021-10-01"))

        assert not standing_of(course, day("2021-10-01")).on_hold
        assert due(course, day("2021-10-01")) == day("2021-10-14")
        assert Entry.objects.order_by("-seq")[0].act == "processes.lift_hold"

    def test_lets_one_go_on_and_the_rest_stand_still(self, pab: Cast) -> None:
        course, rest = asked(pab), asked(pab)
        hold = pab.held(TOMORROW)

        pab.lifted(hold, day("2021-09-06"), only=course)

        held = [standing_of(one, day("2021-11-01")).on_hold for one in (course, rest)]
        assert held == [False, True]
        assert due(course, day("2021-11-01")) == day("2021-09-17")
        with pytest.raises(UnableToLift, match="It does not hold that matter"):
            pab.lifted(hold, day("2021-09-07"), only=course)

    def test_lets_one_go_that_another_hold_holds_on(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course)

        pab.lifted(pab.held(), BEGAN, only=course)

        assert standing_of(course, BEGAN).on_hold

    def test_spares_one_a_hold_that_has_not_begun(self, pab: Cast) -> None:
        course, rest = asked(pab), asked(pab)
        hold = pab.held(from_on=day("2021-09-06"))

        pab.lifted(hold, BEGAN, only=course)

        assert [standing_of(one, day("2021-10-01")).on_hold for one in (course, rest)] == [False, True]

    def test_takes_back_what_has_not_begun(self, pab: Cast) -> None:
        course = asked(pab)

        pab.lifted(pab.held(from_on=day("2021-09-06")), TOMORROW)

        assert not standing_of(course, day("2021-10-01")).on_hold
        assert not course.spells.exists()

    def test_leaves_no_trace_on_the_day_it_began(self, pab: Cast) -> None:
        course = asked(pab)

        pab.lifted(pab.held(course=course), BEGAN)

        assert due(course, BEGAN) == day("2021-09-15")

    @pytest.mark.parametrize(
        ("told", "on", "words"),
        [
            ({"because": ""}, TOMORROW, "Nobody said why"),
            ({}, day("2021-12-01"), "It has been over since 1 October 2021"),
        ],
    )
    def test_is_refused(self, pab: Cast, told: dict[str, Any], on: dt.date, words: str) -> None:
        hold = pab.held(until_on=day("2021-10-01"))

        with pytest.raises(UnableToLift, match=words):
            pab.lifted(hold, on, **told)

    def test_is_for_those_who_may_place_it(self, pab: Cast) -> None:
        course = asked(pab)
        for hold in (pab.held(), pab.held(course=course)):
            with pytest.raises(UnableToLift, match="It is lifted by those who may place it"):
                pab.lifted(hold, TOMORROW, by=pab.on("analyst", TOMORROW))

    def test_is_done_once(self, pab: Cast) -> None:
        hold = pab.held()
        pab.lifted(hold, TOMORROW)

        with pytest.raises(UnableToLift, match="It has been over since 2 September 2021"):
            pab.lifted(hold, TOMORROW)

    def test_lets_no_matter_go_that_the_hold_does_not_hold(self, pab: Cast) -> None:
        other = pab.begun(process="other", party=Organisation.objects.create(slug="brvo", name="BRVO"))

        with pytest.raises(UnableToLift, match="It does not hold that matter"):
            pab.lifted(pab.held(processes=(WAY,)), BEGAN, only=other)


class TestWhatBelongsToAMatter:
    """The course of a remedy is within that of its case."""

    def test_is_held_with_it_by_one_entry(self, pab: Cast) -> None:
        course = asked(pab)
        part = asked(pab, within=course)
        before = Entry.objects.count()

        pab.held(TOMORROW, course=course)

        assert standing_of(part, TOMORROW).on_hold
        assert (due(part, TOMORROW), part.spells.get().from_on) == (None, TOMORROW)
        assert Entry.objects.count() == before + 1

    def test_begins_on_hold_while_that_is(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(TOMORROW, course=course)

        part = pab.begun(TOMORROW, within=course)

        assert part.spells.get().until_on is None
        assert standing_of(part, TOMORROW).on_hold

    def test_is_held_by_a_hold_to_come_whatever_was_filed_before_it_begins(self, pab: Cast) -> None:
        course = asked(pab)
        pab.held(course=course, from_on=day("2021-09-06"))
        part = pab.begun(day("2021-09-03"), within=course)

        days = [day("2021-09-05"), day("2021-09-06")]

        assert [standing_of(part, one).on_hold for one in days] == [False, True]

    def test_goes_on_with_it(self, pab: Cast) -> None:
        course = asked(pab)
        part = asked(pab, within=course)
        hold = pab.held(TOMORROW, course=course)

        pab.lifted(hold, day("2021-10-01"))

        assert not standing_of(part, day("2021-10-01")).on_hold
        assert due(part, day("2021-10-01")) == day("2021-10-14")

    def test_is_held_and_let_go_with_it_where_the_market_is_on_hold(self, pab: Cast) -> None:
        course = asked(pab)
        part = asked(pab, process="other", within=course)
        other = asked(pab, process="other")
        hold = pab.held(TOMORROW)
        held = [standing_of(one, TOMORROW).on_hold for one in (course, part, other)]

        pab.lifted(hold, day("2021-09-10"), only=course)

        assert held == [True, True, False]
        assert [standing_of(one, day("2021-09-10")).on_hold for one in (course, part)] == [False, False]

    def test_ends_by_itself_and_is_held_no_more(self, pab: Cast) -> None:
        course = asked(pab)
        part = asked(pab, within=course)
        for move in ("reply", "accept"):
            pab.taken(part, move)

        pab.held(TOMORROW, course=course)

        assert not part.spells.exists()


class TestTheChair:
    def test_holds_only_what_is_before_the_own_body(self, pab: Cast) -> None:
        panel = Body.objects.create(code="sec", key="PANEL", name="Panel", from_on=BEGAN)
        elsewhere, nowhere = asked(pab, body=panel), asked(pab, body=None)

        with pytest.raises(UnableToHold, match=r"It is before the Panel\. A chair holds what is before"):
            pab.held(course=elsewhere)
        with pytest.raises(UnableToHold, match="It is before no body"):
            pab.held(course=nowhere)
        assert pab.held(course=nowhere, by=pab.on("secretary")).from_on == BEGAN

    def test_lifts_only_what_is_before_the_own_body(self, pab: Cast) -> None:
        course = asked(pab, body=None)
        hold, market = pab.held(course=course, by=pab.on("secretary")), pab.held()

        with pytest.raises(UnableToLift, match="A chair lifts holds of what is before the own body"):
            pab.lifted(hold, BEGAN)
        with pytest.raises(UnableToLift, match="It is before no body"):
            pab.lifted(market, BEGAN, only=course)
        assert pab.lifted(market, BEGAN).lifted_on == BEGAN

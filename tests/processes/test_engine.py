import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tallystick.processes.engine import (
    RESUME,
    UnableToJudge,
    begin,
    check_predicates,
    has_ended,
    hold,
    later,
    move,
    offers,
    pass_clock,
    passed,
    resume,
    wish_of,
)
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove
from tests.processes.way import BEGAN, PREDICATES, VALUE, calendars, day, known, moved, value_of, wish

LATER = BEGAN + dt.timedelta(days=1)
ASKED = moved("open", "ask")
FAR_AHEAD = replace(ASKED, clocks=tuple(replace(one, due_on=dt.date(2031, 6, 1)) for one in ASKED.clocks))
ANSWERED = moved("open", "ask", "reply")


def refused(standing: Standing, name: str, on: dt.date = BEGAN, **told: Any) -> str:
    """Return the words in which a move is refused; where the matter stands does not change."""
    with pytest.raises(UnableToMove) as refusal:
        move(VALUE, standing, wish(name, on, **told), known())
    return str(refusal.value)


def names(found: list[Any]) -> list[str]:
    return [one.move for one in found]


class TestCheckPredicates:
    def test_lets_pass_a_process_whose_every_condition_is_judged(self) -> None:
        check_predicates(VALUE, PREDICATES)

    def test_names_those_that_nobody_judges(self) -> None:
        with pytest.raises(UnableToJudge, match="Nobody can judge body_has_decided, lines_are_shared"):
            check_predicates(VALUE, {})


class TestBegin:
    def test_stands_in_the_first_stage_of_each_track_with_no_clock(self) -> None:
        assert begin(VALUE, BEGAN) == Standing({"way": "filed", "ladder": "low"}, BEGAN)


class TestOffers:
    @pytest.mark.parametrize(
        ("standing", "roles", "offered"),
        [
            (begin(VALUE, BEGAN), {"analyst"}, ["open"]),
            (begin(VALUE, BEGAN), {"party", "chair"}, []),
            (moved("open"), {"analyst"}, ["ask", "straight"]),
            (ASKED, {"analyst"}, ["ask_again", "climb"]),
            (ASKED, {"analyst", "party"}, ["ask_again", "reply", "climb"]),
            (ASKED, {"clock"}, []),
            (moved("open", "ask", "climb"), {"chair"}, ["lower"]),
            (ANSWERED, {"chair"}, ["accept", "back"]),
            (moved("open", "ask", "reply", "accept"), {"chair", "analyst"}, []),
        ],
    )
    def test_are_what_the_roles_may_do_from_here(
        self, standing: Standing, roles: set[str], offered: list[str]
    ) -> None:
        assert names(offers(VALUE, standing, roles, known())) == offered

    def test_say_what_they_ask(self) -> None:
        [ask, straight] = offers(VALUE, moved("open"), {"analyst"}, known())
        [reply] = offers(VALUE, ASKED, {"party"}, known())
        [accept, _] = offers(VALUE, ANSWERED, {"chair"}, known())

        assert (ask.title, list(ask.asks), ask.needs_reason) == ("Ask", ["what"], False)
        assert (straight.needs_reason, reply.states, accept.body) == (True, ("plan",), "pab")

    def test_are_left_for_later_until_their_conditions_hold(self) -> None:
        [ask] = later(VALUE, moved("open"), {"analyst"}, known(shared=False))

        assert names(offers(VALUE, moved("open"), {"analyst"}, known(shared=False))) == ["straight"]
        assert (ask.move, ask.opens_once) == ("ask", ("the lines that failed are shared with the party",))
        assert later(VALUE, moved("open"), {"analyst"}, known()) == []

    def test_are_to_resume_and_nothing_else_while_on_hold(self) -> None:
        held = hold(VALUE, moved("open"), BEGAN, calendars)

        assert names(offers(VALUE, held, {"chair", "analyst"}, known())) == [RESUME]
        assert offers(VALUE, held, {"analyst"}, known()) == []
        assert later(VALUE, held, {"analyst"}, known(shared=False)) == []


class TestMove:
    def test_goes_to_the_stage_and_starts_its_clock(self) -> None:
        found = move(VALUE, moved("open"), wish("ask", LATER), known())

        assert (dict(found.at), found.since) == ({"way": "asked", "ladder": "low"}, LATER)
        assert [(one.clock, one.due_on) for one in found.clocks] == [
            ("watch", day("2021-10-01")),
            ("answer_by", day("2021-09-16")),
        ]

    def test_ends_the_clock_that_it_names(self) -> None:
        [_, answer, plan] = move(VALUE, ASKED, wish("reply", LATER), known()).clocks

        assert (answer.ended_on, answer.how) == (LATER, "met")
        assert (plan.clock, plan.due_on) == ("plan", LATER + dt.timedelta(days=30))

    def test_ends_late_as_passed(self) -> None:
        [_, answer, _] = move(VALUE, ASKED, wish("reply", day("2021-09-16")), known()).clocks

        assert answer.how == "passed"

    def test_stops_the_clocks_of_the_stages_that_it_leaves(self) -> None:
        *_, plan = moved("back", standing=ANSWERED).clocks

        assert (plan.clock, plan.how) == ("plan", "stopped")

    def test_starts_a_clock_anew_that_runs_already(self) -> None:
        [_, first, second] = move(VALUE, ASKED, wish("ask_again", LATER), known()).clocks

        assert (first.how, first.ended_on, second.started_on) == ("stopped", LATER, LATER)
        assert second.due_on == day("2021-09-16")

    def test_starts_a_clock_only_where_it_runs(self) -> None:
        value = value_of(moves={"open": {"starts": ["fee"]}})

        assert move(value, begin(value, BEGAN), wish("open", BEGAN), known()).clocks == ()

    def test_moves_one_track_and_leaves_the_others(self) -> None:
        found = moved("climb", standing=ASKED)

        assert found.at == {"way": "asked", "ladder": "high"}
        assert [one.clock for one in found.open_clocks()] == ["watch", "answer_by", "fee"]

    def test_ends_it_all_where_the_main_track_ends(self) -> None:
        found = moved("climb", "accept", standing=ANSWERED)

        assert has_ended(VALUE, found)
        assert list(found.open_clocks()) == []

    @pytest.mark.parametrize(
        ("standing", "name", "told", "words"),
        [
            (
                ASKED,
                "open",
                {},
                "“Open” was not done. The matter stands in “Asked”. It leads on from “Filed”.",
            ),
            (ASKED, "reply", {"role": "analyst"}, "It is not for this role. It is for party."),
            (ASKED, "reply", {"role": "clock"}, "No one acts as a clock. Let the clock pass."),
            (ASKED, "fly", {}, "The process has no move 'fly'. It has open, ask,"),
            (ASKED, "fly", {"role": "clock"}, "No one acts as a clock."),
            (
                moved("open"),
                "climb",
                {},
                "The track “The way” stands in “Opened”. It has to stand in “Asked” or",
            ),
            (moved("open"), "ask", {"said": {}}, "nothing is said to it"),
            (moved("open"), "straight", {"reason": ""}, "It skips a stage"),
            (ASKED, "reply", {"stated": {}}, "of which no day is stated"),
            (
                ASKED,
                "ask_again",
                {"on": BEGAN - dt.timedelta(days=1)},
                "The matter was last moved on 2021-09-01.",
            ),
            (moved("open", "ask", "reply", "accept"), "back", {}, "The matter has ended."),
            (hold(VALUE, ASKED, BEGAN, calendars), "reply", {}, "The matter is on hold. It can be resumed"),
            (ASKED, "ask_again", {"on": day("2030-12-30")}, "Its days cannot be counted: "),
        ],
    )
    def test_is_refused_in_words(
        self, standing: Standing, name: str, told: dict[str, Any], words: str
    ) -> None:
        assert words in refused(standing, name, told.pop("on", BEGAN), **told)

    def test_is_refused_until_its_condition_holds(self) -> None:
        with pytest.raises(UnableToMove, match="It opens once the lines that failed are shared"):
            move(VALUE, moved("open"), wish("ask", BEGAN), known(shared=False))

    def test_is_judged_by_the_body_whose_decision_it_carries_out(self) -> None:
        with pytest.raises(UnableToMove, match="It opens once the body has decided so"):
            move(VALUE, ANSWERED, wish("accept", BEGAN), known(decided="panel"))


class TestPassing:
    def test_waits_until_the_day_is_over(self) -> None:
        assert passed(VALUE, ASKED, day("2021-09-15")) == []
        assert passed(VALUE, ASKED, day("2021-09-16")) == ["answer_by"]
        with pytest.raises(UnableToMove, match=r"“Answer by” did not pass. It is due on 2021-09-15."):
            pass_clock(VALUE, ASKED, "answer_by", day("2021-09-15"), known())

    def test_makes_the_move_of_the_rule(self) -> None:
        found = pass_clock(VALUE, ASKED, "answer_by", day("2021-09-16"), known())

        assert (found.at["way"], found.since) == ("answered", day("2021-09-16"))
        assert found.clocks[1].how == "passed"
        assert wish_of(VALUE, "answer_by", BEGAN) is not None

    def test_ends_the_clock_where_it_only_reminds_or_does_nothing(self) -> None:
        found = pass_clock(VALUE, ASKED, "watch", day("2021-10-02"), known())

        assert (found.at, found.clocks[0].how) == (ASKED.at, "passed")
        assert wish_of(VALUE, "watch", BEGAN) is None
        with pytest.raises(UnableToMove, match="It does not run"):
            pass_clock(VALUE, found, "watch", day("2021-10-03"), known())

    @pytest.mark.parametrize(("clock", "words"), [("plan", "It does not run."), ("fly", "fly” did not pass")])
    def test_is_refused_of_what_does_not_run(self, clock: str, words: str) -> None:
        with pytest.raises(UnableToMove, match=words):
            pass_clock(VALUE, ASKED, clock, day("2021-12-01"), known())

    def test_is_refused_before_the_last_move(self) -> None:
        late = moved("climb", standing=ASKED, on=day("2021-10-10"))

        with pytest.raises(UnableToMove, match="last moved on 2021-10-10"):
            pass_clock(VALUE, late, "watch", day("2021-10-09"), known())

    def test_waits_for_the_end_of_a_hold_where_it_moves(self) -> None:
        value = value_of(clocks={"answer_by": {"pauses": "no"}})
        held = hold(value, ASKED, LATER, calendars)
        after = day("2021-10-15")

        assert passed(value, held, after) == ["watch"]
        with pytest.raises(UnableToMove, match=r"The matter is on hold\. Its passing moves"):
            pass_clock(value, held, "answer_by", after, known())
        assert passed(value, resume(value, held, after, calendars), after) == ["watch", "answer_by"]

    def test_is_refused_where_its_move_is_not_allowed(self) -> None:
        value = value_of(moves={"reply_over": {"guards": ["lines_are_shared"]}})

        with pytest.raises(UnableToMove, match="“Reply over” was not done"):
            pass_clock(value, ASKED, "answer_by", day("2021-09-16"), known(shared=False))


class TestHold:
    def test_lets_clocks_stand_still_but_those_that_do_not_pause(self) -> None:
        found = hold(VALUE, ASKED, LATER, calendars)

        [watch, answer] = found.open_clocks()
        assert (found.on_hold, watch.due_on) == (True, day("2021-10-01"))
        assert (answer.due_on, answer.paused_on, answer.left) == (None, LATER, 10)
        with pytest.raises(UnableToMove, match="It is paused since 2021-09-02"):
            pass_clock(VALUE, found, "answer_by", day("2022-01-03"), known())

    @pytest.mark.parametrize(
        ("standing", "on", "words"),
        [
            (hold(VALUE, ASKED, BEGAN, calendars), BEGAN, "It is on hold already."),
            (moved("open", "ask", "reply", "accept"), BEGAN, "It has ended."),
            (ASKED, BEGAN - dt.timedelta(days=1), "The matter was last moved on 2021-09-01."),
            (FAR_AHEAD, day("2031-01-01"), "Its days cannot be counted"),
        ],
    )
    def test_is_refused(self, standing: Standing, on: dt.date, words: str) -> None:
        with pytest.raises(UnableToMove, match=words):
            hold(VALUE, standing, on, calendars)


class TestResume:
    def test_lets_the_days_that_were_left_count_again(self) -> None:
        held = hold(VALUE, ASKED, LATER, calendars)

        found = resume(VALUE, held, day("2021-10-01"), calendars)

        assert (found.on_hold, found.since) == (False, day("2021-10-01"))
        assert found.clocks[1].due_on == day("2021-10-14")

    @pytest.mark.parametrize(
        ("standing", "on", "words"),
        [
            (ASKED, LATER, "It is not on hold."),
            (hold(VALUE, ASKED, LATER, calendars), BEGAN, "The matter was last moved on 2021-09-02."),
        ],
    )
    def test_is_refused(self, standing: Standing, on: dt.date, words: str) -> None:
        with pytest.raises(UnableToMove, match=words):
            resume(VALUE, standing, on, calendars)

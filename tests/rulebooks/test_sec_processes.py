"""The processes of the Smart Energy Code: what no paper says is marked so, and nobody is its own judge."""

import datetime as dt
from functools import cache
from pathlib import Path

import pytest

from tallystick.rulebook.due import Due
from tallystick.rulebook.guards import INNER
from tallystick.rulebook.load import load
from tallystick.rulebook.processes import CLOCK, PARTY, ProcessValue
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.ways import ways

FOLDER = Path(__file__).parents[2] / "rulebooks" / "sec"
DAY = dt.date(2021, 9, 6)
KEYS = [
    *("application", "case", "charge", "derogation", "dispute", "document", "forbearance", "publication"),
    *("query", "remedy"),
]


@cache
def sec() -> Rulebook:
    loaded = load(FOLDER)
    assert loaded.rulebook is not None, "\n".join(map(str, loaded.problems))
    return loaded.rulebook


def process(key: str) -> ProcessValue:
    return sec().processes[key].value_on(DAY)


class TestProcesses:
    def test_are_these(self) -> None:
        assert sorted(sec().processes) == KEYS
        assert [one.about for one in sec().processes.values()] == [
            "plan" if one == "document" else one for one in KEYS
        ]

    @pytest.mark.parametrize("key", KEYS)
    def test_are_verified_by_nobody(self, key: str) -> None:
        value = process(key)

        assert not value.verified
        assert [name for name, clock in value.clocks.items() if clock.verified] == []

    @pytest.mark.parametrize("key", KEYS)
    def test_give_ten_working_days_where_somebody_has_to_answer(self, key: str) -> None:
        answers = {"right_of_reply", "remedy_plan", "assess", "query_window", "appeal_window", "views"}
        dues = [clock.due for name, clock in process(key).clocks.items() if name in answers]

        assert [due for due in dues if not isinstance(due, Due)] == []
        assert {(due.count, due.unit) for due in dues if isinstance(due, Due)} <= {(10, "working_day")}

    def test_leave_decisions_of_a_body_to_its_chair_and_secretary(self) -> None:
        carried_out = [move for key in KEYS for move in process(key).moves.values() if move.body]

        assert {move.who for move in carried_out} == {("chair", "secretary")}

    def test_hold_no_more_positions_than_a_person_could_look_through(self) -> None:
        assert {key: len(ways(process(key)).steps) < 100 for key in KEYS} == dict.fromkeys(KEYS, True)


class TestCase:
    def test_lets_nobody_ask_for_a_remedy_before_the_reply_or_its_end(self) -> None:
        case = process("case")

        assert {name for name, move in case.moves.items() if move.to == "remedy"} == {
            "go_on",
            "reopen_remedy",
        }
        assert "reply_is_in_or_over" in case.moves["go_on"].guards
        assert {name for name, _ in case.moves_from("notice")} == {"reply", "end_reply", "withdraw"}

    def test_leaves_every_sanction_to_the_panel(self) -> None:
        sanctions = {"published", "constrained", "material_breach", "referred"}
        moves = [move for move in process("case").moves.values() if move.to in sanctions]

        assert {move.body for move in moves} == {"panel"}
        assert len(moves) == 7

    def test_skips_a_step_of_the_ladder_only_by_a_move_that_asks_why(self) -> None:
        case = process("case")
        steps = list(case.tracks["ladder"].stages)
        up = {
            (name, start): set(steps[steps.index(start) + 1 : steps.index(move.to)]) - set(move.skips)
            for name, move in case.moves.items()
            for start in move.from_
            if move.to in steps
            and steps.index(move.to) > steps.index(start)
            # What a challenge set aside goes back to the board, and skips nothing.
            and not INNER & {*move.guards}
        }
        # From a remedy that was asked for and never came there is no remedy that was planned to skip.
        assert {step: left for step, left in up.items() if left} == {
            ("escalate_to_pab", "remedy_requested"): {"remedy_planned"}
        }

    def test_lets_no_analyst_accept_a_remedy_once_a_body_has_the_case(self) -> None:
        accepting = [
            move
            for move in process("case").moves.values()
            if move.to == "on_track" and "remedy" in move.from_
        ]
        by_analysts = [move for move in accepting if "analyst" in move.who]

        assert len(accepting) == 3
        assert [
            stage for move in by_analysts for stage in move.while_["ladder"] if "escalated" in stage
        ] == []


class TestQuery:
    def test_is_made_by_the_party_and_by_nobody_else(self) -> None:
        query = process("query")

        assert query.moves["query"].who == query.moves["appeal"].who == (PARTY,)
        assert query.moves["no_query"].who == query.moves["no_appeal"].who == (CLOCK,)

    def test_is_heard_on_appeal_by_those_who_did_not_decide_it(self) -> None:
        heard = [move for move in process("query").moves.values() if "heard_by_others" in move.guards]

        assert {move.body for move in heard} == {sec().bodies["pab"].appeals_to} == {"panel"}

    def test_suspends_the_decision_until_a_body_lifts_that(self) -> None:
        query = process("query")

        assert query.begins["effect"] == "suspends"
        assert {query.moves[name].body for name, _ in query.moves_from("suspends")} == {"pab", "panel"}


class TestDerogation:
    def test_has_an_end_and_is_extended_by_its_body_alone(self) -> None:
        derogation = process("derogation")
        into = [move for move in derogation.moves.values() if move.to == "active"]
        decided = [move for move in into if not INNER & {*move.guards}]

        assert {move.body for move in decided} == {"pab"}
        assert [move.title for move in decided if "has_an_end" not in move.guards] == []
        assert not derogation.clocks["term"].pauses


class TestForbearance:
    def test_was_possible_when_the_panel_decided_on_forecasts(self) -> None:
        january = sec().processes["forbearance"].value_on(dt.date(2021, 1, 1))

        assert january.moves["decide"].body == "panel"
        assert "has_a_review" in january.moves["decide"].guards

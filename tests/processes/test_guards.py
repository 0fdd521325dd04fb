"""Conditions of moves: those that rules may name, and none besides."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

import pytest

from tallystick.processes.engine import check_predicates
from tallystick.processes.guards import PREDICATES
from tallystick.rulebook.guards import FACTS, GUARDS
from tallystick.rulebook.rulebook import Rulebook

TODAY = dt.date(2021, 9, 21)
TOMORROW, YESTERDAY = TODAY + dt.timedelta(days=1), TODAY - dt.timedelta(days=1)
# Each with the facts that open it, and with those that do not.
JUDGED: dict[str, tuple[list[Mapping[str, Any]], list[Mapping[str, Any]]]] = {
    "lines_are_shared": ([{"lines_shared_on": TODAY}], [{"lines_shared_on": None}]),
    "reply_is_in_or_over": (
        [
            {"replied_on": TODAY, "reply_due_on": None, "today": TODAY},
            {"replied_on": None, "reply_due_on": YESTERDAY, "today": TODAY},
        ],
        [
            {"replied_on": None, "reply_due_on": TODAY, "today": TODAY},
            {"replied_on": None, "reply_due_on": None, "today": TODAY},
        ],
    ),
    "remedy_is_filed": (
        [{"remedy_filed": 1, "remedy_accepted": 0}, {"remedy_filed": 3, "remedy_accepted": 2}],
        [{"remedy_filed": 0, "remedy_accepted": 0}, {"remedy_filed": 0, "remedy_accepted": 2}],
    ),
    "remedy_is_signed": (
        [{"was_escalated": False, "is_signed": False}, {"was_escalated": True, "is_signed": True}],
        [{"was_escalated": True, "is_signed": False}],
    ),
    "milestone_is_missed": ([{"milestones_missed": 1}], [{"milestones_missed": 0}]),
    "remedy_failed": (
        [{"milestones_missed": 1, "remedy_accepted": 1}, {"milestones_missed": 0, "remedy_accepted": 0}],
        [{"milestones_missed": 0, "remedy_accepted": 1}],
    ),
    "milestones_are_met": ([{"milestones_open": 0}], [{"milestones_open": 1}, {"milestones_open": None}]),
    "criterion_is_met": ([{"criterion_met": True}], [{"criterion_met": False}, {"criterion_met": None}]),
    "auditor_is_satisfied": (
        [
            {"from_audit": False, "auditor_satisfied": False},
            {"from_audit": True, "auditor_satisfied": True},
        ],
        [{"from_audit": True, "auditor_satisfied": False}],
    ),
    "findings_are_withdrawn": ([{"findings_standing": 0}], [{"findings_standing": 1}]),
    "body_has_decided": (
        [
            {"decided_by": "pab", "rejected_by": None, "body": "pab"},
            {"decided_by": None, "rejected_by": "pab", "body": "pab", "outcome": "rejected"},
        ],
        [
            {"decided_by": None, "rejected_by": "pab", "body": "pab"},
            {"decided_by": "pab", "rejected_by": None, "body": "pab", "outcome": "rejected"},
            {"decided_by": "pab", "rejected_by": None, "body": "panel"},
            {"decided_by": None, "rejected_by": None, "body": None},
        ],
    ),
    "draft_was_shown": ([{"draft_shown_on": TODAY}], [{"draft_shown_on": None}]),
    "has_an_end": (
        [{"end_on": TOMORROW, "today": TODAY}],
        [{"end_on": TODAY, "today": TODAY}, {"end_on": None, "today": TODAY}],
    ),
    "has_a_review": (
        [{"review_on": TOMORROW, "today": TODAY}],
        [{"review_on": YESTERDAY, "today": TODAY}, {"review_on": None, "today": TODAY}],
    ),
    "is_not_suspended": ([{"suspended_by": None}], [{"suspended_by": "CHA-2021-7K3F"}]),
    "decision_was_changed": ([{"changed_by": "CHA-2021-7K3F"}], [{"changed_by": None}]),
    "parts_are_concluded": ([{"parts_without_outcome": 0}], [{"parts_without_outcome": 1}]),
    "queries_are_answered": ([{"queries_open": 0}], [{"queries_open": 1}, {"queries_open": None}]),
    "another_body_recommended": (
        [{"recommended_by": "pab", "body": "panel"}],
        [{"recommended_by": "panel", "body": "panel"}, {"recommended_by": None, "body": "panel"}],
    ),
    "scheme_is_in_force": ([{"scheme_status": "in_force"}], [{"scheme_status": "proposed"}]),
    "nothing_is_deferred": ([{"charges_deferred": 0}], [{"charges_deferred": 2}, {"charges_deferred": None}]),
    "comments_are_answered": ([{"comments_open": 0}], [{"comments_open": 1}]),
    "first_day_has_come": (
        [{"first_on": TODAY, "today": TODAY}, {"first_on": YESTERDAY, "today": TODAY}],
        [{"first_on": TOMORROW, "today": TODAY}, {"first_on": None, "today": TODAY}],
    ),
    "later_version_takes_effect": ([{"superseded_by": "DOC-2021-7K3F"}], [{"superseded_by": None}]),
    "heard_by_others": (
        [{"appeal_heard_by": "panel", "sat_in_both": 0}],
        [{"appeal_heard_by": "panel", "sat_in_both": 1}, {"appeal_heard_by": None, "sat_in_both": 0}],
    ),
}


class TestPredicates:
    def test_are_those_that_rules_may_name(self) -> None:
        assert set(PREDICATES) == set(GUARDS)

    def test_judge_every_process_of_the_code(self, sec: Rulebook) -> None:
        for process in sec.processes.values():
            for value in process.values.values():
                check_predicates(value, PREDICATES)

        assert sec.processes

    @pytest.mark.parametrize("name", GUARDS)
    def test_ask_the_facts_that_are_declared(self, name: str) -> None:
        for facts in [*JUDGED[name][0], *JUDGED[name][1]]:
            asked = set(facts) - {"body", "outcome"}

            assert asked == set(GUARDS[name].asks)
            assert asked <= set(FACTS)

    @pytest.mark.parametrize("name", GUARDS)
    def test_hold_when_the_facts_say_so(self, name: str) -> None:
        opening, closing = JUDGED[name]

        assert [PREDICATES[name](facts) for facts in opening] == [True] * len(opening)
        assert [PREDICATES[name](facts) for facts in closing] == [False] * len(closing)

    @pytest.mark.parametrize("name", GUARDS)
    def test_open_nothing_where_nothing_is_known(self, name: str) -> None:
        assert PREDICATES[name]({"today": TODAY}) is False

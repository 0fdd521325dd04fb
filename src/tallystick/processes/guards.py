"""When each condition that a move names holds: a pure answer from the facts of the matter.

The rulebook knows conditions by name, and the facts that each is judged by. A fact that nobody knows opens
nothing.
"""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tallystick.processes.engine import Predicate

Facts = Mapping[str, Any]
SUSPENSION = "is_not_suspended"


def _lines_are_shared(facts: Facts) -> bool:
    return facts.get("lines_shared_on") is not None


def _reply_is_in_or_over(facts: Facts) -> bool:
    """Count the day on which the right of reply ends as the party's: it is over on the next."""
    if facts.get("replied_on") is not None:
        return True
    due: dt.date | None = facts.get("reply_due_on")
    return due is not None and due < facts["today"]


def _remedy_is_filed(facts: Facts) -> bool:
    return bool(facts.get("remedy_filed", 0) > facts.get("remedy_accepted", 0))


def _remedy_is_signed(facts: Facts) -> bool:
    """Take a case of which nobody says whether it was escalated for one that was."""
    return not facts.get("was_escalated", True) or bool(facts.get("is_signed"))


def _milestone_is_missed(facts: Facts) -> bool:
    return bool(facts.get("milestones_missed", 0) > 0)


def _remedy_failed(facts: Facts) -> bool:
    return _milestone_is_missed(facts) or facts.get("remedy_accepted") == 0


def _milestones_are_met(facts: Facts) -> bool:
    return facts.get("milestones_open") == 0


def _criterion_is_met(facts: Facts) -> bool:
    return facts.get("criterion_met") is True


def _auditor_is_satisfied(facts: Facts) -> bool:
    return facts.get("from_audit") is False or bool(facts.get("auditor_satisfied"))


def _findings_are_withdrawn(facts: Facts) -> bool:
    return facts.get("findings_standing") == 0


def _body_has_decided(facts: Facts) -> bool:
    body, has_let = facts.get("body"), facts.get("outcome", "agreed") == "agreed"
    return body is not None and facts.get("decided_by" if has_let else "rejected_by") == body


def _draft_was_shown(facts: Facts) -> bool:
    return facts.get("draft_shown_on") is not None


def _has_an_end(facts: Facts) -> bool:
    return _lies_ahead(facts, "end_on")


def _has_a_review(facts: Facts) -> bool:
    return _lies_ahead(facts, "review_on")


def _heard_by_others(facts: Facts) -> bool:
    return facts.get("appeal_heard_by") is not None and facts.get("sat_in_both") == 0


def _is_not_suspended(facts: Facts) -> bool:
    return "suspended_by" in facts and facts["suspended_by"] is None


def _decision_was_changed(facts: Facts) -> bool:
    return facts.get("changed_by") is not None


def _parts_are_concluded(facts: Facts) -> bool:
    return facts.get("parts_without_outcome") == 0


def _queries_are_answered(facts: Facts) -> bool:
    return facts.get("queries_open") == 0


def _another_body_recommended(facts: Facts) -> bool:
    """Ask for a body that is not the one whose decision is carried out: nobody does both."""
    before, body = facts.get("recommended_by"), facts.get("body")
    return before is not None and body is not None and before != body


def _scheme_is_in_force(facts: Facts) -> bool:
    return facts.get("scheme_status") == "in_force"


def _nothing_is_deferred(facts: Facts) -> bool:
    return facts.get("charges_deferred") == 0


def _comments_are_answered(facts: Facts) -> bool:
    return facts.get("comments_open") == 0


def _first_day_has_come(facts: Facts) -> bool:
    day: dt.date | None = facts.get("first_on")
    return day is not None and day <= facts["today"]


def _later_version_takes_effect(facts: Facts) -> bool:
    return facts.get("superseded_by") is not None


def _lies_ahead(facts: Facts, name: str) -> bool:
    day: dt.date | None = facts.get(name)
    return day is not None and day > facts["today"]


PREDICATES: dict[str, Predicate] = {
    "lines_are_shared": _lines_are_shared,
    "reply_is_in_or_over": _reply_is_in_or_over,
    "remedy_is_filed": _remedy_is_filed,
    "remedy_is_signed": _remedy_is_signed,
    "milestone_is_missed": _milestone_is_missed,
    "remedy_failed": _remedy_failed,
    "milestones_are_met": _milestones_are_met,
    "criterion_is_met": _criterion_is_met,
    "auditor_is_satisfied": _auditor_is_satisfied,
    "findings_are_withdrawn": _findings_are_withdrawn,
    "body_has_decided": _body_has_decided,
    "draft_was_shown": _draft_was_shown,
    "has_an_end": _has_an_end,
    "has_a_review": _has_a_review,
    SUSPENSION: _is_not_suspended,
    "decision_was_changed": _decision_was_changed,
    "queries_are_answered": _queries_are_answered,
    "another_body_recommended": _another_body_recommended,
    "scheme_is_in_force": _scheme_is_in_force,
    "nothing_is_deferred": _nothing_is_deferred,
    "comments_are_answered": _comments_are_answered,
    "first_day_has_come": _first_day_has_come,
    "later_version_takes_effect": _later_version_takes_effect,
    "heard_by_others": _heard_by_others,
    "parts_are_concluded": _parts_are_concluded,
}

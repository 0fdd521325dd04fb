"""The conditions that moves of processes name, and the facts each of them asks.

The rulebook knows them by name only. The rooms upstairs that hold the facts say when a condition holds, and a
test proves that they know these conditions and no others.
"""

from typing import NamedTuple


class Guard(NamedTuple):
    """A condition: in words that complete "opens once", and the facts that it is judged by."""

    words: str
    asks: tuple[str, ...]


# What is known of a matter when somebody wants to move it, in words.
FACTS: dict[str, str] = {
    "lines_shared_on": "the day on which the lines that failed were shared with the party",
    "notice_read_at": "when the party first opened the notice",
    "replied_on": "the day of the party's reply",
    "reply_due_on": "the day on which the right of reply ends",
    "today": "the day of the move",
    "remedy_filed": "the version of the remedy that waits to be assessed, 0 where none does",
    "remedy_accepted": "the version of the remedy that was accepted, 0 where none was",
    "is_signed": "whether the remedy that waits, or else the latest, is signed by a senior signatory",
    "was_escalated": "whether the case was escalated to a body",
    "milestones_open": "how many milestones of the accepted remedy are not met; unknown where none was",
    "milestones_missed": "how many milestones are past their day and not met",
    "criterion_met": "whether the success criterion held for as long as it asks; unknown where no data says",
    "findings_standing": "how many of the findings it rests on still hold",
    "from_audit": "whether the case was born in an audit",
    "auditor_satisfied": "whether the auditor is satisfied",
    "decided_by": "the body that decided on the move, none where no decision stands",
    "rejected_by": "the body that did not let what was asked of it, none where no such decision stands",
    "draft_shown_on": "the day on which the party was shown what is to be published",
    "end_on": "the day on which a derogation ends",
    "review_on": "the day on which forbearance is looked at again",
    "appeal_heard_by": "the body that hears an appeal",
    "sat_in_both": "how many of those who decided would also hear the appeal",
    "decided_on": "the day of the decision that is challenged",
    "suspended_by": "the challenge that suspends a step which the matter stands on, none where none does",
    "queries_open": "how many queries of those shown wait for an answer; unknown where none was shown",
    "recommended_by": "the body that recommended it, none where none did",
    "scheme_status": "whether the scheme of charges is in force, or only proposed",
    "charges_deferred": "how many of the charges are put off to a later day",
    "comments_open": "how many comments to a consultation are not answered",
    "first_on": "the first day on which a document may take effect",
    "superseded_by": "the later version of a document that takes effect, none where none does",
    "changed_by": "the challenge by which a decision that was carried out is changed, none where none is",
    "parts_without_outcome": "how many parts of parties wait for the outcome that they need",
}

GUARDS: dict[str, Guard] = {
    "lines_are_shared": Guard("the lines that failed are shared with the party", ("lines_shared_on",)),
    "reply_is_in_or_over": Guard(
        "the party has replied, or its time to reply is over", ("replied_on", "reply_due_on", "today")
    ),
    "remedy_is_filed": Guard("a version of the remedy waits", ("remedy_filed", "remedy_accepted")),
    "remedy_is_signed": Guard(
        "a senior signatory has signed, where the case was escalated", ("was_escalated", "is_signed")
    ),
    "milestone_is_missed": Guard("a milestone is past its day", ("milestones_missed",)),
    "remedy_failed": Guard(
        "a milestone was missed, or no remedy stands", ("milestones_missed", "remedy_accepted")
    ),
    "milestones_are_met": Guard("every milestone is met", ("milestones_open",)),
    "criterion_is_met": Guard("the success criterion held for as long as it asks", ("criterion_met",)),
    "auditor_is_satisfied": Guard(
        "the auditor is satisfied, where the case was born in an audit", ("from_audit", "auditor_satisfied")
    ),
    "findings_are_withdrawn": Guard("no finding it rests on holds any more", ("findings_standing",)),
    "body_has_decided": Guard("the body has decided so", ("decided_by", "rejected_by")),
    "draft_was_shown": Guard("the party was shown what is to be published", ("draft_shown_on",)),
    "has_an_end": Guard("its last day is stated and lies ahead", ("end_on", "today")),
    "has_a_review": Guard("the day of its review is stated and lies ahead", ("review_on", "today")),
    "is_not_suspended": Guard("no challenge suspends it", ("suspended_by",)),
    "decision_was_changed": Guard("a challenge has changed the decision", ("changed_by",)),
    "queries_are_answered": Guard("every query is answered", ("queries_open",)),
    "another_body_recommended": Guard("another body has recommended it", ("recommended_by",)),
    "scheme_is_in_force": Guard("the scheme of charges is in force", ("scheme_status",)),
    "nothing_is_deferred": Guard("no charge is put off any more", ("charges_deferred",)),
    "comments_are_answered": Guard("every comment is answered", ("comments_open",)),
    "first_day_has_come": Guard("its first day has come", ("first_on", "today")),
    "later_version_takes_effect": Guard("a later version takes effect", ("superseded_by",)),
    "heard_by_others": Guard("none of those who decided hears it", ("appeal_heard_by", "sat_in_both")),
    "parts_are_concluded": Guard("every part that needs an outcome has one", ("parts_without_outcome",)),
}
# What another matter's act alone opens: a move that waits for it is offered to nobody.
INNER = frozenset({"decision_was_changed", "later_version_takes_effect"})

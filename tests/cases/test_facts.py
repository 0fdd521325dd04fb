"""What is known of a case when somebody wants to move it."""

import datetime as dt
from typing import Any

import pytest

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case, Message
from tallystick.cases.operations.closing import satisfy_auditor
from tallystick.cases.operations.sharing import share_lines
from tallystick.cases.operations.talking import Sending, read_messages, send_message
from tallystick.rulebook.guards import FACTS
from tests.cases.cast import NOTICED, OPENED, REPLY_DUE, Cast, at, key, landed, on, version_of, withdrawn

pytestmark = pytest.mark.django_db
OF_OTHERS = {
    *(
        "end_on",
        "review_on",
        "appeal_heard_by",
        "sat_in_both",
        "decided_on",
        "queries_open",
        "recommended_by",
    ),
    *("scheme_status", "charges_deferred", "comments_open", "first_on", "superseded_by"),
    "parts_without_outcome",
}


class TestFacts:
    def test_are_those_that_conditions_of_cases_ask(self, cast: Cast) -> None:
        assert set(facts_of(cast.opened(), OPENED)) == set(FACTS) - OF_OTHERS

    def test_of_a_new_case_open_nothing(self, cast: Cast) -> None:
        case = cast.opened(landed(cast.alfa))

        facts = facts_of(case, OPENED)

        assert facts["lines_shared_on"] is None
        assert facts["replied_on"] is facts["reply_due_on"] is facts["notice_read_at"] is None
        assert facts["remedy_filed"] == facts["remedy_accepted"] == 0
        assert facts["was_escalated"] is facts["from_audit"] is facts["auditor_satisfied"] is False
        assert facts["findings_standing"] == 1

    def test_tell_that_lines_are_shared_once_those_of_every_finding_are(self, cast: Cast) -> None:
        july, august = landed(cast.alfa), landed(cast.alfa, "2021-08")
        case = cast.opened(july, august)
        shares: dict[str, Any] = {"case": case, "by": on(cast.jo, NOTICED), "at": at(NOTICED)}

        share_lines(versions=[version_of(july)], key=key(), **shares)
        first = facts_of(case, NOTICED)["lines_shared_on"]
        share_lines(versions=[version_of(august)], key=key(), **shares)

        assert (first, facts_of(case, NOTICED)["lines_shared_on"]) == (None, NOTICED)

    def test_count_nothing_to_share_as_shared_from_the_opening(self, cast: Cast) -> None:
        by_hand, without_lines = cast.opened(), cast.opened(landed(cast.alfa, lines=0))
        of_others = cast.opened(landed(cast.alfa, "2021-08", owner=None))

        told = [facts_of(one, NOTICED)["lines_shared_on"] for one in (by_hand, without_lines, of_others)]

        assert told == [OPENED] * 3

    def test_follow_a_notice_to_its_reply(self, cast: Cast) -> None:
        case = cast.told(cast.opened())
        read = NOTICED + dt.timedelta(days=1)

        read_messages(case=case, by=on(cast.ada, read), at=at(read))
        before = facts_of(case, read)
        cast.replied(case, read)
        after = facts_of(case, read)

        assert (before["notice_read_at"], before["reply_due_on"]) == (at(read), REPLY_DUE)
        assert (before["replied_on"], after["replied_on"]) == (None, read)
        assert after["reply_due_on"] == REPLY_DUE

    def test_count_the_findings_that_still_hold(self, cast: Cast) -> None:
        july, august = landed(cast.alfa), landed(cast.alfa, "2021-08")
        case = cast.opened(july, august)

        withdrawn(july)
        one_left = facts_of(case, NOTICED)["findings_standing"]
        withdrawn(august)

        assert (one_left, facts_of(case, NOTICED)["findings_standing"]) == (1, 0)
        assert facts_of(cast.opened(), NOTICED)["findings_standing"] == 1

    def test_know_an_audit_and_its_auditor(self, cast: Cast) -> None:
        case = cast.opened(source=Case.AUDIT)
        before = facts_of(case, OPENED)

        held = satisfy_auditor(case=case, by=cast.aud, at=at(OPENED))

        assert (before["from_audit"], before["auditor_satisfied"]) == (True, False)
        assert facts_of(held, OPENED)["auditor_satisfied"] is True

    def test_show_a_draft_only_since_the_body_has_the_case(self, cast: Cast) -> None:
        case = cast.asked(cast.opened())
        shows: dict[str, Any] = {"case": case, "text": "The draft.", "sending": Sending(Message.TO_PUBLISH)}
        send_message(**shows, key=key(), by=on(cast.jo, NOTICED), at=at(NOTICED, 12))
        later = NOTICED + dt.timedelta(days=1)
        cast.step(case, "escalate_to_pab", said={"why": "No remedy came."}, day=later)
        before = facts_of(case, later)["draft_shown_on"]

        send_message(**shows, key=key(), by=on(cast.jo, later), at=at(later, 13))

        assert (before, facts_of(case, later)["draft_shown_on"]) == (None, later)
        assert facts_of(case, later)["was_escalated"] is True

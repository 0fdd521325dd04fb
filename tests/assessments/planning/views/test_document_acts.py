from typing import Any

import pytest

from tallystick.assessments.models import Comment, Document, Reply
from tallystick.assessments.planning.operations.rows import day
from tallystick.decisions.models import Motion
from tests.assessments.doors import browser, goes_on_to, key_in, text
from tests.assessments.plan_cast import OVER, Cast, at, fresh, stands
from tests.processes.matters import closed
from tests.risks.cast import DAY

TODAY = DAY

pytestmark = pytest.mark.django_db
NEW = "/sec/plan/2022-23/documents/new"
METHODOLOGY = Document.METHODOLOGY
# The words that the form of a motion begins with.
BEGUN = {
    "title": "{row.title}: Recommend it",
    "question": "“Recommend it”: shall it be so for {row.title} ({row.reference}), as frozen on {on} with "
    "SHA-256 {sha}?",
    "does": "{row.reference} goes on to “Recommended”.",
}


def address(row: Document, rest: str) -> str:
    return f"/sec/documents/{row.reference}/{rest}"


class TestDraft:
    def test_drafts_one_and_leads_to_it(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()
        client = browser(plans.jo)
        key = key_in(text(client.get(f"{NEW}?kind=plan&draft=1")))

        answer = client.post(NEW, {"key": key, "kind": "plan", "draft": "1", "why": "For the year."})

        row = Document.objects.get()
        assert answer.headers["Location"] == f"/sec/documents/{row.reference}"
        again = client.post(NEW, {"key": "other", "kind": "plan", "draft": "1", "why": "Once more."})
        assert again.status_code == 409
        assert "is on its way" in again.content.decode()

    def test_is_the_offices(self, plans: Cast) -> None:
        plans.scored_year()

        told = [browser(who).get(NEW).status_code for who in (plans.jo, plans.hal, plans.ada, None)]

        assert told == [200, 404, 404, 404]


class TestPut:
    def test_asks_the_body_in_the_words_of_the_document(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row, "bring_at_once")
        sam, form = browser(plans.sam), address(row, "motion")
        page = text(sam.get(form))
        facts = {"row": row, "on": day(DAY), "sha": row.frozen.get().sha256[:12]}
        said = {name: words.format(**facts) for name, words in BEGUN.items()}

        answer = sam.post(form, {"key": key_in(page), "scheme": "pab", **said})

        assert all(one in page for one in said.values())
        assert answer.status_code == 302
        motion = Motion.objects.get()
        assert motion.put_about.course == row.course
        assert (motion.body, motion.party, motion.title) == (plans.pab, None, said["title"])

    def test_leads_to_the_motion_and_then_to_the_step_that_carries_it_out(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row, "bring_at_once")
        sam, form = browser(plans.sam), address(row, "motion")
        said = {name: words.partition("{")[0] or "It." for name, words in BEGUN.items()}
        sam.post(form, {"key": key_in(text(sam.get(form))), "scheme": "pab", **said})
        motion = Motion.objects.get()

        running = text(sam.get(f"/sec/documents/{row.reference}"))
        plans.decided("pab")
        closed(motion, at(DAY, 15))
        done = text(sam.get(f"/sec/documents/{row.reference}"))

        assert motion.reference in running
        assert "Put it to the PAB" not in running + done
        chosen = text(sam.get(address(row, "moves/recommend"))).partition("<option")[2]
        assert chosen.startswith(f' value="{motion.reference}"')

    def test_is_for_who_carries_it_out_where_the_document_waits_for_the_body(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        early = browser(plans.sam).get(address(row, "motion")).status_code
        plans.put(row, "bring_at_once")

        people = (plans.sam, plans.hal, plans.jo, plans.ada, None)
        told = [browser(who).get(address(row, "motion")).status_code for who in people]

        assert early == 404
        assert told == [200, 200, 404, 404, 404]

    def test_waits_for_the_answers_to_comments(self, plans: Cast, settings: Any) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        comment = plans.commented(row)
        plans.consulted(row)
        goes_on_to(settings, OVER)
        sam = browser(plans.sam)

        assert sam.get(address(row, "motion")).status_code == 404
        plans.answered(comment, day=OVER)
        assert sam.get(address(row, "motion")).status_code == 200


class TestStep:
    def test_puts_it_to_consultation_and_back_to_its_page(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        client, move = browser(plans.jo), address(row, "moves/consult")
        page = text(client.get(move))

        answer = client.post(move, {"key": key_in(page)})

        assert "frozen with that" in page
        assert answer.status_code == 302
        assert stands(row) == "consulting"

    def test_carries_out_what_the_board_decided_and_lets_it_take_effect(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row, "bring_at_once")
        sam = browser(plans.sam)
        reference = plans.decided("pab")

        move = address(row, "moves/recommend")
        key = key_in(text(sam.get(move)))
        assert sam.post(move, {"key": key, "decision": reference}).status_code == 302
        plans.step(row, "parties_endorse")
        plans.step(row, "panel_endorse")
        move = address(row, "moves/take_effect")
        key = key_in(text(browser(plans.jo).get(move)))
        assert browser(plans.jo).post(move, {"key": key}).status_code == 302

        assert (stands(row), fresh(row).from_on) == ("in_force", plans.jo.day)

    def test_asks_why_nobody_is_consulted(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        client, move = browser(plans.sam), address(row, "moves/bring_at_once")

        page = text(client.get(move))
        answer = client.post(move, {"key": key_in(page)})

        assert "Why nobody is consulted" in page
        assert answer.status_code == 422

    def test_is_not_there_for_whoever_may_not_make_it(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)

        told = [browser(who).get(address(row, "moves/consult")).status_code for who in (plans.hal, plans.ada)]

        assert told == [404, 404]
        assert browser(plans.jo).get(address(row, "moves/nothing")).status_code == 404


class TestComment:
    def test_sends_one_and_is_answered(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        ada, sam = browser(plans.ada), browser(plans.sam)

        key = key_in(text(ada.get(address(row, "comment"))))
        assert ada.post(address(row, "comment"), {"key": key, "words": "Too dear."}).status_code == 302
        place = address(row, "comments/1")
        page = text(sam.get(place))
        assert sam.post(place, {"key": key_in(page), "words": "It pays."}).status_code == 302

        assert "Too dear." in page
        assert Comment.objects.get().party == plans.alfa
        assert Reply.objects.get().words == "It pays."

    def test_is_refused_where_nothing_is_in_consultation(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.in_force()
        ada = browser(plans.ada)
        key = key_in(text(ada.get(address(row, "comment"))))

        answer = ada.post(address(row, "comment"), {"key": key, "words": "Late."})

        assert answer.status_code == 409
        assert "not in consultation" in answer.content.decode()

    def test_is_a_partys_and_the_answer_the_offices(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted(METHODOLOGY)
        plans.put(row)
        plans.commented(row)

        assert browser(plans.hal).get(address(row, "comment")).status_code == 404
        told = [browser(who).get(address(row, "comments/1")).status_code for who in (plans.ada, plans.hal)]
        assert told == [404, 404]
        assert browser(plans.sam).get(address(row, "comments/2")).status_code == 404

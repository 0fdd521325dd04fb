"""Who is told what was done to a record, and what they can prove of it."""

import datetime as dt
import json
from typing import Any

import pytest
from django.db import connection, transaction
from django.http import Http404, HttpResponse
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tallystick.cases.attached import Handed
from tallystick.cases.models import Case, Remedy
from tallystick.cases.operations.remedies import file_remedy, return_remedy
from tallystick.cases.operations.talking import Sending, read_messages, send_message
from tallystick.journal.leaf import read
from tallystick.journal.merkle import leaf_hash, verify_inclusion
from tallystick.journal.models import Entry, Reading
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.parties.policy.guard import guarded
from tallystick.runs.models import Submission
from tallystick.site.history import RECORDS, history, history_receipt
from tallystick.site.proofs import short
from tests.cases.cast import NOTICED, at, made_cast, on
from tests.cases.files import PDF
from tests.cases.promised import plan
from tests.runs.peer_cast import landed

AT = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
DAY = AT.date()


def acting(name: str, role: str, organisation: Organisation | None = None) -> Acting:
    person = Person.objects.create(email=f"{name.split(maxsplit=1)[0].lower()}@example.org", name=name)
    held = Role.objects.create(
        person=person, code="sec", role=role, organisation=organisation, from_on=dt.date(2021, 1, 1)
    )
    return Acting("sec", DAY, person, held, AT)


@pytest.fixture
def jo(db: None) -> Acting:
    return acting("Jo Tarn", Role.ANALYST)


@pytest.fixture
def alfa(db: None) -> Organisation:
    return Organisation.objects.create(slug="alfa", name="ALFA")


@pytest.fixture
def ada(alfa: Organisation) -> Acting:
    return acting("Ada Quill", Role.PARTY_DELEGATE, alfa)


@pytest.fixture
def rival(db: None) -> Acting:
    brvo = Organisation.objects.create(slug="brvo", name="BRVO")
    return acting("Ben Moss", Role.PARTY_DELEGATE, brvo)


@transaction.atomic
def done(row: Submission, by: Actor, said: str, classification: str = "amber") -> Entry:
    subject = Subject("sec", "submission", row.handle, classification)
    return record(act="runs.try", subject=subject, by=by, at=AT, said=said)


@pytest.fixture
def sent(ada: Acting, jo: Acting, alfa: Organisation) -> Submission:
    """Return what ALFA sent: an act of Ada's, one of Jo's, and one while it was Red."""
    row = Submission.objects.create(
        code="sec", classification="amber", publicity="issued", party=alfa, stream="hub_returns",
        filename="as-sent.csv", received_at=AT, state=Submission.PREVIEWED,
    )  # fmt: skip
    done(row, ada.actor, "sent 3 rows of hub_returns")
    done(row, jo.actor, "took in 3 of 3 rows of hub_returns")
    done(row, Actor("", "Worker"), "looked into a matter for the Board", "red")
    return row


def asked(
    who: Acting, kind: str, handle: str, *, is_drawer: bool = False, view: Any = history, code: str = "sec"
) -> HttpResponse:
    name = "history" if view is history else "history_receipt"
    request = RequestFactory().get(reverse(name, args=[code, kind, handle]))
    request.acting = who  # type: ignore[attr-defined]  # as the door before puts it there
    request.htmx = is_drawer  # type: ignore[attr-defined]
    with guarded():
        answer: HttpResponse = view(request, code=code, kind=kind, handle=handle)
    return answer


def text(answer: HttpResponse) -> str:
    return answer.content.decode()


@pytest.mark.django_db
class TestHistory:
    def test_tells_who_did_what(self, jo: Acting, sent: Submission) -> None:
        page = text(asked(jo, "submission", sent.handle))

        assert "Ada Quill</b> sent 3 rows of hub_returns" in page
        assert "Jo Tarn</b> took in 3 of 3 rows of hub_returns" in page
        assert "20 Sep<br>2021</time>" in page
        assert "10:00 · #0 · " in page

    def test_shows_the_latest_first_with_number_and_hash(self, jo: Acting, sent: Submission) -> None:
        page = text(asked(jo, "submission", sent.handle))

        entry = Entry.objects.get(seq=1)
        assert "#1 · " in page
        assert short(leaf_hash(bytes(entry.leaf)).hex()) in page
        assert page.index("took in 3") < page.index("sent 3")

    def test_is_a_drawer_within_a_page(self, jo: Acting, sent: Submission) -> None:
        drawer = text(asked(jo, "submission", sent.handle, is_drawer=True))

        assert drawer.lstrip().startswith('<dialog class="dr"')
        assert "<html" not in drawer

    def test_is_a_page_by_itself(self, jo: Acting, sent: Submission) -> None:
        page = text(asked(jo, "submission", sent.handle))

        assert "<html" in page
        assert "<dialog" not in page
        assert 'id="check"' in page
        assert f'href="/sec/evidence/{sent.reference}"' in page

    def test_takes_few_queries(self, jo: Acting, sent: Submission) -> None:
        with CaptureQueriesContext(connection) as taken:
            asked(jo, "submission", sent.handle)

        assert len(taken) <= 12

    def test_keeps_to_the_content_policy(self, jo: Acting, sent: Submission) -> None:
        for is_drawer in (True, False):
            page = text(asked(jo, "submission", sent.handle, is_drawer=is_drawer))
            assert " style=" not in page
            assert " onclick=" not in page

    def test_escapes_what_was_said(self, jo: Acting, sent: Submission) -> None:
        done(sent, jo.actor, "noted <script>alert(1)</script>")

        page = text(asked(jo, "submission", sent.handle))

        assert "<script>alert" not in page
        assert "noted &lt;script&gt;" in page

    def test_tells_a_delegate_of_their_own(self, ada: Acting, sent: Submission) -> None:
        assert "took in 3 of 3 rows" in text(asked(ada, "submission", sent.handle))

    def test_tells_those_who_may_not_read_people_the_role_and_their_own_name(
        self, ada: Acting, sent: Submission
    ) -> None:
        page = text(asked(ada, "submission", sent.handle))

        assert "Ada Quill</b> sent 3 rows of hub_returns" in page
        assert '<b title="Analyst">Analyst</b> took in 3 of 3 rows' in page
        assert "Jo Tarn" not in page

    def test_of_a_run_tells_the_public_who_only_by_role(self, jo: Acting) -> None:
        run = landed(dt.datetime(2021, 8, 20, tzinfo=dt.UTC))
        with transaction.atomic():
            subject = Subject("sec", "run", run.handle, "white")
            record(act="runs.try", subject=subject, by=jo.actor, at=AT, said="asked for a run")

        seen = [text(asked(who, "run", run.handle)) for who in (Acting("sec", DAY), jo)]

        assert ["Jo Tarn" in page for page in seen] == [False, True]
        assert "Analyst</b> asked for a run" in seen[0]

    def test_answers_a_rival_as_if_there_were_nothing(self, rival: Acting, sent: Submission) -> None:
        for handle in (sent.handle, "NEVER"):
            with pytest.raises(Http404) as answer:
                asked(rival, "submission", handle)
            assert answer.value.args == ()

    def test_answers_the_public_as_if_there_were_nothing(self, sent: Submission) -> None:
        with pytest.raises(Http404):
            asked(Acting("sec", DAY), "submission", sent.handle)

    def test_knows_a_record_by_its_own_kind_and_code_alone(self, jo: Acting, sent: Submission) -> None:
        for kind, code in (("run", "sec"), ("unheard_of", "sec"), ("submission", "retail")):
            with pytest.raises(Http404):
                asked(jo, kind, sent.handle, code=code)

    def test_keeps_what_was_done_in_red_from_those_who_read_amber(
        self, ada: Acting, jo: Acting, sent: Submission
    ) -> None:
        for who in (ada, jo):
            page = text(asked(who, "submission", sent.handle))
            assert "took in 3" in page
            assert "a matter for the Board" not in page
            assert "#2 ·" not in page

    def test_notes_that_amber_was_read(self, jo: Acting, sent: Submission) -> None:
        asked(jo, "submission", sent.handle)

        reading = Reading.objects.get()
        assert (reading.actor, reading.capacity) == (jo.actor.handle, "Analyst")
        assert reading.address == f"/sec/history/submission/{sent.handle}"

    def test_names_nobody_where_the_policy_hides_who_sent(
        self, monkeypatch: pytest.MonkeyPatch, jo: Acting, sent: Submission
    ) -> None:
        monkeypatch.setattr("tallystick.site.history.masked", lambda *_: True)

        page = text(asked(jo, "submission", sent.handle, is_drawer=True))

        assert "Ada Quill" not in page
        assert "ALFA" not in page
        assert "<b>Somebody</b> sent 3 rows" in page
        assert "Jo Tarn</b> took in" in page


@pytest.mark.django_db
class TestHistoryOfThePeople:
    def test_is_of_an_organisation_for_whoever_may_read_it(self, jo: Acting, alfa: Organisation) -> None:
        with transaction.atomic():
            subject = Subject("", "party", alfa.handle, "white")
            record(act="parties.try", subject=subject, by=jo.actor, at=AT, said="added ALFA")

        assert "Jo Tarn</b> added ALFA" in text(asked(jo, "party", alfa.handle))
        assert not Reading.objects.exists()

    def test_is_of_a_body_of_the_code(self, jo: Acting) -> None:
        here = Body.objects.create(code="sec", key="OPSG", name="Operations Group", from_on=DAY)
        there = Body.objects.create(code="retail", key="OPSG", name="Operations Group", from_on=DAY)

        assert "Operations Group: history" in text(asked(jo, "body", here.handle))
        with pytest.raises(Http404):
            asked(jo, "body", there.handle)

    def test_is_of_a_person_for_the_secretary_alone(self, jo: Acting, ada: Acting) -> None:
        assert jo.person is not None
        sam = acting("Sam Birch", Role.SECRETARY)

        assert "Jo Tarn: history" in text(asked(sam, "person", jo.person.handle))
        for who in (ada, jo):
            with pytest.raises(Http404):
                asked(who, "person", jo.person.handle)

    @pytest.mark.parametrize("kind", sorted(RECORDS))
    def test_of_nothing_is_nothing(self, kind: str, jo: Acting) -> None:
        with pytest.raises(Http404):
            asked(jo, kind, "0123456789ABCDEFGHJK")


@pytest.mark.django_db
class TestHistoryReceipt:
    def test_proves_each_entry_that_is_shown(self, ada: Acting, sent: Submission) -> None:
        answer = asked(ada, "submission", sent.handle, view=history_receipt)

        receipt = json.loads(answer.content)
        size, root = receipt["log"]["size"], bytes.fromhex(receipt["log"]["root"])
        assert [entry["index"] for entry in receipt["entries"]] == [0, 1]
        for entry in receipt["entries"]:
            proof = [bytes.fromhex(one) for one in entry["proof"]]
            leaf = entry["leaf"].encode()
            assert read(leaf).handle == sent.handle
            assert verify_inclusion(leaf_hash(leaf), entry["index"], size, proof, root)

    def test_is_a_file_to_keep(self, ada: Acting, sent: Submission) -> None:
        answer = asked(ada, "submission", sent.handle, view=history_receipt)

        assert (
            answer["Content-Disposition"] == f'attachment; filename="receipt-submission-{sent.handle}.json"'
        )
        assert answer["Cache-Control"] == "no-store"

    def test_holds_no_words_where_the_policy_hides_who_sent(
        self, monkeypatch: pytest.MonkeyPatch, jo: Acting, sent: Submission
    ) -> None:
        monkeypatch.setattr("tallystick.site.history.masked", lambda *_: True)

        answer = asked(jo, "submission", sent.handle, view=history_receipt)

        assert {(entry["salt"], entry["payload"]) for entry in json.loads(answer.content)["entries"]} == {
            (None, None)
        }
        assert b"Ada" not in answer.content

    def test_answers_a_rival_as_if_there_were_nothing(self, rival: Acting, sent: Submission) -> None:
        with pytest.raises(Http404):
            asked(rival, "submission", sent.handle, view=history_receipt)


@pytest.mark.django_db
class TestWhatIsStillToBeOpened:
    def kept(self, who: Acting, row: Case | Remedy) -> dict[str, bool]:
        """Return for each act on a record whether a receipt has its words."""
        receipt = json.loads(asked(who, row.TYPE, row.handle, view=history_receipt).content)
        return {
            read(one["leaf"].encode()).act.removeprefix("cases."): (one["payload"], one["salt"])
            != (None, None)
            for one in receipt["entries"]
        }

    def test_is_told_by_a_receipt_to_the_other_side_once_it_is_opened(self) -> None:
        cast = made_cast()
        case = cast.told(cast.opened())
        told: dict[str, Any] = {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 12), "key": "form-1"}
        sending = Sending(files=[Handed("a.pdf", PDF)])
        send_message(case=case, text="Canary", sending=sending, **told)

        before = {name: self.kept(getattr(cast, name), case) for name in ("jo", "ada", "aud")}
        read_messages(case=case, by=on(cast.jo, NOTICED), at=at(NOTICED, 13))

        assert {name: one["send_message"] for name, one in before.items()} == {
            "jo": False,
            "ada": True,
            "aud": True,
        }
        assert {name: one["give_notice"] for name, one in before.items()} == {
            "jo": True,
            "ada": False,
            "aud": True,
        }
        assert before["jo"]["open_case"]
        after = self.kept(cast.jo, case)
        assert after.pop("read_messages")
        assert all(after.values())

    def test_is_told_by_no_receipt_of_a_remedy_either(self) -> None:
        cast = made_cast()
        case = cast.asked(cast.opened())
        said: dict[str, Any] = {"key": "form-2", "at": at(NOTICED, 14), "files": [Handed("a.pdf", PDF)]}
        remedy = file_remedy(case=case, filed=plan(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))
        return_remedy(remedy=remedy, reasons="Too late.", by=on(cast.jo, NOTICED), **said)

        before = self.kept(cast.ada, remedy)
        read_messages(case=case, by=on(cast.ada, NOTICED), at=at(NOTICED, 15))

        assert before == {"file_remedy": True, "return_remedy": False}
        assert self.kept(cast.ada, remedy) == {"file_remedy": True, "return_remedy": True}

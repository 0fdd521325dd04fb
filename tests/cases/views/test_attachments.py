"""An attachment at its own address, and on the page of its case."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tallystick.cases.attached import Handed
from tallystick.cases.models import Attachment, Case, Message
from tallystick.cases.operations.talking import Sending, send_message
from tallystick.cases.views.attachments import TYPES
from tallystick.journal import standing
from tallystick.journal.models import Reading
from tallystick.site import read_only
from tests.cases.cast import NOTICED, Cast, acts, at, key, landed, last_said, on
from tests.cases.files import CANARY, PDF, png
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db
NAME = 'Müller "plan" <b>.txt'


def attached(cast: Cast, name: str = NAME, content: bytes = CANARY) -> tuple[str, Case]:
    """Return the address of what ALFA attached, and its case."""
    case = cast.told(cast.opened(landed(cast.alfa)))
    told: dict[str, Any] = {"by": on(cast.ada, NOTICED), "at": at(NOTICED, 12), "key": key()}
    send_message(case=case, text="See this.", sending=Sending(files=[Handed(name, content)]), **told)
    return f"/sec/cases/{case.reference}/attachments/{Attachment.objects.get().handle}", case


def file(name: str, content: bytes) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="text/html")


class TestFetching:
    def test_gives_the_bytes_to_be_kept_and_never_to_be_shown(self, cast: Cast) -> None:
        address, _ = attached(cast)

        answer = browser(cast.jo).get(address)

        assert (answer.status_code, answer.content) == (200, CANARY)
        told = {name.lower(): value for name, value in answer.headers.items()}
        assert told["content-type"] == TYPES["txt"]
        assert told["content-disposition"] == (
            "attachment; filename*=utf-8''M%C3%BCller%20%22plan%22%20%3Cb%3E.txt"
        )
        assert told["x-content-type-options"] == "nosniff"
        assert told["cache-control"] == "no-store"
        policy = {part.strip() for part in told["content-security-policy"].split(";")}
        assert policy >= {"default-src 'none'", "sandbox"}

    def test_is_for_whoever_may_read_the_message(self, cast: Cast) -> None:
        address, case = attached(cast)
        nothing = f"/sec/cases/{case.reference}/attachments/ZZ99999999ZZ99999999"
        elsewhere = address.replace(case.reference, cast.opened().reference)

        answers = {
            name: browser(getattr(cast, name)).get(address) for name in ("jo", "ada", "aud", "ben", "bo")
        }

        assert {name: answer.status_code for name, answer in answers.items()} == {
            "jo": 200,
            "ada": 200,
            "aud": 200,
            "ben": 404,
            "bo": 404,
        }
        assert browser(cast.jo).get(nothing).status_code == 404
        assert browser(cast.jo).get(elsewhere).status_code == 404
        for who in (cast.ben, cast.bo):
            hidden, missing = (text(browser(who).get(one), 404) for one in (address, nothing))
            assert hidden.replace(address, nothing) == missing

    def test_notes_who_read_it(self, cast: Cast) -> None:
        address, _ = attached(cast)

        browser(cast.jo).get(address)

        reading = Reading.objects.latest("pk")
        row = Attachment.objects.get()
        assert (reading.kind, reading.handle, reading.classification) == ("case_message", row.handle, "amber")
        assert reading.address == address

    @pytest.mark.parametrize(("who", "is_read"), [("jo", True), ("ada", False), ("aud", False)])
    def test_opens_the_message_for_the_other_side_alone(self, cast: Cast, who: str, *, is_read: bool) -> None:
        address, case = attached(cast)
        send_message(case=case, text="More.", key=key(), by=on(cast.ada, NOTICED), at=at(NOTICED, 12))
        before = acts()

        for _ in range(2):
            browser(getattr(cast, who)).get(address)

        read = list(Message.objects.exclude(read_at=None))
        assert read == ([Attachment.objects.get().message] if is_read else [])
        assert acts() == before + ["read_messages"] * is_read
        if is_read:
            assert read[0].read_by == cast.jo.person
            assert last_said()[0] == f"read 1 message on {case.reference} by fetching what came with it"

    def test_opens_nothing_while_the_journal_may_not_be_written_to(
        self, cast: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        address, _ = attached(cast)
        monkeypatch.setitem(read_only._found, "why", "")
        monkeypatch.setattr(standing, "problem", lambda _: "journal shorter than it was")
        read_only.look()

        answers = {name: browser(getattr(cast, name)).get(address) for name in ("jo", "ada")}

        assert {name: one.status_code for name, one in answers.items()} == {"jo": 503, "ada": 200}
        assert "noted in the journal" in answers["jo"].content.decode()
        assert not Message.objects.exclude(read_at=None).exists()

    def test_knows_no_other_way(self, cast: Cast) -> None:
        address, _ = attached(cast)

        assert browser(cast.jo).post(address).status_code == 405


class TestShowing:
    def test_is_beside_the_message_once_that_is_opened(self, cast: Cast) -> None:
        address, case = attached(cast)
        page, jo = f"/sec/cases/{case.reference}", browser(cast.jo)

        before = text(jo.get(page))
        jo.post(f"{page}/messages/open")
        after = text(jo.get(page))

        assert address not in before
        assert f'href="{address}"' in after
        assert "Müller &#34;plan&#34; &lt;b&gt;.txt" in after
        assert "#i-paperclip" in after
        assert "Text, 28 bytes" in after

    def test_is_told_in_the_history_without_its_name(self, cast: Cast) -> None:
        _, case = attached(cast)

        told = text(browser(cast.jo).get(f"/sec/history/case/{case.handle}"))

        assert "wrote to the office on" in told
        assert "with 1 attachment<" in told
        assert "Müller" not in told


class TestSending:
    def post(self, client: Client, case: Case, **told: Any) -> Any:
        said = {"key": "form-1", "text": "See these.", **told}
        return client.post(f"/sec/cases/{case.reference}/messages", said)

    def test_takes_what_a_browser_sends_once(self, cast: Cast) -> None:
        case, ada = cast.told(cast.opened(landed(cast.alfa))), browser(cast.ada)

        for _ in range(2):
            files = [file("a.pdf", PDF), file("b.png", png())]
            assert self.post(ada, case, attached=files).status_code == 302

        assert list(Attachment.objects.values_list("name", "media")) == [("a.pdf", "pdf"), ("b.png", "png")]
        assert Message.objects.filter(kind="message").count() == 1

    def test_says_beside_the_field_what_is_wrong_and_keeps_the_words(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        page = text(self.post(browser(cast.ada), case, attached=[file("a.png", b"<svg/>")]), 422)

        assert "&#39;a.png&#39; was not attached: its content is markup" in page
        assert "See these." in page
        assert "Write to the office" in page
        assert not Attachment.objects.exists()

    @pytest.mark.parametrize("name", ["reply", "notice"])
    def test_is_asked_for_on_the_page_of_an_act(self, cast: Cast, name: str) -> None:
        case = cast.opened() if name == "notice" else cast.told(cast.opened())
        who = browser(cast.jo if name == "notice" else cast.ada)
        address = f"/sec/cases/{case.reference}/{name}"
        said = {"key": "form-1", "text": "Please reply.", "stance": "accepted", "words": "We accept it."}

        page = text(who.get(address))
        sent = who.post(address, {**said, "attached": [file("a.pdf", PDF)]})

        assert 'enctype="multipart/form-data"' in page
        assert 'type="file" name="attached"' in page
        assert sent.status_code == 302
        assert Attachment.objects.get().message.kind == name

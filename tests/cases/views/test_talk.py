import pytest

from tallystick.cases.models import Message, Note
from tests.cases.cast import Cast, landed
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db


class TestSending:
    def test_says_it_once_to_the_other_side(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        address, client = f"/sec/cases/{case.reference}/messages", browser(cast.ada)

        for _ in range(2):
            client.post(address, {"key": "form-1", "text": "We look into it."})

        sent = Message.objects.get(kind=Message.MESSAGE)
        assert (sent.text, sent.from_party, sent.read_at) == ("We look into it.", True, None)

    def test_keeps_the_words_that_were_refused(self, cast: Cast) -> None:
        case = cast.opened(landed(cast.alfa))

        page = text(
            browser(cast.jo).post(
                f"/sec/cases/{case.reference}/messages", {"key": "form-1", "text": "Good day"}
            ),
            409,
        )

        assert "knows nothing of this case yet" in page
        assert not Message.objects.exists()

    def test_is_for_neither_board_nor_rival(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        for who in (cast.bo, cast.ben, cast.aud):
            sent = browser(who).post(
                f"/sec/cases/{case.reference}/messages", {"key": "form-1", "text": "Good day"}
            )
            assert sent.status_code == 404


class TestOpening:
    def test_marks_what_the_other_side_sent(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))

        browser(cast.ada).post(f"/sec/cases/{case.reference}/messages/open")

        notice = Message.objects.get(kind=Message.NOTICE)
        assert notice.read_by == cast.ada.person


class TestNoting:
    def test_is_for_the_office_alone(self, cast: Cast) -> None:
        case = cast.told(cast.opened(landed(cast.alfa)))
        address, note = f"/sec/cases/{case.reference}/notes", {"key": "form-1", "text": "Ask their auditor"}

        assert browser(cast.ada).post(address, note).status_code == 404
        assert browser(cast.jo).post(address, note).status_code == 302

        assert Note.objects.get().text == "Ask their auditor"

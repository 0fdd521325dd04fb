"""Files that should not have been attached, sent by HTTP: the answer names each, and nothing is written."""

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tallystick.cases.attached import cleaned
from tallystick.cases.models import AttachedBytes, Attachment, Message
from tallystick.journal.models import Entry
from tests.cases.cast import NOTICED, Cast, landed, made_cast
from tests.cases.files import BAD, PDF, Bad
from tests.cases.views.conftest import browser, text

pytestmark = pytest.mark.django_db
MOST_FILES = 20  # a request with more is no request that is read


@pytest.fixture
def sent(db: None, settings: Any) -> Any:
    """Return a way for a delegate to attach files, under whatever name, of whatever kind a browser says."""
    settings.DEMO_DAY = NOTICED.isoformat()
    cast: Cast = made_cast()
    case = cast.told(cast.opened(landed(cast.alfa)))
    client = browser(cast.ada)

    def send(*files: tuple[str, bytes]) -> Any:
        made = []
        for name, content in files:
            one = SimpleUploadedFile("sent", content, content_type="application/pdf")
            vars(one)["_name"] = name  # as a sender who means harm would, and no browser does
            made.append(one)
        said = {"key": "form-1", "text": "See these.", "attached": made}
        return client.post(f"/sec/cases/{case.reference}/messages", said)

    return send


def nothing_written() -> bool:
    rows = (Attachment.objects, AttachedBytes.objects, Message.objects.filter(kind="message"))
    return not any(one.exists() for one in rows)


class TestAHostileFile:
    @pytest.mark.parametrize("bad", BAD, ids=lambda bad: bad.what)
    def test_is_refused_by_name_and_nothing_is_written(self, sent: Any, bad: Bad) -> None:
        before = Entry.objects.count()

        page = html.unescape(text(sent(("good.pdf", PDF), (bad.name, bad.make())), 422))

        assert cleaned(bad.name) in page
        assert "\u202e" not in page
        assert "../" not in page.partition('class="error"')[2].partition("</p>")[0]
        assert "See these." in page
        assert nothing_written()
        assert Entry.objects.count() == before

    def test_is_no_sixth(self, sent: Any) -> None:
        page = text(sent(*[(f"{number}.pdf", PDF) for number in range(6)]), 422)

        assert "6 files are attached; 5 go with one message." in page
        assert nothing_written()

    def test_is_not_one_of_very_many(self, sent: Any) -> None:
        assert sent(*[("a.pdf", PDF)] * (MOST_FILES + 1)).status_code == 400
        assert nothing_written()

"""Files that should not have been sent, sent by HTTP: a clear page, nothing taken in, nothing left."""

import os
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import read_with
from tallystick.parties.models import Person, Role
from tallystick.runs import sending
from tallystick.runs.models import HeldRow, Submission
from tests.evidence.hostile.corpus import Sent, corpus
from tests.runs.conftest import HEADER
from tests.site import people
from tests.site.entering import enter

pytestmark = pytest.mark.django_db
# A process for each file takes a second: all have one at full counts, else the worst of them.
APART = os.environ.get("TALLY_PROBES") == "many"
SOME_APART = {"a gzip bomb", "a billion laughs", "a PDF", "parts that overlap"}
FORM = {"stream": "hub_returns", "period": ""}


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Path]:
    with override_settings(HOME=tmp_path, STORE=tmp_path / "store"):
        yield tmp_path


@pytest.fixture
def ada() -> Person:
    ada = people.person("Ada Quill")
    people.role(ada, Role.PARTY_DELEGATE, people.organisation("Alderbrook"))
    return ada


def send(client: Client, sent: Sent, **form: str) -> Any:
    file = SimpleUploadedFile("sent", sent.make())
    vars(file)["_name"] = sent.name  # as a sender who means harm would, and no browser does
    return client.post("/sec/evidence/new", {**FORM, **form, "file": file})


class TestAHostileFile:
    @pytest.mark.parametrize("sent", list(corpus()), ids=lambda sent: sent.what)
    def test_is_refused_with_a_page_that_says_why(
        self, client: Client, ada: Person, home: Path, sent: Sent, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        if not (APART or sent.what in SOME_APART):
            monkeypatch.setattr(sending, "read_file", partial(read_with, run_here))
        enter(client, ada)

        answer = send(client, sent)
        page = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer

        said = page.content.decode()
        assert page.status_code in (200, 422), sent.what
        assert "Refused as a whole" in said or 'class="error"' in said
        assert "Traceback" not in said
        assert str(home) not in said
        assert not Submission.objects.exclude(state=Submission.REFUSED).exists()
        assert not HeldRow.objects.exists()
        assert not (home / "store" / "HEAD").exists()
        assert list((home / "uploads").glob("*")) == []


class TestAGoodFile:
    @pytest.mark.usefixtures("home")
    def test_is_looked_over(self, client: Client, ada: Person) -> None:
        enter(client, ada)

        send(client, Sent("good", "rows.csv", f"{HEADER}\n".encode, ""))

        assert Submission.objects.get().state == Submission.PREVIEWED


class TestAFileName:
    @pytest.mark.parametrize(
        "name",
        [
            "../../etc/passwd.csv",
            "..\\..\\boot.csv",
            "a" * 300 + ".csv",
            "vsc\u202exslx.csv",
            "<script>alert(1)</script>.csv",
            "=cmd|'/c calc'!A1.csv",
            "CON.csv",
            "\U0001f4c8.csv",
        ],
    )
    def test_is_shown_and_never_followed(
        self, client: Client, ada: Person, home: Path, name: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "read_file", partial(read_with, run_here))
        enter(client, ada)

        answer = send(client, Sent("nothing known", name, lambda: b"hub_id\n1\n", ""))
        page = client.get(answer.headers["Location"]) if answer.status_code == 302 else answer

        assert page.status_code in (200, 422)
        assert b"<script>alert" not in page.content
        assert "\u202e" not in page.content.decode()
        assert {path.parent for path in home.rglob("*") if path.is_file()} <= {home, home / "uploads"}


class TestAFormThatLies:
    @pytest.mark.parametrize(
        "said",
        [
            {"stream": "../../etc"},
            {"stream": "exceptions; DROP TABLE"},
            {"period": "2021-13"},
            {"period": "x" * 5_000},
        ],
    )
    def test_is_told_what_is_wrong_in_it(
        self, client: Client, ada: Person, home: Path, said: dict[str, str]
    ) -> None:
        enter(client, ada)

        answer = send(client, next(corpus()), **said)

        assert answer.status_code == 422
        assert b'class="error"' in answer.content
        assert not (home / "uploads").exists()

    @pytest.mark.usefixtures("home")
    def test_sends_for_nobody_but_the_senders_own_party(
        self, client: Client, ada: Person, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sending, "read_file", partial(read_with, run_here))
        people.organisation("Brightwater")
        enter(client, ada)

        send(client, Sent("", "a.csv", lambda: b"x\n1\n", ""), sender="brightwater", classification="white")

        sent = Submission.objects.get()
        assert sent.party is not None
        assert (sent.party.name, sent.classification, sent.state) == ("Alderbrook", "amber", "refused")

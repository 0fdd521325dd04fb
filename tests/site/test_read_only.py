"""B4: a site whose journal is not what was signed can be read, says why, and takes nothing in."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError
from django.test import Client

from tallystick.journal import keys, recovering, standing
from tallystick.journal.models import Checkpoint
from tallystick.journal.signing import sign_checkpoint
from tallystick.parties.models import Role
from tallystick.site import read_only
from tests.journal.conftest import AT, ORIGIN, act
from tests.journal.guards import remove
from tests.journal.lived import OPERATOR
from tests.journal.test_standing import cut
from tests.site import people
from tests.site.entering import enter

pytestmark = pytest.mark.django_db
SAID = "journal shorter than last signed checkpoint 5 &lt; 7"


@pytest.fixture
def shorter(tmp_path: Path, settings: Any) -> Iterator[Path]:
    """Return the home of a site that found its journal shorter than what was signed, when it started."""
    settings.HOME = tmp_path
    keys.make(tmp_path, ORIGIN)
    for number in range(7):
        act(number)
    sign_checkpoint(tmp_path, AT)
    cut(5)
    remove(Checkpoint)
    read_only.look()
    yield tmp_path
    read_only._found["why"] = ""


@pytest.fixture
def sam(client: Client) -> Client:
    """Return the browser of the secretary, who signed in before."""
    sam = people.person("Sam Birch")
    enter(client, sam, people.role(sam, Role.SECRETARY))
    return client


@pytest.mark.usefixtures("shorter")
class TestReadOnly:
    @pytest.mark.parametrize(
        "address", ["/sec/", "/sec/journal", "/sec/rulebook", "/sec/nowhere", "/account/"]
    )
    def test_is_said_on_every_page(self, sam: Client, address: str) -> None:
        answer = sam.get(address)

        assert answer.status_code in (200, 404)
        assert SAID in answer.content.decode()

    @pytest.mark.parametrize("method", ["post", "put", "patch", "delete"])
    @pytest.mark.parametrize("address", ["/sec/runs", "/sec/evidence/send", "/account/login/", "/sec/no"])
    def test_answers_every_change_with_a_plain_page(self, sam: Client, method: str, address: str) -> None:
        answer = getattr(sam, method)(address)

        assert answer.status_code == 503
        assert SAID in answer.content.decode()
        assert "Content-Security-Policy" in answer.headers

    def test_ends_once_the_loss_is_written_down(self, sam: Client, shorter: Path) -> None:
        recovering.recover(home=shorter, by=OPERATOR, at=AT)

        answer = sam.post("/sec/nowhere")

        assert answer.status_code == 404
        assert "Read-only" not in sam.get("/sec/").content.decode()


class TestLook:
    def test_finds_nothing_where_nothing_was_signed(self, tmp_path: Path, settings: Any) -> None:
        settings.HOME = tmp_path

        assert read_only.look() == read_only.sentence() == ""

    def test_lets_nothing_be_written_where_the_journal_cannot_be_read(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def gone(_: Path) -> str:
            raise OperationalError("no such table")

        monkeypatch.setattr(standing, "problem", gone)

        assert read_only.look() == read_only.UNREACHABLE
        read_only._found["why"] = ""

from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tallystick.journal import kept, keys, queries
from tallystick.journal.notes import COSIGNATURE, SigningKey
from tallystick.journal.signing import sign_checkpoint
from tallystick.journal.witnessing import take_witness
from tallystick.parties.models import Role
from tallystick.site import proofs
from tests.journal.conftest import AT, ORIGIN, act
from tests.journal.lived import OPERATOR, cosigned
from tests.site import people
from tests.site.entering import enter

pytestmark = pytest.mark.django_db


@pytest.fixture
def home(tmp_path: Path, settings: Any) -> Path:
    settings.HOME = tmp_path
    for number in range(7):
        act(number)
    return tmp_path


@pytest.fixture
def signed(home: Path) -> Path:
    keys.make(home, ORIGIN)
    sign_checkpoint(home, AT)
    return home


class TestJournal:
    def test_is_open_to_all(self, client: Client, signed: Path) -> None:
        page = client.get("/sec/journal").content.decode()

        assert queries.head().root in page
        assert keys.stated(signed)[0].written.replace("+", "+") in page
        assert "UNWITNESSED" in page
        assert 'href="/sec/journal/7.txt"' in page
        assert "Words to be removed" not in page

    def test_names_who_saw_a_checkpoint(self, client: Client, signed: Path) -> None:
        witness = SigningKey.new("witness.example", COSIGNATURE)
        keys.trust(signed, witness.public)
        text = cosigned(sign_checkpoint(signed, AT), witness, AT)
        take_witness(home=signed, text=text, by=OPERATOR, at=AT)

        page = client.get("/sec/journal").content.decode()

        assert "witness.example" in page
        assert "UNWITNESSED" not in page

    @pytest.mark.usefixtures("home")
    def test_says_that_nothing_is_signed(self, client: Client) -> None:
        page = client.get("/sec/journal").content.decode()

        assert "Nothing signed yet" in page
        assert "tally journal key" in page

    @pytest.mark.usefixtures("home")
    def test_leads_those_who_may_to_redactions(self, client: Client) -> None:
        sam = people.person("Sam Birch")
        enter(client, sam, people.role(sam, Role.SECRETARY))

        assert "/sec/journal/redactions" in client.get("/sec/journal").content.decode()

    def test_bears_a_file_of_keys_that_cannot_be_read(self, client: Client, signed: Path) -> None:
        (kept.folder(signed) / keys.STATED).write_text("odd\n")

        assert client.get("/sec/journal").status_code == 200


class TestCheckpoint:
    def test_is_given_as_it_was_signed(self, client: Client, signed: Path) -> None:
        answer = client.get("/sec/journal/7.txt")

        assert answer.content.decode() == kept.text_of(signed, 7)
        assert answer["Content-Type"] == "text/plain; charset=utf-8"
        assert answer["Content-Disposition"] == 'attachment; filename="0000000007.txt"'

    @pytest.mark.usefixtures("signed")
    @pytest.mark.parametrize("size", ["6", "8", "99999999999999999999"])
    def test_is_not_there_for_other_sizes(self, client: Client, size: str) -> None:
        assert client.get(f"/sec/journal/{size}.txt").status_code == 404


class TestChecker:
    def test_is_the_one_file(self, client: Client) -> None:
        answer = client.get("/sec/journal/tally-verify")

        assert b"".join(answer) == Path("src/tally_verify.py").read_bytes()
        assert answer["Content-Disposition"] == 'attachment; filename="tally_verify.py"'


class TestSignedLast:
    @pytest.mark.usefixtures("signed")
    def test_stands_at_the_foot_of_every_page(self, client: Client) -> None:
        root = queries.root_of(7).hex()

        assert proofs.signed_last() == f"7 · {root[:4]}…{root[-4:]}"
        assert proofs.signed_last() in client.get("/sec/").content.decode()

    def test_follows_what_is_signed(self, signed: Path) -> None:
        proofs.signed_last()
        act(50)
        sign_checkpoint(signed, AT)

        assert proofs.signed_last().startswith("8 · ")

    @pytest.mark.usefixtures("home")
    def test_is_nothing_before(self) -> None:
        assert proofs.signed_last() == ""

    def test_is_nothing_where_it_cannot_be_read(self, home: Path) -> None:
        kept.keep(home, 7, "odd")

        assert proofs.signed_last() == ""


class TestHeldIn:
    def test_tells_which_checkpoint_holds_an_entry(self, signed: Path) -> None:
        act(50)
        sign_checkpoint(signed, AT)
        act(51)

        held = proofs.held_in([0, 7, 8])

        assert {seq: one.size for seq, one in held["covering"].items()} == {0: 7, 7: 8}
        assert (held["pending"], held["last"].size) == (1, 8)

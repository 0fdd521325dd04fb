from pathlib import Path

import pytest

from tallystick.journal import kept, keys, queries
from tallystick.journal.merkle import verify_consistency
from tallystick.journal.models import Cosignature, Entry
from tallystick.journal.notes import COSIGNATURE, SigningKey, read
from tallystick.journal.signing import sign_checkpoint
from tallystick.journal.witnessing import UnableToTakeWitness, consistency, take_witness
from tests.journal.conftest import AT, ORIGIN, act
from tests.journal.lived import OPERATOR, altered, cosigned

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


@pytest.fixture
def witness(home: Path) -> SigningKey:
    made = SigningKey.new("witness.example", COSIGNATURE)
    keys.trust(home, made.public)
    return made


def taken(home: Path, text: str) -> list[str]:
    return take_witness(home=home, text=text, by=OPERATOR, at=AT)


class TestTakeWitness:
    def test_keeps_the_line_below_the_logs_own(self, home: Path, witness: SigningKey) -> None:
        row = sign_checkpoint(home, AT)

        assert taken(home, cosigned(row, witness, AT)) == ["witness.example"]

        text = kept.text_of(home, 7)
        assert [one.name for one in read(text).signatures] == [ORIGIN, "witness.example"]
        assert queries.signed_text(row) == text
        assert queries.checkpoints()[0].witnesses == ("witness.example",)
        assert Entry.objects.filter(act="journal.take_witness").count() == 1

    def test_is_done_once(self, home: Path, witness: SigningKey) -> None:
        text = cosigned(sign_checkpoint(home, AT), witness, AT)
        taken(home, text)

        assert taken(home, text) == []
        assert Cosignature.objects.count() == 1

    def test_takes_a_second_witness_beside_the_first(self, home: Path, witness: SigningKey) -> None:
        other = SigningKey.new("ofgem.example", COSIGNATURE)
        keys.trust(home, other.public)
        row = sign_checkpoint(home, AT)
        taken(home, cosigned(row, witness, AT))

        assert taken(home, cosigned(row, other, AT)) == ["ofgem.example"]
        assert queries.checkpoints()[0].witnesses == ("ofgem.example", "witness.example")

    def test_refuses_a_witness_that_nobody_knows(self, home: Path) -> None:
        stranger = SigningKey.new("stranger.example", COSIGNATURE)

        with pytest.raises(UnableToTakeWitness, match="No witness that is known"):
            taken(home, cosigned(sign_checkpoint(home, AT), stranger, AT))

    def test_refuses_a_forged_signature(self, home: Path, witness: SigningKey) -> None:
        text = cosigned(sign_checkpoint(home, AT), witness, AT)

        with pytest.raises(UnableToTakeWitness, match="does not verify"):
            taken(home, altered(text, 40))

    def test_refuses_another_logs_checkpoint(self, home: Path, witness: SigningKey, tmp_path: Path) -> None:
        other = tmp_path / "other"
        keys.make(other, ORIGIN)

        with pytest.raises(UnableToTakeWitness, match="No known key"):
            taken(home, cosigned(sign_checkpoint(other, AT), witness, AT))

    def test_refuses_a_size_that_was_never_signed(self, home: Path, witness: SigningKey) -> None:
        row = sign_checkpoint(home, AT)
        key = keys.signing(home)[0]
        stated = read(row.text).checkpoint._replace(size=6)
        row.text = f"{stated.signed.decode()}\n{key.signature(stated.signed).line}\n"

        with pytest.raises(UnableToTakeWitness, match="No checkpoint of 6 entries"):
            taken(home, cosigned(row, witness, AT))

    def test_refuses_what_is_no_checkpoint(self, home: Path) -> None:
        with pytest.raises(UnableToTakeWitness, match="three lines"):
            taken(home, "nothing")


class TestConsistency:
    def test_is_a_list_that_proves_it(self) -> None:
        for number in range(20):
            act(60 + number)
        size, root = queries.head()

        proof = [bytes.fromhex(one) for one in consistency(7, size)]

        assert verify_consistency(7, size, queries.root_of(7), bytes.fromhex(root), proof)
        assert consistency(size, size) == []

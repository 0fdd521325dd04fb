import json
from pathlib import Path
from typing import Any

import pytest

from tallystick.journal import kept, queries, standing
from tallystick.journal.models import Checkpoint, Entry, Log, Node
from tallystick.journal.recovering import UnableToRecover, recover
from tallystick.journal.signing import sign_checkpoint
from tallystick.journal.verify import verified
from tests.journal.conftest import AT, act
from tests.journal.guards import remove, tamper
from tests.journal.lived import OPERATOR
from tests.journal.test_standing import cut, signed, written_anew

__all__ = ["signed"]
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


def recovered(home: Path) -> dict[str, Any]:
    """Return what the log says of the loss."""
    entry = recover(home=home, by=OPERATOR, at=AT)
    told: dict[str, Any] = json.loads(entry.payload.text)["facts"]
    return told


class TestRecover:
    def test_names_the_range_that_a_backup_lacks(self, signed: Path) -> None:
        root = kept.text_of(signed, 8)
        cut(7)
        remove(Checkpoint, size=8)

        told = recovered(signed)

        (lost,) = told.pop("checkpoints")
        assert told == {"size": 7, "lost_from": 7, "lost_until": 8}
        assert (lost["size"], lost["why"]) == (8, "journal shorter than last signed checkpoint 7 < 8")
        assert (kept.folder(signed) / "lost" / "0000000008.txt").read_text() == root

    def test_opens_the_log_again(self, signed: Path) -> None:
        cut(7)
        remove(Checkpoint, size=8)

        recover(home=signed, by=OPERATOR, at=AT)
        act(90)

        assert standing.problem(signed) == ""
        assert sign_checkpoint(signed, AT).size == 9
        assert verified() == []

    def test_says_what_was_done_in_words(self, signed: Path) -> None:
        cut(3)

        entry = recover(home=signed, by=OPERATOR, at=AT)

        assert "accepted that entries 3 to 7 are not what was signed" in entry.payload.text
        assert (entry.act, entry.seq) == ("journal.recover", 3)

    def test_names_the_range_of_a_log_that_was_written_anew(self, signed: Path) -> None:
        written_anew()

        told = recovered(signed)

        assert (told["lost_from"], told["lost_until"]) == (0, 8)
        assert [one["size"] for one in told["checkpoints"]] == [7, 8]
        assert standing.problem(signed) == ""

    def test_gives_up_a_checkpoint_that_nobody_signed(self, signed: Path) -> None:
        kept.keep(signed, 8, "nothing")

        told = recovered(signed)

        assert (told["lost_from"], told["lost_until"]) == (7, 8)
        assert kept.sizes(signed) == [7]

    @pytest.mark.parametrize(("level", "number"), [(0, 8), (3, 0)])
    def test_puts_back_a_node_that_is_missing(self, signed: Path, level: int, number: int) -> None:
        remove(Node, level=level, number=number)

        told = recovered(signed)

        assert told["checkpoints"] == []
        assert verified() == []
        assert standing.problem(signed) == ""

    def test_is_not_for_a_sound_log(self, signed: Path) -> None:
        size = queries.head().size

        with pytest.raises(UnableToRecover, match="holds all that was signed"):
            recover(home=signed, by=OPERATOR, at=AT)
        assert queries.head().size == size

    @pytest.mark.parametrize("what", ["node", "leaf", "head"])
    def test_does_not_mend_what_was_altered(self, signed: Path, what: str) -> None:
        if what == "node":
            tamper(Node, {"level": 3}, hash=bytes(32))
        elif what == "head":
            tamper(Log, {}, root=bytes(32))
        else:
            leaf = bytes(Entry.objects.get(seq=8).leaf).replace(b"try", b"cry")
            tamper(Entry, {"seq": 8}, leaf=leaf)
            remove(Node, level=0, number=8)

        with pytest.raises(UnableToRecover, match="Restore a backup"):
            recover(home=signed, by=OPERATOR, at=AT)
        assert Entry.objects.count() == 9

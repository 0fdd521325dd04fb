import json
from pathlib import Path
from typing import Any

import pytest
from django.db import connection, transaction

from tallystick.journal import kept, queries, standing
from tallystick.journal.models import Checkpoint, Entry, Log, Node
from tallystick.journal.operations import record
from tallystick.journal.recovering import ACT, UnableToRecover, given_up, recover
from tallystick.journal.signing import UnableToSign, sign_checkpoint
from tallystick.journal.verify import verified
from tests.journal.conftest import AT, MONTH, act
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

    def test_lets_a_log_be_signed_that_was_written_anew(self, signed: Path) -> None:
        written_anew()
        recovered(signed)

        row = sign_checkpoint(signed, AT)

        assert row.size == 10
        assert standing.problem(signed) == ""

    def test_signs_no_size_again_that_was_given_up(self, signed: Path) -> None:
        cut(7)
        recovered(signed)  # the log has 8 entries again, and the database the checkpoint of 8 others

        with pytest.raises(UnableToSign, match="was signed, and given up"):
            sign_checkpoint(signed, AT)
        act(91)
        assert sign_checkpoint(signed, AT).size == 9

    def test_lays_nothing_aside_before_the_entry_stands(
        self, signed: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        cut(7)
        seen: list[bool] = []
        savepoints = list(connection.savepoint_ids)
        monkeypatch.setattr(kept, "give_up", lambda *_: seen.append(connection.savepoint_ids != savepoints))

        recover(home=signed, by=OPERATOR, at=AT)

        assert seen == [False]  # whatever ends the program before has lost neither file nor entry

    def test_believes_no_entry_that_names_no_checkpoints(self, home: Path) -> None:
        for facts in ({}, {"checkpoints": 7}, {"checkpoints": [1, {}, {"size": 3}]}):
            with transaction.atomic():
                record(act=ACT, subject=MONTH, by=OPERATOR, at=AT, said="odd", facts=facts)

        assert given_up() == set()
        assert sign_checkpoint(home, AT).size == 10

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

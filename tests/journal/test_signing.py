import datetime as dt
import logging
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction

from tallystick.journal import kept, keys, queries, signing
from tallystick.journal.models import Checkpoint, Entry, Log, Node, Payload
from tallystick.journal.notes import SigningKey, read
from tallystick.journal.signing import UnableToSign, checkpoint_if_due, rotate_key, sign_checkpoint
from tests.journal.conftest import AT, JO, ORIGIN, act
from tests.journal.guards import remove, rows, tamper
from tests.journal.lived import altered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


class TestSignCheckpoint:
    def test_states_the_log_and_keeps_it_twice(self, home: Path) -> None:
        row = sign_checkpoint(home, AT)

        note = read(row.text)
        assert note.checkpoint == (ORIGIN, 7, bytes.fromhex(queries.head().root))
        assert note.trusted(keys.stated(home)) == note.checkpoint
        assert kept.text_of(home, 7) == row.text
        assert (row.size, bytes(row.root), row.signed_at) == (7, note.checkpoint.root, AT)

    def test_is_done_once_for_a_size(self, home: Path) -> None:
        first = sign_checkpoint(home, AT)

        assert sign_checkpoint(home, AT + dt.timedelta(hours=1)).signed_at == first.signed_at

    @pytest.mark.parametrize("whole", [True, False])
    def test_goes_on_from_the_one_before(self, home: Path, *, whole: bool) -> None:
        sign_checkpoint(home, AT)
        act(50)

        assert sign_checkpoint(home, AT, whole=whole).size == 8
        assert kept.sizes(home) == [7, 8]

    def test_puts_back_what_only_its_file_holds(self, home: Path, caplog: pytest.LogCaptureFixture) -> None:
        first = sign_checkpoint(home, AT)
        remove(Checkpoint, size=7)
        act(50)

        sign_checkpoint(home, AT)

        assert Checkpoint.objects.get(size=7).text == first.text
        assert "The checkpoint of 7 entries was not in the database" in caplog.text

    def test_needs_a_key(self, tmp_path: Path) -> None:
        with pytest.raises(keys.UnableToUseKey, match="no key"):
            sign_checkpoint(tmp_path, AT)

    def test_keeps_nothing_where_the_file_cannot_be_written(
        self, home: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(kept, "keep", full)
        with pytest.raises(OSError, match="no space"):
            sign_checkpoint(home, AT)

        assert not Checkpoint.objects.exists()

    def test_is_not_done_for_an_empty_log(self, home: Path) -> None:
        for model in (Payload, Entry, Node, Log):
            remove(model)

        with pytest.raises(UnableToSign, match="empty"):
            sign_checkpoint(home, AT)


def leaf_of(seq: int, changed: bytes = b"runs.cry") -> bytes:
    return bytes(Entry.objects.get(seq=seq).leaf).replace(b"runs.try", changed)


class TestSignCheckpointOfAnAlteredLog:
    @pytest.mark.parametrize("whole", [True, False])
    def test_names_the_entry_that_was_changed(self, home: Path, *, whole: bool) -> None:
        if not whole:
            sign_checkpoint(home, AT)
            act(50)
        tamper(Entry, {"seq": 7 if not whole else 4}, leaf=leaf_of(7 if not whole else 4))

        with pytest.raises(UnableToSign, match=f"Entry {7 if not whole else 4} is not"):
            sign_checkpoint(home, AT, whole=whole)

    def test_names_the_entry_below_a_node_that_was_changed(self, home: Path) -> None:
        tamper(Node, {"level": 1, "number": 2}, hash=bytes(32))

        with pytest.raises(UnableToSign, match="Entry 4 is not"):
            sign_checkpoint(home, AT)

    def test_names_the_entry_that_is_gone(self, home: Path) -> None:
        remove(Payload, entry=5)
        remove(Entry, seq=5)

        with pytest.raises(UnableToSign, match="Entry 5 is missing"):
            sign_checkpoint(home, AT)

    def test_names_the_last_that_is_gone(self, home: Path) -> None:
        remove(Payload, entry=6)
        remove(Entry, seq=6)

        with pytest.raises(UnableToSign, match="Entry 6 is missing"):
            sign_checkpoint(home, AT)

    def test_finds_another_head(self, home: Path) -> None:
        tamper(Log, {}, root=bytes(32))

        with pytest.raises(UnableToSign, match="root of the head"):
            sign_checkpoint(home, AT)

    def test_finds_a_log_that_is_shorter(self, home: Path) -> None:
        sign_checkpoint(home, AT)
        remove(Payload, entry=6)
        remove(Entry, seq=6)
        tamper(Log, {}, size=6, root=queries.root_of(6))

        with pytest.raises(UnableToSign, match="shorter than the last signed checkpoint: 6 < 7"):
            sign_checkpoint(home, AT)

    def test_finds_a_log_that_was_written_anew(self, home: Path) -> None:
        sign_checkpoint(home, AT)
        for model in (Payload, Entry, Node, Log):
            remove(model)
        for number in range(9):
            act(number + 70)

        with pytest.raises(UnableToSign, match="An entry from 0 to 6 is not what was signed with 7"):
            sign_checkpoint(home, AT)
        with pytest.raises(UnableToSign, match="nodes over 7 entries"):
            sign_checkpoint(home, AT, whole=False)

    def test_believes_the_file_over_an_empty_table(self, home: Path) -> None:
        sign_checkpoint(home, AT)
        for model in (Checkpoint, Payload, Entry, Node, Log):
            remove(model)
        for number in range(9):
            act(number + 70)

        with pytest.raises(UnableToSign, match="not what was signed with 7"):
            sign_checkpoint(home, AT)

    @pytest.mark.parametrize("text", ["", "nothing"])
    def test_refuses_a_file_that_is_none(self, home: Path, text: str) -> None:
        sign_checkpoint(home, AT)
        kept.keep(home, 7, text)
        act(50)

        with pytest.raises(UnableToSign, match="in its file"):
            sign_checkpoint(home, AT)

    def test_refuses_a_file_with_a_forged_signature(self, home: Path) -> None:
        row = sign_checkpoint(home, AT)
        kept.keep(home, 7, altered(row.text, 30))

        with pytest.raises(UnableToSign, match="does not verify"):
            sign_checkpoint(home, AT)

    def test_refuses_a_file_of_another_size(self, home: Path) -> None:
        row = sign_checkpoint(home, AT)
        kept.keep(home, 6, row.text)

        with pytest.raises(UnableToSign, match="not the checkpoint that was signed"):
            sign_checkpoint(home, AT)


class TestCheckpointIfDue:
    def test_does_nothing_without_a_key(self, tmp_path: Path) -> None:
        assert checkpoint_if_due(tmp_path, AT) is None

    def test_signs_what_grew(self, home: Path) -> None:
        first = checkpoint_if_due(home, AT)
        again = checkpoint_if_due(home, AT)
        act(50)
        then = checkpoint_if_due(home, AT)

        assert (first and first.size, again, then and then.size) == (7, None, 8)

    def test_says_in_the_log_why_it_did_not(self, home: Path, caplog: pytest.LogCaptureFixture) -> None:
        tamper(Log, {}, root=bytes(32))

        with caplog.at_level(logging.ERROR):
            assert checkpoint_if_due(home, AT, whole=True) is None

        assert "No checkpoint was signed: The root of the head" in caplog.text

    def test_looks_at_long_logs_in_parts(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(signing, "AT_ONCE", 2)

        assert checkpoint_if_due(home, AT) is not None


class TestRotateKey:
    def test_has_the_next_checkpoint_signed_by_both(self, home: Path) -> None:
        old = keys.signing(home)[0].public

        new = rotate_key(home=home, by=JO, at=AT + dt.timedelta(days=1)).public
        row = sign_checkpoint(home, AT)
        act(9000)
        later = sign_checkpoint(home, AT)

        assert [one.id for one in read(row.text).signatures] == [new.id, old.id]
        assert [one.id for one in read(later.text).signatures] == [new.id]
        assert [key.public for key in keys.signing(home)] == [new]

    def test_says_so_in_the_log(self, home: Path) -> None:
        old = keys.signing(home)[0].public
        new = rotate_key(home=home, by=JO, at=AT + dt.timedelta(days=1)).public

        entry = Entry.objects.get(act="journal.rotate_key")
        assert f'"new":"{new.written}","old":"{old.written}"' in entry.payload.text
        assert entry.actor == JO.handle

    def test_is_not_done_by_halves(self, home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def full(*_: object) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(keys, "keep", full)
        with pytest.raises(OSError, match="no space"), transaction.atomic():
            rotate_key(home=home, by=JO, at=AT)

        assert not Entry.objects.filter(act="journal.rotate_key").exists()

    def test_does_not_trust_another_key_for_what_was_signed(self, home: Path) -> None:
        sign_checkpoint(home, AT)
        (home / keys.PRIVATE).unlink()
        (kept.folder(home) / keys.STATED).unlink()
        keys.keep(home, [SigningKey.new(ORIGIN)])
        act(50)

        with pytest.raises(UnableToSign, match="No known key"):
            sign_checkpoint(home, AT)


class TestCheckpoint:
    def test_is_written_once(self, home: Path) -> None:
        row = sign_checkpoint(home, AT)

        found = rows(Checkpoint, size=row.size)
        with pytest.raises(DatabaseError, match="the journal is not changed"), transaction.atomic():
            found.update(text="")
        with pytest.raises(DatabaseError, match="the journal is not changed"), transaction.atomic():
            found._raw_delete("default")

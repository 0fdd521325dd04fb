"""L6: words that two persons had removed are gone, and every proof stays."""

import datetime as dt
import json

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from tallystick.journal import queries, redacting
from tallystick.journal.leaf import commitment, read
from tallystick.journal.merkle import leaf_hash, verify_inclusion
from tallystick.journal.models import Entry, Payload, Redaction
from tallystick.journal.operations import record
from tallystick.journal.redacting import Asked, UnableToRedact, ask_redaction, redact, refuse_redaction
from tallystick.journal.subjects import Actor
from tallystick.journal.verify import verified
from tests.journal.conftest import AT, JO, OTHER, act
from tests.journal.guards import remove, rows
from tests.journal.lived import SAM, redacted

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]
WANTED = Asked("sec", 3, "court_order", "County court, 2021-77")


def asked(wanted: Asked = WANTED, by: Actor = JO) -> Redaction:
    return ask_redaction(asked=wanted, by=by, at=AT)


class TestAskRedaction:
    def test_waits_for_somebody_else(self) -> None:
        redaction = asked()

        assert (redaction.state, redaction.asked_by, redaction.entry_id) == ("asked", JO.handle, 3)
        assert Payload.objects.filter(pk=3).exists()
        entry = Entry.objects.get(act="journal.ask_redaction")
        assert (entry.kind, entry.handle, entry.code) == ("redaction", redaction.handle, "sec")

    @pytest.mark.parametrize(
        ("wanted", "why"),
        [
            (WANTED._replace(seq=99), "No words of an entry 99"),
            (WANTED._replace(seq=-1), "No words of an entry -1"),
            (WANTED._replace(code="retail"), "No words of an entry 3"),
            (WANTED._replace(reason="because"), "Say why"),
            (WANTED._replace(authority="  "), "Say why"),
        ],
    )
    def test_refuses(self, wanted: Asked, why: str) -> None:
        with pytest.raises(UnableToRedact, match=why):
            asked(wanted)

    def test_refuses_whoever_has_no_account(self) -> None:
        with pytest.raises(UnableToRedact, match="an account"):
            asked(by=Actor("", "Public"))

    def test_refuses_to_ask_twice(self) -> None:
        asked()

        with pytest.raises(UnableToRedact, match="asked for already"):
            asked()

    def test_refuses_what_the_journal_says_of_itself(self) -> None:
        redaction = asked()
        own = Entry.objects.get(handle=redaction.handle).seq

        with pytest.raises(UnableToRedact, match="of itself stays"):
            asked(WANTED._replace(seq=own))


class TestRedact:
    def test_removes_words_and_salt(self) -> None:
        redact(redaction=asked(), by=SAM, at=AT)

        (told,) = queries.history("sec", "submission", OTHER.handle)
        assert (told.said, told.capacity) == (None, None)
        assert not Payload.objects.filter(pk=3).exists()

    def test_says_by_whose_order(self) -> None:
        redaction = redact(redaction=asked(), by=SAM, at=AT)

        entry = Entry.objects.get(act="journal.redact")
        commit = read(bytes(Entry.objects.get(seq=3).leaf)).commit.hex()
        assert json.loads(entry.payload.text)["facts"] == {
            "entry": 3,
            "commit": commit,
            "reason": "court_order",
            "authority": "County court, 2021-77",
            "asked_by": JO.handle,
        }
        assert entry.actor == SAM.handle
        assert (redaction.order, redaction.state) == (entry, "done")
        assert queries.removed([3, 4]) == {3: redaction}

    def test_leaves_the_log_sound_and_every_proof_as_it_was(self) -> None:
        size, root = queries.head()
        before = {seq: queries.inclusion_proof(seq) for seq in range(size)}

        redact(redaction=asked(), by=SAM, at=AT)

        assert verified() == []
        for seq, proof in before.items():
            leaf = leaf_hash(bytes(Entry.objects.get(seq=seq).leaf))
            assert verify_inclusion(leaf, seq, size, proof, bytes.fromhex(root))

    @pytest.mark.parametrize("by", [JO, Actor("", "System administrator, command line")])
    def test_is_for_somebody_else(self, by: Actor) -> None:
        redaction = asked()

        with pytest.raises(UnableToRedact, match="Somebody else"):
            redact(redaction=redaction, by=by, at=AT)
        assert Payload.objects.filter(pk=3).exists()

    def test_is_done_once(self) -> None:
        redaction = asked()
        redact(redaction=redaction, by=SAM, at=AT)

        with pytest.raises(UnableToRedact, match="settled: removed"):
            redact(redaction=redaction, by=SAM, at=AT)
        with pytest.raises(UnableToRedact, match="No words of an entry 3"):
            asked()

    def test_leaves_a_commitment_that_cannot_be_guessed(self) -> None:
        with transaction.atomic():
            entry = record(act="runs.try", subject=OTHER, by=JO, at=AT, said="voted", facts={"choice": "for"})
        commit, text = read(bytes(entry.leaf)).commit, entry.payload.text
        salt = bytes(entry.payload.salt)

        redacted(entry.seq, AT)

        words = [text, text.replace('"for"', '"against"')]
        guesses = [bytes(32), JO.handle.encode(), *(number.to_bytes(32) for number in range(2000))]
        assert commitment(salt, text.encode()) == commit
        assert not any(commitment(guess, said.encode()) == commit for guess in guesses for said in words)


class TestRefuseRedaction:
    def test_leaves_the_words(self) -> None:
        redaction = refuse_redaction(redaction=asked(), by=SAM, at=AT)

        assert (redaction.state, redaction.order) == ("refused", None)
        assert verified() == []
        assert asked().state == "asked"

    def test_is_for_somebody_else(self) -> None:
        with pytest.raises(UnableToRedact, match="Somebody else"):
            refuse_redaction(redaction=asked(), by=JO, at=AT)


class TestGuards:
    def test_let_no_words_go_without_an_order(self) -> None:
        asked()

        with pytest.raises(DatabaseError, match="journal_payload_goes_by_order"), transaction.atomic():
            rows(Payload, pk=3)._raw_delete("default")

    def test_let_no_words_go_by_the_order_for_others(self) -> None:
        redact(redaction=asked(), by=SAM, at=AT)

        with pytest.raises(DatabaseError, match="journal_payload_goes_by_order"), transaction.atomic():
            rows(Payload, pk=4)._raw_delete("default")

    def test_let_no_order_stand_for_other_words(self) -> None:
        first = redact(redaction=asked(), by=SAM, at=AT)
        other = asked(WANTED._replace(seq=4))
        with pytest.raises(IntegrityError), transaction.atomic():
            rows(Redaction, pk=other.pk).update(state="done", order=first.order)
        forged = {"state": "done", "order": Entry.objects.get(act="journal.ask_redaction", seq=9)}

        rows(Redaction, pk=other.pk).update(**forged)
        with pytest.raises(DatabaseError, match="journal_payload_goes_by_order"), transaction.atomic():
            rows(Payload, pk=4)._raw_delete("default")

    @pytest.mark.parametrize(
        "change", [{"state": "asked"}, {"authority": "nobody"}, {"asked_by": "X"}, {"decided_by": JO.handle}]
    )
    def test_let_nothing_change_what_is_settled(self, change: dict[str, str]) -> None:
        redaction = redact(redaction=asked(), by=SAM, at=AT)

        with pytest.raises(DatabaseError, match="is_settled_once"), transaction.atomic():
            rows(Redaction, pk=redaction.pk).update(**change)

    def test_let_no_request_be_moved_to_other_words(self) -> None:
        redaction = asked()

        for change in ({"entry": 4}, {"asked_by": "X"}):
            with pytest.raises(DatabaseError, match="is_settled_once"), transaction.atomic():
                rows(Redaction, pk=redaction.pk).update(**change)

    def test_let_one_person_not_be_two(self) -> None:
        redaction = asked()

        with pytest.raises(IntegrityError, match="by_two_persons"), transaction.atomic():
            rows(Redaction, pk=redaction.pk).update(decided_by=JO.handle, state="refused")

    def test_keep_every_request(self) -> None:
        redaction = asked()

        with pytest.raises(DatabaseError, match="redaction_is_kept"), transaction.atomic():
            rows(Redaction, pk=redaction.pk)._raw_delete("default")


class TestVerified:
    def test_finds_words_that_went_without_an_order(self) -> None:
        redact(redaction=asked(), by=SAM, at=AT)

        remove(Payload, entry=4)

        assert [flaw[:] for flaw in verified()] == [(4, "What it said is missing.")]

    def test_finds_words_that_came_back(self) -> None:
        kept = Payload.objects.get(pk=3)
        salt, text = bytes(kept.salt), kept.text
        redact(redaction=asked(), by=SAM, at=AT)

        Payload.objects.create(entry_id=3, salt=salt, text=text)

        assert [flaw.seq for flaw in verified()] == [3]
        assert "still there" in verified()[0].what

    def test_believes_no_order_by_one_person(self, monkeypatch: pytest.MonkeyPatch) -> None:
        redaction = asked()
        monkeypatch.setattr(redacting, "_standing", lambda row, _: row)
        with pytest.raises(IntegrityError), transaction.atomic():
            redact(redaction=redaction, by=JO, at=AT)


class TestSubject:
    def test_is_amber_so_that_readers_are_noted(self) -> None:
        act(90, at=AT + dt.timedelta(hours=1))
        redaction = asked()

        assert Entry.objects.get(handle=redaction.handle).classification == "amber"

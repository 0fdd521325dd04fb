import datetime as dt

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.journal import queries, verify
from tallystick.journal.models import ClosedDay, Entry, Log, Node, Payload, Reading
from tallystick.journal.operations import close_readings_of, record_reading
from tallystick.journal.subjects import Actor
from tallystick.journal.verify import Flaw, flaws_at_the_head, recomputed_root, verified
from tests.journal.conftest import AT, JO, OTHER, act
from tests.journal.guards import remove, tamper


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestVerified:
    def test_finds_nothing_wrong_with_a_sound_log(self) -> None:
        assert verified() == flaws_at_the_head() == []

    def test_finds_a_changed_payload(self) -> None:
        text = Payload.objects.get(entry=4).text
        tamper(Payload, {"entry": 4}, text=text.replace("tried 4", "tried 5"))

        assert verified() == [Flaw(4, "What it says is not what it said.")]

    def test_finds_a_changed_salt(self) -> None:
        tamper(Payload, {"entry": 4}, salt=bytes(32))

        assert verified() == [Flaw(4, "What it says is not what it said.")]

    def test_finds_a_payload_that_is_gone(self) -> None:
        remove(Payload, entry=4)

        assert verified() == [Flaw(4, "What it said is missing.")]

    @pytest.mark.parametrize(
        ("column", "value"),
        [
            ("act", "runs.never"),
            ("actor", ""),
            ("code", "retail"),
            ("kind", "finding"),
            ("handle", OTHER.handle),
            ("classification", "red"),
            ("at", AT),
        ],
    )
    def test_finds_an_entry_moved_to_another_record(self, column: str, value: object) -> None:
        tamper(Entry, {"seq": 4}, **{column: value})

        assert verified() == [Flaw(4, f"Its column {column} is not what the leaf says.")]

    def test_finds_a_changed_leaf(self) -> None:
        leaf = bytes(Entry.objects.get(seq=4).leaf).replace(b"runs.try", b"runs.cry")
        tamper(Entry, {"seq": 4}, leaf=leaf, act="runs.cry")

        assert Flaw(4, "The kept hash over 1 entries from 4 is not theirs.") in verified()
        assert min(flaw.seq for flaw in verified() if flaw.seq is not None) == 4

    def test_finds_bytes_that_are_no_leaf(self) -> None:
        tamper(Entry, {"seq": 4}, leaf=b"{}")

        assert verified()[0] == Flaw(4, "These bytes are not a leaf.")

    @pytest.mark.parametrize("level", [0, 1, 2])
    def test_finds_a_changed_node(self, level: int) -> None:
        tamper(Node, {"level": level, "number": 0}, hash=bytes(32))

        assert verified() == [Flaw(0, f"The kept hash over {2**level} entries from 0 is not theirs.")]

    def test_finds_a_node_that_is_gone(self) -> None:
        remove(Node, level=1, number=2)

        assert [flaw.seq for flaw in verified()] == [4, None]

    def test_finds_a_node_too_many(self) -> None:
        Node.objects.create(level=9, number=9, hash=bytes(32))

        assert verified() == [Flaw(None, "The tree has 11 nodes; 12 are kept.")]

    def test_finds_an_entry_that_is_gone(self) -> None:
        remove(Payload, entry=4)
        remove(Entry, seq=4)

        assert verified() == [Flaw(4, "The entry is missing; the next is 5.")]

    def test_finds_a_log_cut_short(self) -> None:
        remove(Payload, entry=6)
        remove(Entry, seq=6)

        assert Flaw(None, "The head counts 7 entries; there are 6.") in verified()
        assert flaws_at_the_head() == [Flaw(None, "The head counts 7 entries; there are 6.")]

    def test_finds_another_root(self) -> None:
        tamper(Log, {}, root=bytes(32))

        assert verified() == [Flaw(None, "The root of the head is not that of the entries.")]
        assert flaws_at_the_head() == [Flaw(None, "The root of the head is not that of the nodes.")]

    def test_stops_at_the_number_asked_for(self) -> None:
        tamper(Payload, {}, text="{}")

        assert [flaw.seq for flaw in verified(most=3)] == [0, 1, 2]

    def test_finds_a_changed_reading(self) -> None:
        record_reading(subject=OTHER, by=JO, at=AT, address="/sec/a")
        close_readings_of(day=AT.date(), by=Actor("", "System"), at=AT + dt.timedelta(days=2))
        assert verified() == []

        tamper(Reading, {}, address="/sec/b")

        assert verified() == [Flaw(7, "The readings of 2021-09-20 are not those that were closed.")]

    def test_finds_a_digest_that_is_not_the_one_in_the_log(self) -> None:
        record_reading(subject=OTHER, by=JO, at=AT, address="/sec/a")
        close_readings_of(day=AT.date(), by=Actor("", "System"), at=AT + dt.timedelta(days=2))
        tamper(Reading, {}, address="/sec/b")

        tamper(ClosedDay, {}, root=queries.readings_of_day(AT.date())[1])

        assert verified() == [Flaw(7, "Its digest is not that of the readings of 2021-09-20.")]

    def test_looks_at_long_logs_in_parts(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(verify, "AT_ONCE", 2)

        assert verified() == []

    def test_of_an_empty_log_finds_nothing(self) -> None:
        for model in (Payload, Entry, Node, Log):
            remove(model)

        assert verified() == flaws_at_the_head() == []


@pytest.mark.django_db
class TestRecomputedRoot:
    def test_is_the_root_of_the_head_at_every_size(self) -> None:
        for number in range(20):
            assert recomputed_root().hex() == queries.head().root
            act(number)


@pytest.mark.django_db
@pytest.mark.usefixtures("log")
class TestTampering:
    @settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
    @given(st.integers(0, 6), st.sampled_from(["leaf", "salt"]), st.data())
    def test_with_any_bit_of_a_leaf_or_salt_is_found(
        self, seq: int, column: str, data: st.DataObject
    ) -> None:
        model, which = (Entry, {"seq": seq}) if column == "leaf" else (Payload, {"entry": seq})
        kept = bytes(getattr(model.objects.get(**which), column))
        bit = data.draw(st.integers(0, len(kept) * 8 - 1))
        changed = bytearray(kept)
        changed[bit // 8] ^= 1 << bit % 8

        tamper(model, which, **{column: bytes(changed)})
        first = verified()[0]
        tamper(model, which, **{column: kept})

        assert first.seq == seq
        assert verified() == []

import datetime as dt
import json
from pathlib import Path

import pytest

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.files import locked
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Summary
from tests.evidence.conftest import CODE, JULY, REQUESTS, Archive, origin, stands


class TestOpen:
    def test_tells_that_there_is_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToOpenStore, match=r"There is no store in .*Receive a file into it first\."):
            Store.open(tmp_path)

    def test_makes_nothing_until_something_is_received(self, tmp_path: Path) -> None:
        store = Store.open(tmp_path / "new", create=True)

        assert store.snapshot("small").streams() == ()
        assert not (tmp_path / "new").exists()

    def test_refuses_a_folder_of_other_files(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear all")

        with pytest.raises(UnableToOpenStore, match="holds other files"):
            Store.open(tmp_path, create=True)

    def test_refuses_a_store_of_another_version(self, tmp_path: Path) -> None:
        (tmp_path / "format").write_text("tallystick-store 9\n")

        with pytest.raises(UnableToOpenStore, match="says 'tallystick-store 9'; this version reads"):
            Store.open(tmp_path)

    def test_refuses_a_format_that_is_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "format").write_bytes(b"\xff\xfe")

        with pytest.raises(UnableToOpenStore, match="format cannot be read"):
            Store.open(tmp_path)


class TestSnapshot:
    def test_of_a_damaged_store_is_refused_and_holds_nothing(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")
        (archive.store.root / "HEAD").write_text("99")

        with pytest.raises(UnableToOpenStore, match="cannot be read"):
            archive.store.snapshot("small")

        with locked(archive.store.root / "locks" / "readers", wait=False):
            pass

    def test_that_cannot_be_written_down_as_once_known_says_so(self, archive: Archive) -> None:
        for n, row in enumerate(JULY[:2]):
            archive.send(REQUESTS, [row], f"{n}", on=f"2021-08-0{n + 2}")
        archive.send(REQUESTS, [{**JULY[0], "tries": 9}], "later", on="2021-08-09")
        (archive.store.root / "tmp").rmdir()
        (archive.store.root / "tmp").write_text("in the way")

        with pytest.raises(
            UnableToOpenStore, match=r"What was known earlier has to be written to .*, and that failed"
        ):
            archive.store.snapshot("small", known_on=dt.date(2021, 8, 5)).days("requests")


class TestReceive:
    def test_keeps_every_row_under_its_civil_day(self, archive: Archive) -> None:
        receipt = archive.send(REQUESTS, JULY, "july")

        days = archive.store.snapshot("small").days("requests")
        assert stands(archive, JULY)
        assert [str(day) for day in days] == ["2021-07-01", "2021-07-02", "2021-07-31"]
        assert [file.rows for file in days.values()] == [2, 1, 1]
        assert receipt.submission.summary == Summary(added=4)
        assert not receipt.repeated

    def test_makes_equal_bytes_of_equal_files_in_equal_order(self, tmp_path: Path) -> None:
        stores = []
        for place, clock in (("one", "2021-08-05"), ("two", "2021-09-09")):
            archive = Archive(tmp_path / place)
            for name, rows in (("a", JULY), ("b", JULY[1:3]), ("c", [{**JULY[0], "kind": "oil"}])):
                reading, sent = archive.read(REQUESTS, rows, name)
                archive.store.receive(reading, REQUESTS, CODE, origin(sent, taken_in=clock))
            stores.append(archive.files())

        one, two = stores
        assert one.keys() == two.keys()
        different = {name for name in one if one[name] != two[name]}
        assert different == {
            name for name in one if name.startswith("submissions/") and name.endswith(".json")
        }
        for name in different:
            told, again = json.loads(one[name]), json.loads(two[name])
            assert told.pop("taken_in_at") != again.pop("taken_in_at")
            assert told == again

    def test_changes_nothing_when_the_same_file_comes_again(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "july")
        before = archive.files()

        again = archive.send(REQUESTS, JULY, "july", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert archive.files() == before

    def test_says_nothing_of_others_who_sent_for_the_same_days(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY[:1], "alfa")
        archive.send(REQUESTS, JULY[1:2], "brvo", on="2021-08-03")

        again = archive.send(REQUESTS, JULY[:1], "alfa")

        assert (again.repeated, again.notes) == (True, ())

    def test_says_when_the_same_file_no_longer_stands(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "july")
        archive.send(REQUESTS, [{**JULY[2], "tries": 9}], "later", on="2021-08-03")

        again = archive.send(REQUESTS, JULY, "july", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert "does not change it back" in again.notes[0]
        assert stands(archive, [JULY[0], JULY[1], {**JULY[2], "tries": 9}, JULY[3]])

    def test_leaves_a_stream_received_by_an_empty_file(self, archive: Archive) -> None:
        archive.send(REQUESTS, [], "a")

        snapshot = archive.store.snapshot("small")
        assert snapshot.received("requests")
        assert not snapshot.days("requests")
        assert not snapshot.covered("requests")

    def test_tells_a_second_writer_to_come_back(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")
        reading, sent = archive.read(REQUESTS, JULY[:1], "b")

        with (
            locked(archive.store.root / "locks" / "writer"),
            pytest.raises(UnableToReceive, match="Another process is writing"),
        ):
            archive.store.receive(reading, REQUESTS, CODE, origin(sent), wait=False)


class TestPreview:
    def test_gives_the_receipt_that_receiving_would(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")
        reading, sent = archive.read(REQUESTS, [{**JULY[1], "tries": 5}], "b")
        before = archive.files()

        previewed = archive.store.preview(reading, REQUESTS, CODE, origin(sent, on="2021-08-03"))

        assert archive.files() == before
        assert archive.store.receive(reading, REQUESTS, CODE, origin(sent, on="2021-08-03")) == previewed

    def test_makes_no_store(self, archive: Archive) -> None:
        reading, sent = archive.read(REQUESTS, JULY, "july")

        previewed = archive.store.preview(reading, REQUESTS, CODE, origin(sent))

        assert previewed.submission.summary == Summary(added=4)
        assert not archive.store.root.exists()
        assert sorted(path.name for path in sent.parent.iterdir()) == ["july", "july.arrow"]

    def test_knows_a_file_again(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "july")
        reading, sent = archive.read(REQUESTS, JULY, "july")

        previewed = archive.store.preview(reading, REQUESTS, CODE, origin(sent))

        assert (previewed.repeated, previewed.submission) == (True, first.submission)

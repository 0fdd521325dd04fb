import datetime as dt
from pathlib import Path

import pytest

from tallystick.evidence.contents import Contents, Kept, UnableToOpenStore, day_folder, parts_of, written
from tallystick.evidence.labels import Labels
from tallystick.evidence.pairs import Pair
from tests.evidence.conftest import JULY, REQUESTS, Archive

PAIR = Pair("0123456789abcdef", 3, "a" * 64, "b" * 64)
KEPT = Kept(("E-1", "E-2"), ("f1", "f2"), {dt.date(2021, 7, 1): PAIR, None: PAIR})


class TestKept:
    def test_is_read_as_it_was_written(self) -> None:
        assert Kept.from_json(KEPT.as_json()) == KEPT


class TestContents:
    def test_of_a_store_that_received_nothing_are_empty(self, tmp_path: Path) -> None:
        contents = Contents.in_force(tmp_path)

        assert contents.number == 0
        assert contents.streams("small") == ()
        assert contents.kept("small", "requests") == Kept()
        assert contents.labels("small") == Labels()

    def test_following_name_the_same_things_by_the_same_names(self, tmp_path: Path) -> None:
        labels = Labels({"party": ("ALFA",)})
        before = Contents(tmp_path)

        after = before.following("small", "requests", KEPT, labels)
        later = after.following("small", "visits", Kept(), labels)

        assert after.number == 1
        assert after == before.following("small", "requests", KEPT, labels)
        assert later.lists["small"]["requests"] == after.lists["small"]["requests"]
        assert later.words == after.words
        assert later.streams("small") == ("requests", "visits")

    def test_tell_the_files_they_name(self, tmp_path: Path) -> None:
        contents = Contents(tmp_path).following("small", "requests", KEPT, Labels({"party": ("ALFA",)}))

        found = contents.files("small", KEPT, "requests")

        digest = PAIR.digest
        assert {str(path) for path in found} == {
            f"labels/small/party-{contents.words['small']['party']}.json",
            f"evidence/small/requests/{contents.lists['small']['requests']}.json",
            f"evidence/small/requests/day=2021-07-01/{digest}.parquet",
            f"evidence/small/requests/day=2021-07-01/{digest}.ids.parquet",
            f"evidence/small/requests/day=all/{digest}.parquet",
            f"evidence/small/requests/day=all/{digest}.ids.parquet",
        }

    @pytest.mark.parametrize("head", ["", "three", "7"])
    def test_are_refused_when_head_names_no_snapshot(self, tmp_path: Path, head: str) -> None:
        (tmp_path / "HEAD").write_text(head)

        with pytest.raises(UnableToOpenStore, match="HEAD names a snapshot that cannot be read"):
            Contents.in_force(tmp_path)


class TestPartsOf:
    def test_are_all_in_the_store(self, archive: Archive) -> None:
        submission = archive.send(REQUESTS, JULY, "july").submission

        found = parts_of([submission])

        assert len(found) == 6
        assert all((archive.store.root / path).exists() for path in found)


class TestDayFolder:
    def test_of_a_stream_without_days_is_all(self) -> None:
        assert day_folder("sec", "meters", None) == Path("evidence/sec/meters/day=all")


class TestWritten:
    def test_is_the_same_for_the_same_things_in_another_order(self) -> None:
        assert (
            written({"b": 1, "a": "é"})
            == written({"a": "é", "b": 1})
            == '{\n "a": "é",\n "b": 1\n}\n'.encode()
        )

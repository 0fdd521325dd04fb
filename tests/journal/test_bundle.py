import json
from pathlib import Path

import pytest

import tally_verify
from tallystick.journal import bundle, keys, queries
from tallystick.journal.bundle import UnableToBundle
from tallystick.journal.operations import record_reading
from tests.journal.conftest import AT, JO, ORIGIN, OTHER
from tests.journal.lived import DAYS, REMOVED, live, redacted

pytestmark = pytest.mark.django_db


@pytest.fixture
def written(home: Path, tmp_path: Path) -> Path:
    live(home)
    bundle.write(tmp_path / "bundle", home)
    return tmp_path / "bundle"


def lines(file: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]


class TestWrite:
    def test_states_the_log(self, written: Path, home: Path) -> None:
        stated = json.loads((written / "bundle.json").read_text())

        assert stated == {
            "format": "tally-bundle-v1",
            "origin": ORIGIN,
            "size": queries.head().size,
            "root": queries.head().root,
            "keys": [key.written for key in keys.stated(home)],
            "whole": True,
        }

    def test_holds_all_but_what_was_removed(self, written: Path) -> None:
        size = queries.head().size

        assert [one["seq"] for one in lines(written / "leaves.jsonl")] == list(range(size))
        assert [one["seq"] for one in lines(written / "payloads.jsonl")] == [
            seq for seq in range(size) if seq != REMOVED
        ]
        assert len(lines(written / "readings.jsonl")) == 4

    def test_holds_every_checkpoint_with_its_witnesses(self, written: Path, home: Path) -> None:
        there = {file.name: file.read_text() for file in (written / "checkpoints").iterdir()}

        assert len(there) == 3
        assert "— witness.example" in there[sorted(there)[1]]
        assert there == {file.name: file.read_text() for file in (home / "checkpoints").glob("[0-9]*.txt")}

    def test_is_checked_by_the_checker_of_others(self, written: Path, home: Path) -> None:
        known = [key.written for key in (*keys.stated(home), *keys.witnesses(home))]

        verdict = tally_verify.check_bundle(written, known)

        # All is well, and words were removed: not everything can be checked.
        assert (verdict.flaws, verdict.refused, verdict.code) == ([], "", 2)
        assert [one for one in verdict.unchecked if "redacted" not in one] == []

    def test_does_not_write_over_anything(self, written: Path, home: Path) -> None:
        with pytest.raises(UnableToBundle, match="there already"):
            bundle.write(written, home)

    def test_is_whole_or_not_there(self, home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        live(home)
        wrote = bundle._payloads

        def meanwhile(size: int):  # type: ignore[no-untyped-def]
            redacted(1, AT + 6 * DAYS)
            return wrote(size)

        monkeypatch.setattr(bundle, "_payloads", meanwhile)

        with pytest.raises(UnableToBundle, match="Words were removed"):
            bundle.write(tmp_path / "bundle", home)
        assert not (tmp_path / "bundle").exists()

    def test_holds_readings_of_days_that_are_open(self, home: Path, tmp_path: Path) -> None:
        live(home)
        record_reading(subject=OTHER, by=JO, at=AT + 7 * DAYS, address="/sec/")

        bundle.write(tmp_path / "later", home)

        verdict = tally_verify.check_bundle(tmp_path / "later", [])
        assert verdict.flaws == []
        assert any("reading" in one for one in verdict.unchecked)

    def test_is_for_its_owner(self, written: Path) -> None:
        assert written.stat().st_mode & 0o077 == 0

    def test_does_not_stumble_over_one_that_was_not_finished(self, home: Path, tmp_path: Path) -> None:
        live(home)
        (tmp_path / "bundle.part").mkdir()

        with pytest.raises(UnableToBundle, match="left from one that was not finished"):
            bundle.write(tmp_path / "bundle", home)

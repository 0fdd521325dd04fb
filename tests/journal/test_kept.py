import os
from pathlib import Path

import pytest

from tallystick.journal import kept


class TestKeep:
    def test_names_files_by_size(self, tmp_path: Path) -> None:
        kept.keep(tmp_path, 9004, "a\n")
        kept.keep(tmp_path, 12, "b\n")

        assert kept.file_of(tmp_path, 9004).name == "0000009004.txt"
        assert kept.sizes(tmp_path) == [12, 9004]
        assert kept.text_of(tmp_path, 12) == "b\n"

    def test_passes_over_what_is_no_checkpoint(self, tmp_path: Path) -> None:
        kept.keep(tmp_path, 12, "b\n")
        for name in ("keys.txt", "12.txt", "0000000013.txt.77.part", "00000000.txt"):
            (kept.folder(tmp_path) / name).write_text("")

        assert kept.sizes(tmp_path) == [12]

    def test_counts_no_name_that_its_own_would_not_be(self, tmp_path: Path) -> None:
        kept.keep(tmp_path, 12, "")
        for name in ("00000000013.txt", "\u0661000000014.txt"):
            (kept.folder(tmp_path) / name).write_text("")

        assert kept.sizes(tmp_path) == [12]

    def test_has_none_before_the_first(self, tmp_path: Path) -> None:
        assert kept.sizes(tmp_path) == []

    def test_shows_bytes_that_are_no_text(self, tmp_path: Path) -> None:
        kept.keep(tmp_path, 12, "")
        kept.file_of(tmp_path, 12).write_bytes(b"\xff")

        assert kept.text_of(tmp_path, 12) == "\ufffd"


class TestReplace:
    def test_leaves_the_file_as_it_was_when_it_cannot_be_written(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        kept.keep(tmp_path, 12, "before")

        def full(_: int) -> None:
            raise OSError("no space left")

        monkeypatch.setattr(os, "fsync", full)
        with pytest.raises(OSError, match="no space"):
            kept.keep(tmp_path, 12, "after")

        assert kept.text_of(tmp_path, 12) == "before"

    def test_is_on_the_disk_before_it_has_its_name(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen: list[list[int]] = []
        monkeypatch.setattr(os, "fsync", lambda _: seen.append(kept.sizes(tmp_path)))

        kept.keep(tmp_path, 12, "a")

        assert seen == [[], [12]]


class TestGiveUp:
    def test_lays_it_aside_beside_others_of_its_size(self, tmp_path: Path) -> None:
        for text in ("one", "two", "three"):
            kept.keep(tmp_path, 12, text)
            kept.give_up(tmp_path, 12)

        lost = {file.name: file.read_text() for file in (kept.folder(tmp_path) / "lost").iterdir()}
        assert kept.sizes(tmp_path) == []
        assert lost == {"0000000012.txt": "one", "0000000012-2.txt": "two", "0000000012-3.txt": "three"}

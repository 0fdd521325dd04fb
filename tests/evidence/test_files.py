from pathlib import Path

import pytest

from tallystick.evidence.files import Files, InUse, locked


class Recording(Files):
    def __init__(self) -> None:
        self.steps: list[str] = []

    def step(self, act: str, path: Path) -> None:
        self.steps.append(f"{act} {path.name}")


class TestFiles:
    def test_say_every_operation_before_it_is_done(self, tmp_path: Path) -> None:
        files = Recording()

        files.make_folder(tmp_path / "in" / "deep")
        files.make_lock(tmp_path / "lock")
        files.write(tmp_path / "a", [b"one", memoryview(b"two")])
        files.rename(tmp_path / "a", tmp_path / "in" / "b")
        files.sync_folder(tmp_path / "in")
        files.remove(tmp_path / "in" / "b")
        files.remove(tmp_path / "in" / "b")
        files.remove_empty_folder(tmp_path / "in" / "deep")

        assert files.steps == [
            "make_folder deep",
            "make_lock lock",
            "write a",
            "sync a",
            "rename b",
            "sync_folder in",
            "remove b",
            "remove b",
            "remove_folder deep",
        ]
        assert not (tmp_path / "in" / "deep").exists()

    def test_write_what_they_are_given(self, tmp_path: Path) -> None:
        Files().write(tmp_path / "a", [b"one", memoryview(b"two")])

        assert (tmp_path / "a").read_bytes() == b"onetwo"

    def test_never_write_over_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "a").write_text("kept")

        with pytest.raises(FileExistsError):
            Files().write(tmp_path / "a", [b"new"])

        assert (tmp_path / "a").read_text() == "kept"

    def test_leave_a_folder_that_is_not_empty(self, tmp_path: Path) -> None:
        (tmp_path / "in").mkdir()
        (tmp_path / "in" / "a").touch()

        Files().remove_empty_folder(tmp_path / "in")

        assert (tmp_path / "in" / "a").exists()


class TestLocked:
    def test_keeps_others_out_until_it_ends(self, tmp_path: Path) -> None:
        path = tmp_path / "lock"
        path.touch()

        with locked(path), pytest.raises(InUse), locked(path, wait=False):
            pass

        with locked(path, wait=False):
            pass

    def test_lets_many_share(self, tmp_path: Path) -> None:
        path = tmp_path / "lock"
        path.touch()

        with (
            locked(path, shared=True),
            locked(path, shared=True, wait=False),
            pytest.raises(InUse),
            locked(path, wait=False),
        ):
            pass

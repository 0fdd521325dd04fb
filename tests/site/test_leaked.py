import hashlib
import mmap
from pathlib import Path

import pytest

from tallystick.site import leaked
from tallystick.site.leaked import UnableToReadLeaked

WORDS = [f"leaked-word-{number}" for number in range(1000)]


def hashes(words: list[str]) -> list[str]:
    return sorted(hashlib.sha1(word.encode(), usedforsecurity=False).hexdigest().upper() for word in words)


@pytest.fixture
def hashed(tmp_path: Path) -> Path:
    file = tmp_path / "hashed.txt"
    lines = [f"{one}:{number % 7}" for number, one in enumerate(hashes(WORDS))]
    file.write_text("\n".join(lines) + "\n")
    return file


class TestAListOfHashes:
    def test_holds_each_of_its_passwords_and_no_other(self, hashed: Path) -> None:
        assert [word for word in WORDS if not leaked.holds(hashed, word)] == []
        assert [word for word in WORDS if leaked.holds(hashed, word + "!")] == []

    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    @pytest.mark.parametrize("is_ended", [True, False])
    def test_may_be_without_counts_and_end_its_lines_as_it_likes(
        self, tmp_path: Path, ending: str, *, is_ended: bool
    ) -> None:
        file = tmp_path / "bare.txt"
        text = ending.join(hashes(WORDS[:50])).lower() + (ending if is_ended else "")
        file.write_bytes(text.encode())

        assert all(leaked.holds(file, word) for word in WORDS[:50])
        assert not any(leaked.holds(file, word) for word in WORDS[50:])

    def test_of_one_line_is_enough(self, tmp_path: Path) -> None:
        file = tmp_path / "one.txt"
        file.write_text(hashes(["the only one"])[0])

        assert leaked.holds(file, "the only one")
        assert not leaked.holds(file, "another")

    def test_is_read_in_few_places(self, hashed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        looked: list[int] = []
        real = leaked._hash_at

        def counted(lines: mmap.mmap, start: int) -> bytes:
            looked.append(start)
            return real(lines, start)

        monkeypatch.setattr(leaked, "_hash_at", counted)

        leaked.holds(hashed, WORDS[3])

        assert len(looked) < 25

    def test_is_refused_where_it_is_not_sorted(self, hashed: Path) -> None:
        leaked.check(hashed)
        hashed.write_text("\n".join(reversed(hashed.read_text().split())))

        with pytest.raises(UnableToReadLeaked, match="not sorted"):
            leaked.check(hashed)


class TestAListOfPasswords:
    @pytest.mark.parametrize("ending", ["\n", "\r\n"])
    def test_holds_whole_lines_alone_in_any_order(self, tmp_path: Path, ending: str) -> None:
        file = tmp_path / "plain.txt"
        file.write_bytes(ending.join(["zebra crossing", "apple tart now", "last of them"]).encode())
        leaked.check(file)

        held = [
            word
            for word in ("zebra crossing", "apple tart now", "last of them", "apple", "zebra", "them", "tart")
            if leaked.holds(file, word)
        ]

        assert held == ["zebra crossing", "apple tart now", "last of them"]


class TestAFile:
    @pytest.mark.parametrize("name", ["empty.txt", "none.txt"])
    def test_that_cannot_be_read_is_said(self, tmp_path: Path, name: str) -> None:
        (tmp_path / "empty.txt").touch()

        for ask in (leaked.check, lambda file: leaked.holds(file, "x")):
            with pytest.raises(UnableToReadLeaked, match="cannot be read"):
                ask(tmp_path / name)

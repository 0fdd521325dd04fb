"""Nothing in the project says where it was made, or where its packages came from."""

import re
from pathlib import Path

import pytest

from tests.house.conftest import project_files

# Where packages are had is each machine's own affair: no address of an index or of a package file.
HOSTS = re.compile(r"https?://\S+/simple\b|https?://\S+\.(whl|tgz|tar\.gz)\b|--(extra-)?index" + "-url")
FOLDERS = re.compile(r"(?<![\w./-])/(work|root|home)" + "/[a-z]|(?<![\\w./-])/tmp" + "/[a-z]")
LOCKS = ["requirements.lock", "requirements-dev.lock"]
PINNED = re.compile(r"^[A-Za-z0-9][\w.-]*(\[[\w,-]+\])?==[\w.!+-]+( ;.*)?$")
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}")


def told(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path}:{number}"
        for path in project_files()
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


class TestProjectFiles:
    def test_name_no_package_registry(self) -> None:
        assert told(HOSTS) == []

    def test_name_no_folder_of_the_machine_they_were_written_on(self) -> None:
        assert told(FOLDERS) == []


class TestLocks:
    @pytest.mark.parametrize("name", LOCKS)
    def test_hold_nothing_but_versions_and_their_hashes(self, name: str) -> None:
        text = "\n".join(
            line
            for line in Path(name).read_text(encoding="utf-8").splitlines()
            if not line.lstrip().startswith("#")
        )

        entries = [entry.split() for entry in text.replace("\\\n", " ").splitlines() if entry.strip()]

        assert entries
        for name_and_version, *rest in entries:
            hashes = [word for word in rest if HASH.fullmatch(word)]
            assert PINNED.fullmatch(name_and_version)
            assert hashes
            assert all(HASH.fullmatch(word) for word in rest if word.startswith("-"))

    @pytest.mark.parametrize("name", LOCKS)
    def test_hold_no_address(self, name: str) -> None:
        text = Path(name).read_text(encoding="utf-8")

        assert "://" not in text
        assert " @ " not in text

    def test_of_the_product_is_part_of_the_developers(self) -> None:
        product, developers = (
            {
                line.split(" ")[0]
                for line in Path(name).read_text(encoding="utf-8").splitlines()
                if "==" in line
            }
            for name in LOCKS
        )

        assert product <= developers

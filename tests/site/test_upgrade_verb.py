import os
import subprocess
import sys
from pathlib import Path

import pytest

SETTINGS = {"DJANGO_SETTINGS_MODULE", "TALLY_HOME", "TALLY_SECRET"}
SURROUNDINGS = {name: value for name, value in os.environ.items() if name not in SETTINGS}


def said(verb: str, home: Path) -> str:
    return subprocess.run(  # noqa: S603 - our own interpreter and program
        [sys.executable, "-m", "tallystick.site", verb, "--home", str(home)],
        capture_output=True,
        text=True,
        check=True,
        env=SURROUNDINGS,
    ).stdout


class TestUpgrade:
    @pytest.mark.skipif("DATABASE_URL" in os.environ, reason="The database is not in the home")
    def test_makes_the_database_and_has_nothing_to_do_again(self, tmp_path: Path) -> None:
        first, second = (said("upgrade", tmp_path / "home") for _ in range(2))

        assert "Steps taken" in first
        assert "No copy was made" in first
        assert second == "Nothing to do: the database is of this version.\n"

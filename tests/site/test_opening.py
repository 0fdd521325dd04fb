import datetime as dt
from pathlib import Path

import click
import pytest

from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.opening import known


class TestKnown:
    def test_says_so_without_a_store(self, sec: Rulebook, tmp_path: Path) -> None:
        with pytest.raises(click.ClickException, match="There is no store in"):
            known(sec, tmp_path / "none", dt.date(2021, 9, 28))

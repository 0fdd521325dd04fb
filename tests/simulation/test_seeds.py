"""The same seed makes the same year, whatever is broken off in it; what goes wrong in a year is seen."""

from pathlib import Path

import pytest

from tallystick.cases.operations import talking
from tests.simulation import year as years
from tests.simulation.lives import TINY, forgotten

pytestmark = pytest.mark.django_db


class TestASeed:
    def test_makes_the_year_whatever_is_broken_off(self, tmp_path: Path) -> None:
        once = forgotten("seed", TINY, tmp_path)

        again = forgotten("seed", TINY, tmp_path, crashes=False)

        assert once == again
        assert once[1] == []

    def test_makes_another_year_than_another_seed(self, tmp_path: Path) -> None:
        short = TINY._replace(days=1)

        assert forgotten("this", short, tmp_path) != forgotten("that", short, tmp_path)


class TestWhatGoesWrong:
    def test_is_seen_where_an_act_writes_no_entry(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(talking, "enter", lambda *_: None)

        _, wrong = forgotten("silent", TINY._replace(days=16), tmp_path)

        assert any("wrote 0" in one for one in wrong)

    def test_is_seen_where_no_clock_passes(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(years, "pass_due", lambda **_: 0)

        _, wrong = forgotten("standing still", TINY, tmp_path)

        assert any("right_of_reply of course" in one for one in wrong)

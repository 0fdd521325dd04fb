import datetime as dt
from pathlib import Path

import click
import pytest

from tallystick.rulebook.rulebook import Rulebook
from tallystick.site.asking import DAY, PERIOD, known_day, rulebook_of


class TestRulebookOf:
    def test_finds_a_code_by_its_key(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.delenv("TALLY_RULEBOOKS", raising=False)

        assert rulebook_of("permits", None).code.key == "permits"

    def test_says_where_it_looked(self) -> None:
        with pytest.raises(click.ClickException, match=r"No rulebook is called 'nowhere'\. Looked for "):
            rulebook_of("nowhere", None)

    def test_tells_every_problem_of_a_folder(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        (tmp_path / "code.yaml").write_text("key: x\ntitel: X\n")

        with pytest.raises(click.ClickException, match="problems"):
            rulebook_of("x", tmp_path)

        assert "Did you mean 'title'?" in capsys.readouterr().err


class TestTypes:
    @pytest.mark.parametrize("text", ["2021-7", "July", "", "2021-13"])
    def test_refuse_what_is_no_period(self, text: str) -> None:
        with pytest.raises(click.BadParameter, match="is not a period"):
            PERIOD.convert(text, None, None)

    def test_refuse_what_is_no_day(self) -> None:
        with pytest.raises(click.BadParameter, match="is not a day"):
            DAY.convert("28/09/2021", None, None)


class TestKnownDay:
    def test_is_the_day_asked_for_or_today_where_the_code_is(self, sec: Rulebook) -> None:
        assert known_day(dt.date(2021, 9, 28), sec) == dt.date(2021, 9, 28)
        assert known_day(None, sec) >= dt.date(2026, 1, 1)

import json
from pathlib import Path

from tests.site.conftest import Tally


class TestDemo:
    def test_writes_the_year_where_it_is_told(self, run: Tally, tmp_path: Path) -> None:
        result = run("demo", "--out", str(tmp_path / "year"), "--seed", "3")

        assert result.exit_code == 0
        assert "planted exception lines" in result.output
        assert json.loads((tmp_path / "year" / "truth.json").read_text())["seed"] == 3

    def test_asks_where(self, run: Tally) -> None:
        assert "--out DIR" in run("demo").output

    def test_does_not_write_over_anything(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "kept.txt").write_text("mine")

        result = run("demo", "--out", str(tmp_path))

        assert result.exit_code == 1
        assert (tmp_path / "kept.txt").read_text() == "mine"


class TestVerify:
    def test_says_what_is_missing_in_words(self, run: Tally, tmp_path: Path) -> None:
        result = run("demo", "verify", str(tmp_path))

        assert result.exit_code == 1
        assert "Error:" in result.output

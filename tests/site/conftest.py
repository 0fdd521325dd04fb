"""The command line as a person would use it, in a folder of its own."""

from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from tallystick.site.cli import tally
from tests.site.browser import chromium
from tests.site.landed import landed

__all__ = ["chromium", "landed"]

Tally = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Tally:
    """Return a way to say `tally …` with a store in a fresh folder."""
    monkeypatch.setenv("TALLY_STORE", str(tmp_path / "store"))
    monkeypatch.setenv("TALLY_RULEBOOKS", str(Path("rulebooks").resolve()))

    def said(*words: str) -> Result:
        return CliRunner().invoke(tally, list(words), catch_exceptions=False)

    return said


@pytest.fixture
def received(run: Tally) -> Tally:
    """Return the same after July 2021's report was taken in."""
    report = "rulebooks/sec/examples/reported_2021-07.csv"
    result = run("receive", report, "--stream", "reported", "--received-at", "2021-09-03T14:00")
    assert result.exit_code == 0, result.output
    return run

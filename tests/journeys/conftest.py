"""A site of its own for every journey: a home, files read in this process, and a browser."""

from functools import partial
from pathlib import Path

import pytest
from pytest_django import Settings

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import read_with
from tallystick.runs import exclusions, sending
from tests.runs.conftest import of_recycling
from tests.site.browser import chromium

__all__ = ["chromium", "of_recycling"]


@pytest.fixture(autouse=True)
def home(tmp_path: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Path:
    settings.HOME, settings.STORE = tmp_path, tmp_path / "store"
    for reader in (sending, exclusions):
        monkeypatch.setattr(reader, "read_file", partial(read_with, run_here))
    return tmp_path

"""What the tests of processes share."""

import pytest

from tallystick.parties import rulebooks
from tallystick.rulebook.rulebook import Rulebook
from tests.processes.way import ruled

HERE = "tests/processes/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted here, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted" and report.nodeid.startswith(HERE):
                terminalreporter.write_line(f"counted: {value}")


@pytest.fixture
def rules(sec: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """Let the code have the process of these tests, and no other."""
    made = ruled(sec)
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: made)
    return made

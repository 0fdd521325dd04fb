"""What the tests of decisions share."""

import pytest

from tallystick.parties import rulebooks
from tallystick.rulebook.rulebook import Rulebook
from tests.decisions.chamber import ruled

HERE = "tests/decisions/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted here, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted" and report.nodeid.startswith(HERE):
                terminalreporter.write_line(f"counted: {value}")


@pytest.fixture
def rules(sec: Rulebook, monkeypatch: pytest.MonkeyPatch) -> Rulebook:
    """Let the code have more schemes than its own."""
    made = ruled(sec)
    monkeypatch.setattr(rulebooks, "_loaded", lambda _folder: made)
    return made

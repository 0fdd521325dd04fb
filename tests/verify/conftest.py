"""What tests of the checker have tried is said at the end, a line each."""

from collections.abc import Callable
from pathlib import Path

import pytest

import tally_verify

Run = Callable[..., tuple[int, str]]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    for report in terminalreporter.getreports("passed"):
        for name, value in report.user_properties:
            if name == "tried":
                terminalreporter.write_line(f"counted: {value}")


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    """Return a function that runs the command, and returns its exit code and what it printed."""

    def command(*words: str | Path) -> tuple[int, str]:
        code = tally_verify.main([str(word) for word in words])
        said = capsys.readouterr().out
        assert "the checker itself failed" not in said
        return code, said

    return command

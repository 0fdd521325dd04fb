"""What the tests of the witness count, told at their end."""

import pytest


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"counted: {value}")

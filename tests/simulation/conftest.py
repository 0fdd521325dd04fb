"""What was counted in simulations is said at the end."""

import pytest

HERE = "tests/simulation/"


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted here, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted" and report.nodeid.startswith(HERE):
                terminalreporter.write_line(f"counted: {value}")

"""The world, made once for each module, in a transaction around all of its tests."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker

from tallystick.evidence.store import VERSION
from tests.conformance.judge import Judge
from tests.conformance.world import World

Note = Callable[[str, object], None]


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print what was counted, also where several processes ran the tests."""
    for report in (*terminalreporter.getreports("passed"), *terminalreporter.getreports("failed")):
        for name, value in report.user_properties:
            if name == "counted":
                terminalreporter.write_line(f"counted: {value}")


@pytest.fixture(scope="session")
def judge() -> Judge:
    return Judge.of()


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    folder = tmp_path_factory.mktemp("home")
    with override_settings(HOME=folder, STORE=folder / "store"):
        yield folder


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker, home: Path) -> Iterator[World]:
    (home / "store").mkdir()
    (home / "store" / "format").write_text(f"{VERSION}\n")
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(home / "store")
        transaction.set_rollback(True)

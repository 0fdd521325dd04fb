"""What tests of several rooms ask for."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook

# A slow machine is no fault of the code; speed is measured in `make bench`, never here.
settings.register_profile("patient", deadline=None)
settings.load_profile("patient")


@pytest.fixture(scope="session")
def sec() -> Rulebook:
    """Return the Smart Energy Code's rulebook."""
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook


@pytest.fixture(scope="session", autouse=True)
def _wait_for_no_disk() -> Iterator[None]:
    """Let files be written without waiting for the disk: a test outlives no machine that stops.

    What is written when is seen by the tests that put something else here; programs of their own do wait.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(os, "fsync", lambda _: None)
        yield


@pytest.fixture(scope="session", autouse=True)
def _empty_the_journal_between_tests() -> Iterator[None]:
    """Let tests with real transactions be cleared away: the database empties nothing that is kept."""
    from django.test import TransactionTestCase  # noqa: PLC0415 - settings are ready only now

    from tests.decisions import guards, kept  # noqa: PLC0415
    from tests.journal.guards import unguarded  # noqa: PLC0415

    cleared = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]  # noqa: SLF001

    def clear(case: TransactionTestCase) -> None:
        with unguarded(), guards.unguarded(), kept.unguarded():
            cleared(case)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(TransactionTestCase, "_fixture_teardown", clear)
        yield

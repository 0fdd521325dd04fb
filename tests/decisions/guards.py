"""The guards of votes, taken away for a moment: to empty the database between tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module

from tests.decisions.kept import taken_away

STEP = import_module("tallystick.decisions.migrations.0002_what_was_closed_stays")
SAID = "what was voted on stays"


@contextmanager
def unguarded() -> Iterator[None]:
    """Let votes be changed, as whoever owns the database could."""
    with taken_away(SAID, (*STEP.KEPT, *STEP.OF_MOTIONS, "decisions_barred")):
        yield

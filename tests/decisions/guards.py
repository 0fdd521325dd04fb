"""The guards of votes, taken away for a moment: to empty the database between tests."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from types import SimpleNamespace

from django.apps import apps
from django.db import connection

STEP = import_module("tallystick.decisions.migrations.0002_what_was_closed_stays")
BY_ORDER = import_module("tallystick.decisions.migrations.0004_words_go_by_order")
BARRED = import_module("tallystick.decisions.migrations.0005_barred_stay")


@contextmanager
def unguarded() -> Iterator[None]:
    """Let votes be changed, as whoever owns the database could."""
    made = STEP.VENDORS[connection.vendor]()
    BARRED.unguard(apps, SimpleNamespace(connection=connection))
    with connection.cursor() as cursor:
        for _, taken in reversed(made):
            cursor.execute(taken)
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            for guard, _ in made:
                cursor.execute(guard)
        BY_ORDER.guard(apps, SimpleNamespace(connection=connection))
        BARRED.guard(apps, SimpleNamespace(connection=connection))

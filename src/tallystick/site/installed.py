"""Verbs that read or change an installation's database, and say what to do where it is not ready."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from tallystick.site.home import enter


@contextmanager
def installation(home: Path) -> Iterator[None]:
    """Let a verb use the installation in a folder.

    :raises click.ClickException: if its database has not been made, or is of another version
    """
    enter(home)
    from django.db.utils import OperationalError, ProgrammingError  # noqa: PLC0415 - Django is ready only now

    try:
        yield
    except (OperationalError, ProgrammingError) as unready:
        said = str(unready)[:120]
        raise click.ClickException(
            f"The database in {home} is not ready: {said}. Run `tally upgrade` first."
        ) from None

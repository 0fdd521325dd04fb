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


def may_write() -> None:
    """Refuse to go on where the journal is not what was signed, as the site does.

    :raises click.ClickException: saying what is wrong with it
    """
    from django.conf import settings  # noqa: PLC0415 - Django is ready only now

    from tallystick.journal import standing  # noqa: PLC0415 - as above

    why = standing.problem(settings.HOME)
    if why:
        raise click.ClickException(f"Read-only: {why}. See to it with tally recover first.")

"""The home of an installation, for verbs that need Django: it has to be named before Django is started."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import click

SETTINGS = "tallystick.site.settings"
HOME = "TALLY_HOME"

Verb = TypeVar("Verb", bound=Callable[..., None])


def home_option(verb: Verb) -> Verb:
    """Ask a verb's caller for the home."""
    return click.option(
        "--home",
        type=click.Path(file_okay=False, path_type=Path),
        envvar=HOME,
        default="tally-home",
        show_default=True,
        help="The folder that holds the installation.",
    )(verb)


def enter(home: Path) -> Path:
    """Start Django in a home, where this process sees everything, and return the home's whole path.

    :raises click.ClickException: if this process is in another home already, or the rules cannot be read
    """
    wanted = home.absolute()
    os.environ[HOME] = str(wanted)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    import django  # noqa: PLC0415 - only once the home is named
    from django.conf import settings  # noqa: PLC0415

    django.setup()
    if Path(settings.HOME) != wanted:
        raise click.ClickException(f"This process is at home in {settings.HOME}, not in {wanted}.")
    from tallystick.parties import row_security  # noqa: PLC0415 - needs Django started

    row_security.declare()
    return wanted

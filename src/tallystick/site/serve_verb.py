"""`tally serve`: the pages and one worker."""

import datetime as dt
import socket
from pathlib import Path

import click

from tallystick.site import home as homes

LOOPBACK = "127.0.0.1"
HELD_TO_NOTHING = (
    "PostgreSQL holds this user to no policy on rows: it is a superuser, or the tables are not under them. "
    "Give the site a user of its own; see docs/guide/serving.md."
)


@click.command()
@homes.home_option
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True, help="The port.")
@click.option(
    "--host", default=LOOPBACK, show_default=True, help="The address to listen on; a proxy stands before it."
)
def serve(*, home: Path, port: int, host: str) -> None:
    """Answer pages, and compute the runs that people ask for, until told to stop."""
    _check_free(host, port)
    entered = homes.enter(home)
    from django.conf import settings  # noqa: PLC0415 - needs Django started
    from django.db import connections  # noqa: PLC0415

    from tallystick.site import leaked, supervising, upgrading  # noqa: PLC0415

    if settings.IS_DEMO and host != LOOPBACK:
        raise click.ClickException(f"A demo listens on {LOOPBACK} alone: its accounts are for everybody.")
    if upgrading.is_new():
        upgrading.upgrade(dt.datetime.now(dt.UTC))
    elif upgrading.pending():
        raise click.ClickException(f"The database is of an older version. Run: tally upgrade --home {home}")
    _warn_of_loss()
    if settings.LEAKED_PASSWORDS is not None:
        try:
            leaked.check(settings.LEAKED_PASSWORDS)
        except leaked.UnableToReadLeaked as refusal:
            raise click.ClickException(str(refusal)) from None
    _warn_of_open_rows()
    connections.close_all()
    (entered / "static").mkdir(exist_ok=True)
    # passkeys need a name: an address of four numbers is none
    click.echo(f"http://localhost:{port}")
    pages, worker = supervising.pages_command(host, port), supervising.worker_command(entered)
    try:
        supervising.Supervisor(pages, worker).run()
    except supervising.UnableToServe as refusal:
        raise click.ClickException(str(refusal)) from None


def _warn_of_open_rows() -> None:
    from tallystick.parties import row_security  # noqa: PLC0415 - needs Django started

    if row_security.is_wanting():
        click.echo(HELD_TO_NOTHING, err=True)


def _warn_of_loss() -> None:
    from tallystick.site import read_only  # noqa: PLC0415 - needs Django started

    if why := read_only.look():
        click.echo(f"Read-only: {why}. Restore what is missing, or see `tally recover`.", err=True)


def _check_free(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            trial.bind((host, port))
        except OSError as error:
            raise click.ClickException(
                f"Port {port} of {host} cannot be used: {error.strerror}. Choose another with --port."
            ) from None

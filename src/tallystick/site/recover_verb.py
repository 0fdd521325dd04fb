"""`tally recover`: go on after a loss, which the log itself then names."""

from pathlib import Path

import click

from tallystick.site.home import home_option
from tallystick.site.installed import installation


@click.command()
@click.option("--accept-loss", is_flag=True, help="Write down what is lost, and let the site be written to.")
@home_option
def recover(*, accept_loss: bool, home: Path) -> None:
    """Say why the site may only be read; with --accept-loss name what is lost in the log, and go on."""
    with installation(home):
        from django.conf import settings  # noqa: PLC0415 - Django is ready only now
        from django.utils import timezone  # noqa: PLC0415 - as above

        from tallystick.journal import recovering, signing, standing  # noqa: PLC0415 - as above
        from tallystick.journal.subjects import Actor  # noqa: PLC0415 - as above

        why = standing.problem(settings.HOME)
        if not why:
            click.echo("The journal holds all that was signed. There is nothing to do.")
            return
        click.echo(f"Read-only: {why}.")
        if not accept_loss:
            raise click.ClickException("Restore what is missing; or give it up with --accept-loss.")
        by = Actor("", "System administrator, command line")
        try:
            entry = recovering.recover(home=settings.HOME, by=by, at=timezone.now())
        except recovering.UnableToRecover as refusal:
            raise click.ClickException(str(refusal)) from None
        signing.checkpoint_if_due(settings.HOME, timezone.now(), whole=True)
        click.echo(f"Entry {entry.seq:,} says so. The site may be written to again.")

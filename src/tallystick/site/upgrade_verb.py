"""`tally upgrade`: bring the database to this version."""

import datetime as dt
from pathlib import Path

import click

from tallystick.site import home as homes


@click.command()
@homes.home_option
def upgrade(*, home: Path) -> None:
    """Copy the database aside, then bring it to the form that this version reads."""
    homes.enter(home)
    from tallystick.site import upgrading  # noqa: PLC0415 - needs Django started

    done = upgrading.upgrade(dt.datetime.now(dt.UTC))
    if not done.steps:
        click.echo("Nothing to do: the database is of this version.")
        return
    if done.backup:
        click.echo(f"Copy from before: {done.backup}")
    else:
        click.echo("No copy was made: the database is new, or PostgreSQL's own backup is to be used.")
    click.echo(f"Steps taken: {len(done.steps)}.")

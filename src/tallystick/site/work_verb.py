"""`tally work`: the worker alone."""

from pathlib import Path

import click

from tallystick.site import home as homes


@click.command()
@homes.home_option
@click.option("--parent", type=int, default=0, help="End when this process, which started it, has gone.")
def work(*, home: Path, parent: int) -> None:
    """Compute the runs that wait, one by one, until told to stop."""
    homes.enter(home)
    from tallystick.runs import tasks  # noqa: PLC0415 - needs Django started
    from tallystick.site import daily  # noqa: PLC0415

    tasks.work(parent=parent, daily=daily.CHORES)

"""`tally demo`: a made-up year with known truth, and the comparison with it."""

import datetime as dt
import json
import os
import shutil
import sys
from pathlib import Path
from typing import Literal

import click

from tallystick.demo.plant import plant
from tallystick.demo.plant.year import UnableToPlant
from tallystick.demo.truth import Truth, UnableToReadTruth
from tallystick.demo.verify import UnableToVerify, changed_files
from tallystick.demo.verify import verify as compare
from tallystick.month.assess import assess
from tallystick.rulebook.periods import Span
from tallystick.site import asking, opening
from tallystick.site.home import home_option
from tallystick.site.installed import installation, may_write
from tallystick.site.taking_in import take_in

CODE = "sec"
SEED = 1
MARK = "demo.json"


class _Demo(click.Group):
    """`tally demo --out DIR` writes the year; `tally demo verify DIR` compares."""


@click.group(cls=_Demo, invoke_without_command=True)
@click.option("--out", type=asking.FOLDER, help="Write the year here.")
@click.option("--scale", type=click.Choice(["small", "medium"]), default="small", show_default=True)
@click.option("--seed", type=click.IntRange(0, 2**32 - 1), default=SEED, show_default=True)
@click.pass_context
def demo(ctx: click.Context, *, out: Path | None, scale: Literal["small", "medium"], seed: int) -> None:
    """Write a made-up SEC year with what was planted in it, take it in, and compare."""
    if ctx.invoked_subcommand is not None:
        return
    if out is None:
        raise click.UsageError("Say where to write the year: --out DIR.")
    try:
        planted = plant(out, scale=scale, seed=seed)
    except UnableToPlant as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(
        f"{out}: {planted.files} files, {planted.rows:,} rows, {planted.lines:,} planted exception lines."
    )


@demo.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@asking.rules_option
@click.option("--quiet", is_flag=True, help="No progress.")
def load(folder: Path, *, rules: Path | None, quiet: bool) -> None:
    """Take in the year in FOLDER, in the order it was sent, into FOLDER/store."""
    taken = take_in(folder, asking.rulebook_of(CODE, rules), quiet=quiet)
    click.echo(
        f"{folder / 'store'}: {taken.files} files, {taken.rows:,} rows: {taken.accepted:,} accepted, "
        f"{taken.held:,} held, {taken.refused:,} refused."
    )


@demo.command()
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@asking.rules_option
@click.option("--json", "as_json", is_flag=True, help="Print the comparison as JSON.")
def verify(folder: Path, *, rules: Path | None, as_json: bool) -> None:
    """Compare the exception lines and findings of FOLDER with its truth."""
    rulebook = asking.rulebook_of(CODE, rules)
    try:
        truth = Truth.read(folder)
        known = opening.known(rulebook, folder / "store", dt.date.fromisoformat(truth.known_on))
        assessments = [assess(known, Span.parse(period), with_lines=True) for period in truth.periods]
        compared = compare(truth, assessments)
    except (UnableToReadTruth, UnableToVerify) as refusal:
        raise click.ClickException(str(refusal)) from None
    changed = changed_files(truth, folder)
    if as_json:
        click.echo(json.dumps({**compared.as_json(), "changed_files": list(changed)}, indent=2))
    else:
        click.echo("\n".join([compared.words(), *changed]))
    if not compared.agrees or changed:
        sys.exit(1)


@demo.command()
@click.argument("role")
@home_option
@click.option("--password", is_flag=True, help="Give the person another password first, and print it.")
def code(role: str, *, home: Path, password: bool) -> None:
    """Print the one-time code of the demonstration's person in ROLE, such as analyst."""
    with installation(home):
        from tallystick.site import demo_people  # noqa: PLC0415 - Django is ready only now

        try:
            if password:
                may_write()
                click.echo(f"password {demo_people.new_password(role)}")
            shown, seconds = demo_people.code_of(role)
        except demo_people.UnableToShow as refusal:
            raise click.ClickException(str(refusal)) from None
        click.echo(shown)
        click.echo(f"holds for {seconds} s, once", err=True)


@demo.command()
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--month", "months", multiple=True, type=asking.PERIOD, help="Only this month; repeatable.")
@click.option("--scale", type=click.Choice(["small", "medium"]), default="small", show_default=True)
@click.option("--rest-later", is_flag=True, help="Leave the other months to the worker of `tally serve`.")
@click.option("--quiet", is_flag=True, help="No progress.")
def site(
    folder: Path,
    *,
    months: tuple[Span, ...],
    scale: Literal["small", "medium"],
    rest_later: bool,
    quiet: bool,
) -> None:
    """Make FOLDER an installation that shows the year, with people to sign in as, and print them.

    The year is written and taken in first, if it is not there. What was made before stays as it is.
    """
    _planted(folder, scale, quiet=quiet)
    with installation(folder):
        from tallystick.site import demo_site  # noqa: PLC0415 - Django is ready only now

        def tell(step: str) -> None:
            if not quiet:
                click.echo(step, err=True)

        try:
            accounts = demo_site.make([str(one) for one in months], tell, rest_later=rest_later)
        except demo_site.UnableToMakeSite as refusal:
            raise click.ClickException(str(refusal)) from None
        for account in accounts:
            click.echo(f"{account.role:18} {account.email:34} {account.password or 'as shown before'}")
        click.echo(f"One-time codes: {_program()} demo code ROLE --home {folder} [--password for a new one]")


def _program() -> str:
    """Return how this program is called from here."""
    return "tally" if shutil.which("tally") else os.path.relpath(sys.argv[0])


def _planted(folder: Path, scale: Literal["small", "medium"], *, quiet: bool) -> None:
    """Write the year into a folder and take it in, unless that was done, and mark it as a demonstration."""
    mark = folder / MARK
    if mark.exists():
        return
    try:
        if not (folder / "manifest.json").exists():
            plant(folder, scale=scale, seed=SEED)
    except UnableToPlant as refusal:
        raise click.ClickException(str(refusal)) from None
    take_in(folder, asking.rulebook_of(CODE, None), quiet=quiet)
    told = {"made_by": "tally demo site", "day": Truth.read(folder).known_on}
    mark.write_text(json.dumps(told) + "\n", encoding="utf-8")

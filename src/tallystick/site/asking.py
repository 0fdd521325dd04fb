"""What several verbs ask for: a code's rulebook, a store, a period, a day of knowledge."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

from tallystick.rulebook.load import load
from tallystick.rulebook.periods import Span, UnreadablePeriod
from tallystick.rulebook.problems import nearest
from tallystick.rulebook.rulebook import Rulebook

STORE = "tally-store"
MOST_SHOWN = 200


def rulebook_of(code: str, folder: Path | None) -> Rulebook:
    """Return a code's rulebook, or tell everything that is wrong with it and stop."""
    root = folder or _found(code)
    loaded = load(root)
    if loaded.rulebook is None:
        for problem in loaded.problems[:MOST_SHOWN]:
            click.echo(str(problem), err=True)
        raise click.ClickException(f"The rulebook in {root} has {len(loaded.problems)} problems.")
    return loaded.rulebook


def _found(code: str) -> Path:
    """Look for the code under TALLY_RULEBOOKS, here, and beside the program."""
    places = [Path(os.environ["TALLY_RULEBOOKS"])] if "TALLY_RULEBOOKS" in os.environ else []
    places += [Path("rulebooks"), Path("rulebooks/examples")]
    beside = Path(__file__).parents[3] / "rulebooks"
    places += [beside, beside / "examples"]
    for place in places:
        if (place / code / "code.yaml").is_file():
            return place / code
    looked = ", ".join(str(place / code) for place in places)
    raise click.ClickException(f"No rulebook is called {code!r}. Looked for {looked}.")


class PeriodType(click.ParamType[Span]):
    """A month, quarter or year, such as 2021-07."""

    name = "period"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Span:
        if isinstance(value, Span):
            return value
        try:
            return Span.parse(value)
        except UnreadablePeriod as unreadable:
            self.fail(str(unreadable), param, ctx)


class DayType(click.ParamType[dt.date]):
    """A civil day, such as 2021-09-28."""

    name = "day"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.date:
        try:
            return value if isinstance(value, dt.date) else dt.date.fromisoformat(value)
        except ValueError:
            self.fail(f"{value[:20]!r} is not a day. Write one such as 2021-09-28.", param, ctx)


PERIOD = PeriodType()
DAY = DayType()
FILE = click.Path(dir_okay=False, path_type=Path)
FOLDER = click.Path(file_okay=False, path_type=Path)

code_option = click.option("--code", default="sec", show_default=True, help="The code's key.")
rules_option = click.option("--rules", type=FOLDER, help="The rulebook's folder, if not found by key.")
store_option = click.option(
    "--store",
    type=FOLDER,
    default=Path(STORE),
    envvar="TALLY_STORE",
    show_default=True,
    help="Where evidence is kept.",
)
known_option = click.option(
    "--as-known-on", type=DAY, help="Use what had been received by that day; by default today."
)


def of_a_month(verb: Callable[..., None]) -> Callable[..., None]:
    """Give a verb the options that name a code, a month, a day of knowledge, a store and a rulebook."""
    month = click.option("--period", required=True, type=PERIOD, help="The month, such as 2021-07.")
    for option in (rules_option, store_option, known_option, month, code_option):
        verb = option(verb)
    return verb


def known_day(asked: dt.date | None, rulebook: Rulebook) -> dt.date:
    """Return the day of knowledge: the one asked for, else today in the code's time zone."""
    return asked or dt.datetime.now(rulebook.code.zone).date()


def measure_of(rulebook: Rulebook, key: str) -> Any:
    """Return a measure by key, or name the nearest and stop."""
    if key in rulebook.measures:
        return rulebook.measures[key]
    guess = nearest(key, rulebook.measures)
    hint = (
        f" Did you mean {guess}?" if guess else f" Use one of {', '.join(sorted(rulebook.measures)[:12])} …"
    )
    raise click.ClickException(f"No measure of {rulebook.code.key} is called {key[:40]!r}.{hint}")

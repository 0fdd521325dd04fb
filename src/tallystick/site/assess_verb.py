"""`tally assess`: grade a month."""

import datetime as dt
from pathlib import Path
from typing import Literal

import click

from tallystick.month import assess as month_assess
from tallystick.month import export, report, table
from tallystick.month.assessment import Assessment
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import asking, opening

Form = Literal["table", "json", "csv"]


@click.command()
@asking.code_option
@click.option("--period", required=True, type=asking.PERIOD, help="The month, such as 2021-07.")
@click.option("--by", default="", help="Drill-downs, such as region,party.")
@asking.known_option
@asking.store_option
@asking.rules_option
@click.option("--json", "form", flag_value="json", help="Print JSON.")
@click.option("--csv", "form", flag_value="csv", help="Print the figures as CSV.")
@click.option(
    "--html", type=click.Path(dir_okay=False, path_type=Path), help="Write the report to this file."
)
def assess(  # noqa: PLR0913 - one argument an option
    *,
    code: str,
    period: Span,
    by: str,
    as_known_on: dt.date | None,
    store: Path,
    rules: Path | None,
    form: Form | None,
    html: Path | None,
) -> None:
    """Grade every measure of a month, list the findings and what is missing."""
    if period.months != 1:
        raise click.BadParameter(
            f"{period} is not a month. Write one such as 2021-07.", param_hint="--period"
        )
    rulebook = asking.rulebook_of(code, rules)
    known_on = asking.known_day(as_known_on, rulebook)
    columns = tuple(name.strip() for name in by.split(",") if name.strip())
    _check_columns(columns, rulebook)
    known = opening.known(rulebook, store, known_on)
    assessed = month_assess.assess(known, period, by=columns)
    show(assessed, form or "table")
    if html is not None:
        html.write_text(report.html(assessed), encoding="utf-8")
        click.echo(f"Report: {html}", err=True)


def _check_columns(columns: tuple[str, ...], rulebook: Rulebook) -> None:
    known = sorted({name for one in rulebook.measures.values() for name in getattr(one, "groups", ())})
    for column in columns:
        if column not in known:
            message = f"no measure is drilled down by {column[:40]!r}. Use {', '.join(known)}."
            raise click.BadParameter(message, param_hint="--by")


def show(assessed: Assessment, form: Form) -> None:
    """Print an assessment in the form asked for."""
    if form == "json":
        click.echo(export.as_json(assessed), nl=False)
    elif form == "csv":
        click.echo(export.as_csv(assessed), nl=False)
    else:
        table.print_month(assessed)

"""`tally lines`: the rows that failed, for whoever has to put them right."""

import csv
import datetime as dt
import sys
from pathlib import Path

import click

from tallystick.findings.lines import exception_lines
from tallystick.month.export import safe_cell
from tallystick.month.figures import answerable
from tallystick.month.ledger import Ledger
from tallystick.rulebook.periods import Span
from tallystick.site import asking, opening


@click.command()
@click.argument("measure")
@asking.of_a_month
@click.option("--party", help="Only the lines of this party or provider.")
def lines(  # noqa: PLR0913 - one argument an option
    *,
    measure: str,
    code: str,
    period: Span,
    party: str | None,
    as_known_on: dt.date | None,
    store: Path,
    rules: Path | None,
) -> None:
    """Print the exception lines of MEASURE in a month as CSV."""
    rulebook = asking.rulebook_of(code, rules)
    rule = asking.measure_of(rulebook, measure)
    known = opening.known(rulebook, store, asking.known_day(as_known_on, rulebook))
    column = answerable(rulebook, rule)
    span = Ledger(known, period).span(rule, period)
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(("measure", "key", "subject", "day", "why"))
    for line in exception_lines(known, rule, span, subject=column):
        if party in (None, line.subject):
            writer.writerow(
                safe_cell(cell) for cell in (line.measure, line.key, line.subject, line.day, line.why)
            )

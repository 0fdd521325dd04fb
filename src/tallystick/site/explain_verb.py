"""`tally explain`: how one figure was made, from its clause to the files it was counted from."""

import datetime as dt
from pathlib import Path
from typing import Any

import click
import ibis

from tallystick.measures.counted import summed
from tallystick.measures.evaluate import ADDITIVE, atoms, evidence_days
from tallystick.measures.known import Known
from tallystick.month import figures
from tallystick.month.ledger import Ledger
from tallystick.rulebook.measures import FollowsWithin, Matches, NoOverlap
from tallystick.rulebook.periods import Span
from tallystick.site import asking, opening

FILES_SHOWN = 40


@click.command()
@click.argument("measure")
@asking.of_a_month
def explain(
    *,
    measure: str,
    code: str,
    period: Span,
    as_known_on: dt.date | None,
    store: Path,
    rules: Path | None,
) -> None:
    """Show the rule of MEASURE, its numbers, the query and the files behind it."""
    rulebook = asking.rulebook_of(code, rules)
    rule = asking.measure_of(rulebook, measure)
    known = opening.known(rulebook, store, asking.known_day(as_known_on, rulebook))
    ledger = Ledger(known, period)
    _tell_rule(ledger, rule)
    _tell_numbers(ledger, rule)
    _tell_query(known, ledger, rule)
    _tell_files(known, ledger, rule)


def _tell_rule(ledger: Ledger, rule: Any) -> None:
    book, month = ledger.known.rulebook, ledger.month
    owed = book.obligations[rule.obligation]
    click.echo(f"{rule.key}: {rule.title}")
    click.echo(f"  Clause     {', '.join(rule.clause)} (source {rule.source})")
    click.echo(f"  Obligation {owed.key}: {owed.title}, owed by {owed.owner}")
    click.echo(f"  Kind       {rule.kind}; edition {book.edition[:12]}")
    level = book.level_on(rule.key, month.last)
    if level is not None:
        words = [f"target {level.target}%" if level.target is not None else ""]
        words.append(f"minimum {level.minimum}%" if level.minimum is not None else "")
        words.append(f"band {level.band[0]}% to {level.band[1]}%" if level.band else "")
        mark = "" if level.verified else " (not yet checked against the code)"
        click.echo(f"  Level      {', '.join(word for word in words if word)}{mark}")
    limit = getattr(rule, "limit", None)
    if limit is not None:
        parameter = book.parameters[limit.parameter]
        value = parameter.value_on(month.last)
        shown = value.value if value.value is not None else f"a table by {', '.join(parameter.by)}"
        mark = "" if value.verified else " (not yet checked against the code)"
        click.echo(f"  Limit      {parameter.title}: {shown} {parameter.unit}{mark}")
    if not figures.is_verified(ledger, rule):
        click.echo("  Not everything this rests on has been checked against the code.")


def _tell_numbers(ledger: Ledger, rule: Any) -> None:
    point = figures.point(ledger, rule, ledger.month)
    counted, stated = ledger.sums(rule, ledger.month), ledger.statement(rule, ledger.month)
    span = ledger.span(rule, ledger.month)
    click.echo(f"\nIn {ledger.month.words}, events of {span.first} to {span.last}, as known on")
    click.echo(f"{ledger.known.known_on}:")
    state = point.state.replace("_", " ")
    click.echo(f"  {state}" + (f", {point.share}%" if point.share else ""))
    if counted is not None:
        click.echo(f"  Computed   {counted.numerator:,} of {counted.denominator:,}; {counted.open:,} open, "
                   f"{counted.held:,} held, {counted.left_out:,} excluded")  # fmt: skip
    if stated is not None:
        of = (
            f"{stated.numerator:,} of {stated.denominator:,}"
            if stated.denominator
            else f"{stated.share or 'no figure'}"
        )
        click.echo(f"  Reported   {of} in {stated.report} ({stated.status or 'no words'})")
    for part in ledger.known.rulebook.parts_of(rule.key):
        sums = ledger.sums(part, ledger.month)
        numbers = f"{sums.numerator:,} of {sums.denominator:,}" if sums else "not received"
        click.echo(f"  + {part.key:<16} {numbers}")


def _tell_query(known: Known, ledger: Ledger, rule: Any) -> None:
    if not isinstance(rule, (*ADDITIVE, FollowsWithin, Matches, NoOverlap)):
        return
    if not all(known.has(stream) for stream in rule.streams):
        return
    span = ledger.span(rule, ledger.month)
    rows = atoms(known, rule, evidence_days(known, rule, span), placed=not isinstance(rule, ADDITIVE))
    query = ibis.to_sql(summed(rows, f"{rule.at}__day", rule.groups), dialect="duckdb")
    click.echo(f"\nThe query, over the files below:\n{query}")


def _tell_files(known: Known, ledger: Ledger, rule: Any) -> None:
    span = ledger.span(rule, ledger.month)
    streams = dict.fromkeys(rule.streams)
    for part in known.rulebook.parts_of(rule.key):
        streams |= dict.fromkeys(part.streams)
    click.echo("\nFiles:")
    for stream in streams:
        files = known.snapshot.days(stream)
        chosen = [(day, file) for day, file in files.items() if day is None or day in span]
        for day, file in chosen[:FILES_SHOWN]:
            click.echo(f"  {stream} {day or 'all days'}: {file.rows:,} rows, {file.digest[:16]}")
        if not chosen:
            click.echo(f"  {stream}: nothing received")
    click.echo(f"Snapshot {known.snapshot.id}")

"""`tally rulebook`: check, show, compare."""

import datetime as dt
import json
import sys
from pathlib import Path
from typing import Any

import click

from tallystick.decisions.examples import failures_of as failures_of_votes
from tallystick.rulebook.coverage import coverage as covered
from tallystick.rulebook.diff import diff as changes
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import asking

EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group()
def rulebook() -> None:
    """Check, show and compare a code's rules."""


@rulebook.command()
@click.argument("folder", type=EXISTING)
@click.option("--json", "as_json", is_flag=True, help="Print problems as JSON.")
@click.option("--no-examples", is_flag=True, help="Do not run the worked examples.")
def check(folder: Path, *, as_json: bool, no_examples: bool) -> None:
    """Read every file in FOLDER and run its worked examples; tell every problem at once."""
    loaded = load(folder)
    failures: list[str] = []
    if loaded.rulebook is not None and not no_examples:
        from tallystick.month.examples import failures_of  # noqa: PLC0415 - the engine is slow to import

        failures = [*failures_of(loaded.rulebook, folder), *failures_of_votes(loaded.rulebook, folder)]
    if as_json:
        problems = [problem.as_json() for problem in loaded.problems]
        click.echo(json.dumps({"problems": problems, "examples": failures}, indent=2))
    else:
        for problem in loaded.problems:
            click.echo(str(problem))
        for failure in failures:
            click.echo(failure)
    if loaded.problems or failures:
        sys.exit(1)
    if loaded.rulebook is not None and not as_json:
        book = loaded.rulebook
        click.echo(
            f"{book.code.title}: {len(book.clauses)} clauses, {len(book.obligations)} obligations, "
            f"{len(book.measures)} measures, {len(book.streams)} streams, {len(book.bodies)} bodies, "
            f"{len(book.voting)} voting schemes, {len(book.processes)} processes, {len(book.risks)} risks, "
            f"{len(book.techniques)} techniques. No problems. Edition {book.edition[:12]}."
        )


@rulebook.command()
@click.argument("code")
@click.option("--on", type=asking.DAY, help="Values in force on that day; by default today.")
@asking.rules_option
def show(code: str, *, on: dt.date | None, rules: Path | None) -> None:
    """Show what CODE states on a day: obligations, measures with their levels, parameters."""
    book = asking.rulebook_of(code, rules)
    day = asking.known_day(on, book)
    click.echo(
        f"{book.code.title} on {day}. Edition {book.edition[:12]}. † not yet checked against the code.\n"
    )
    for owed in book.obligations.values():
        suspended = "" if owed.enforced_on(day) else ", not pursued"
        click.echo(f"{owed.key} ({', '.join(owed.clause)}): {owed.title}{_mark(owed.verified)}{suspended}")
        for measure in (one for one in book.measures.values() if one.obligation == owed.key):
            click.echo(
                f"  {measure.key:<18} {measure.title}{_level(book, measure, day)}{_mark(measure.verified)}"
            )
    click.echo("\nParameters:")
    for parameter in book.parameters.values():
        if min(parameter.values) <= day:
            value = parameter.value_on(day)
            shown = value.value if value.value is not None else f"table by {', '.join(parameter.by)}"
            click.echo(f"  {parameter.key:<24} {shown} {parameter.unit}{_mark(value.verified)}")
    _show_bodies(book, day)
    for cls in book.handling.classes:
        sentence = book.handling.sentence(cls, day)
        click.echo(f"{cls.capitalize()}: {sentence.says}{_mark(sentence.verified)}")


def _show_bodies(book: Rulebook, day: dt.date) -> None:
    """Show each body with its seats on the day, and how it votes."""
    if book.bodies:
        click.echo("\nBodies:")
    for body in book.bodies.values():
        seats = ", ".join(f"{name} {number}" for name, number in book.seats_on(body.key, day).items())
        appeals = f"; appeals to {body.appeals_to}" if body.appeals_to else ""
        proposed = ", proposed" if body.proposed else ""
        click.echo(f"{body.key} ({body.kind}{proposed}): {body.name}{_mark(body.verified)}{appeals}")
        click.echo(f"  seats: {seats or 'not stated'}")
        for scheme in book.schemes_of(body.key, day):
            value = scheme.value_on(day)
            click.echo(f"  {scheme.key:<24} {scheme.title}: {value.effect}{_mark(value.verified)}")


def _mark(verified: bool) -> str:  # noqa: FBT001 - one word, one meaning
    return "" if verified else " †"


def _level(book: Rulebook, measure: Any, day: dt.date) -> str:
    level = book.level_on(measure.key, day)
    if level is None:
        return ", no level"
    if level.band:
        return f", within {level.band[0]}% to {level.band[1]}%{_mark(level.verified)}"
    if level.target is None:
        return f", at most {level.most}{_mark(level.verified)}"
    minimum = f"/{level.minimum}" if level.minimum is not None else ""
    return f", {level.target}{minimum}%{_mark(level.verified)}"


@rulebook.command()
@click.argument("code")
@asking.rules_option
def coverage(code: str, *, rules: Path | None) -> None:
    """Show which clauses of CODE nobody owes, and which duties nothing measures."""
    found = covered(asking.rulebook_of(code, rules))
    click.echo(f"{found.clauses} clauses, {found.operational} of them operational.")
    for said, keys in (
        ("Operational clauses that nobody owes", found.unowed),
        ("Duties that nothing measures", found.unchecked),
        ("Clauses that are measured and owed by nobody", found.only_measured),
        ("Streams that no measure reads", found.unread),
        ("Deciding bodies without a voting scheme", found.unvoted),
        ("Clauses with a risk and no technique", found.untreated),
        ("Clauses with a risk that nobody owes", found.unowed_risks),
        ("Techniques that no measure tells of", found.untold),
    ):
        click.echo(f"{said}: {', '.join(keys) or 'none'}.")
    for one in found.unverified:
        click.echo(f"Not yet checked in {one.folder}: {len(one.statements)} of {one.of}.")


@rulebook.command()
@click.argument("old", type=EXISTING)
@click.argument("new", type=EXISTING)
def diff(old: Path, new: Path) -> None:
    """Show what changes from OLD to NEW, from when, and which periods and measures it touches."""
    before, after = asking.rulebook_of("", old), asking.rulebook_of("", new)
    found = changes(before, after)
    for change in found:
        click.echo(str(change))
    if not found:
        click.echo(f"Nothing changes: both are edition {after.edition[:12]}.")

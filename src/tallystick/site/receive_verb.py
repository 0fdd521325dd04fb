"""`tally receive`: take in evidence."""

import datetime as dt
import json
import sys
import tempfile
from pathlib import Path
from typing import Any

import click

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.reading import How, Reading, UnableToRead, read_file
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin, Receipt
from tallystick.rulebook.problems import nearest
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Stream
from tallystick.site import asking
from tallystick.site.progress import Progress

PROBLEMS_SHOWN = 20


class MomentType(click.ParamType[dt.datetime]):
    """An instant such as 2021-09-03T14:00, in the code's time zone unless it says another."""

    name = "moment"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> dt.datetime:
        try:
            return value if isinstance(value, dt.datetime) else dt.datetime.fromisoformat(value)
        except ValueError:
            self.fail(f"{value[:30]!r} is not a moment. Write one such as 2021-09-03T14:00.", param, ctx)


@click.command()
@click.argument(
    "files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path)
)
@asking.code_option
@click.option("--stream", required=True, help="What the files hold, such as service_requests.")
@click.option("--party", help="Who sent them; rows of anybody else refuse the file.")
@click.option("--period", type=asking.PERIOD, help="The period the files vouch for, such as 2021-07.")
@click.option("--received-at", type=MomentType(), help="When they reached the administrator; by default now.")
@click.option("--encoding", type=click.Choice(["utf-8", "cp1252"]), default="utf-8", show_default=True)
@asking.store_option
@asking.rules_option
@click.option("--preview", is_flag=True, help="Say what would be taken in; change nothing.")
@click.option("--json", "as_json", is_flag=True, help="Print receipts as JSON.")
@click.option("--quiet", is_flag=True, help="No progress.")
def receive(files: tuple[Path, ...], *, code: str, stream: str, rules: Path | None, **asked: Any) -> None:
    """Take in FILES of one stream: CSV (plain or gzip), XLSX, XES (plain or gzip)."""
    rulebook = asking.rulebook_of(code, rules)
    definition = _stream(rulebook, stream)
    receipts = [_receive(file, rulebook, definition, asked) for file in files]
    if asked["as_json"]:
        click.echo(json.dumps([_as_json(one) for one in receipts], indent=2, sort_keys=True))
    if any(one.submission.refused or one.submission.held for one in receipts):
        sys.exit(1)


def _stream(rulebook: Rulebook, key: str) -> Stream:
    if key in rulebook.streams:
        return rulebook.streams[key]
    guess = nearest(key, rulebook.streams)
    hint = f" Did you mean {guess}?" if guess else f" Use one of {', '.join(sorted(rulebook.streams))}."
    raise click.ClickException(f"No stream of {rulebook.code.key} is called {key[:40]!r}.{hint}")


def _receive(file: Path, rulebook: Rulebook, stream: Stream, asked: dict[str, Any]) -> Receipt:
    now = dt.datetime.now(dt.UTC)
    received_at = _aware(asked["received_at"] or now, rulebook)
    if received_at > now:
        raise click.ClickException(f"{received_at:%Y-%m-%d %H:%M} is later than now. Nothing was taken in.")
    progress = Progress(quiet=asked["quiet"] or asked["as_json"], label=file.name)
    how = How(
        received_at=received_at, party=asked["party"], encoding=asked["encoding"], progress=progress.shown
    )
    try:
        store = Store.open(asked["store"], create=True)
        with tempfile.TemporaryDirectory(prefix="tally-") as scratch, progress:
            reading = read_file(file, stream, rulebook.code, scratch=Path(scratch), how=how)
            origin = Origin(file, received_at, now, party=asked["party"], period=asked["period"])
            act = store.preview if asked["preview"] else store.receive
            receipt = act(reading, stream, rulebook.code, origin)
            if not asked["as_json"]:
                _tell(store, reading, receipt, preview=asked["preview"])
    except (UnableToRead, UnableToReceive, UnableToOpenStore) as refusal:
        raise click.ClickException(f"{file.name}: {refusal}") from None
    return receipt


def _aware(moment: dt.datetime, rulebook: Rulebook) -> dt.datetime:
    return moment if moment.tzinfo else moment.replace(tzinfo=rulebook.code.zone)


def _tell(store: Store, reading: Reading, receipt: Receipt, *, preview: bool) -> None:
    said = "would be" if preview else "were"
    sent = receipt.submission
    if receipt.repeated:
        click.echo(f"{sent.file}: taken in before as {sent.id}; nothing changes.")
    else:
        click.echo(
            f"{sent.file}: {sent.id}: of {sent.rows:,} rows {sent.accepted:,} {said} accepted, "
            f"{sent.held:,} held, {sent.refused:,} refused."
        )
    for problem in reading.problems[:PROBLEMS_SHOWN]:
        sheet = f"{problem.sheet} " if problem.sheet else ""
        place = f"{sheet}row {problem.row:,}, {problem.column}"
        click.echo(f"  {place}: {problem.what} ({problem.state}). {problem.expected}")
    if len(reading.problems) > PROBLEMS_SHOWN:
        click.echo(
            f"  … and {len(reading.problems) - PROBLEMS_SHOWN:,} more; the file to correct lists them all."
        )
    for note in (*reading.notes, *receipt.notes):
        click.echo(f"  {note}")
    if sent.refused and not preview and not receipt.repeated:
        refused = store.root / "submissions" / sent.id / "refused.csv"
        click.echo(f"  To correct and send again: {refused}")


def _as_json(receipt: Receipt) -> dict[str, Any]:
    return {**receipt.submission.as_json(), "repeated": receipt.repeated, "notes": list(receipt.notes)}

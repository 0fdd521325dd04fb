"""`tally journal`: what whoever runs an installation does for its log: sign it, check it, hand it on."""

import json
from pathlib import Path
from typing import Any

import click

from tallystick.site.home import home_option
from tallystick.site.installed import installation, may_write
from tallystick.site.people_verbs import code_option

ACTING_AS = "System administrator, command line"
FILE = click.Path(dir_okay=False, path_type=Path)


@click.group()
def journal() -> None:
    """Sign the journal, check it, and hand it on to others."""


@journal.command()
@click.option("--origin", help="The log's name for a first key, such as tallystick.example/journal.")
@click.option("--rotate", is_flag=True, help="Change the key; the next checkpoint is signed by both.")
@home_option
def key(*, origin: str | None, rotate: bool, home: Path) -> None:
    """Make the key that checkpoints are signed with, change it, or print the public one."""
    with installation(home):
        from tallystick.journal import keys, signing  # noqa: PLC0415 - Django is ready only now

        try:
            if origin:
                keys.make(home, origin)
            elif rotate:
                may_write()
                signing.rotate_key(home=home, **_asked())
        except keys.UnableToUseKey as refusal:
            raise click.ClickException(str(refusal)) from None
        stated = keys.stated(home)
        if not stated:
            raise click.ClickException("There is no key yet. Make one: tally journal key --origin NAME")
        click.echo(stated[-1].written)


@journal.command()
@click.option("--out", type=FILE, help="Where to write it, rather than to the screen.")
@click.option("--since", type=click.IntRange(1), help="The size of an earlier checkpoint, to prove from.")
@click.option("--proof", type=FILE, help="Where to write the proof that it extends the earlier one.")
@home_option
def checkpoint(*, out: Path | None, since: int | None, proof: Path | None, home: Path) -> None:
    """Hash the log anew, compare it with what was signed before, and sign it as it stands."""
    if (since is None) != (proof is None):
        raise click.UsageError("--since and --proof go together.")
    with installation(home):
        from tallystick.journal import keys, queries, signing, witnessing  # noqa: PLC0415 - as above

        try:
            row = signing.sign_checkpoint(home, _asked()["at"])
        except (keys.UnableToUseKey, signing.UnableToSign) as refusal:
            raise click.ClickException(str(refusal)) from None
        if since is not None and proof is not None:
            if since > row.size:
                raise click.ClickException(f"There is no size {since:,} before {row.size:,}.")
            proof.write_text(json.dumps(witnessing.consistency(since, row.size)) + "\n", encoding="utf-8")
        text = queries.signed_text(row)
        if out:
            out.write_text(text, encoding="utf-8")
        else:
            click.echo(text, nl=False)


@journal.command()
@click.option("--bundle", type=click.Path(file_okay=False, exists=True, path_type=Path), help="Check this.")
@click.option("--key", "trusted", multiple=True, help="A key to trust in a bundle; again for more.")
@home_option
def verify(*, bundle: Path | None, trusted: tuple[str, ...], home: Path) -> None:
    """Hash everything in the database again, or everything in a bundle, and compare."""
    flaws = _flaws_of_bundle(bundle, trusted) if bundle else _flaws_of_database(home)
    for flaw in flaws:
        click.echo(f"{'' if flaw.seq is None else f'entry {flaw.seq}: '}{flaw.what}")
    if flaws:
        raise click.ClickException("The journal is not what it was. The first place stands above.")
    click.echo("Nothing was found that is not as it was written.")


def _flaws_of_bundle(folder: Path, trusted: tuple[str, ...]) -> list[Any]:
    from tallystick.journal import bundle_reading  # noqa: PLC0415 - asked for by this verb alone
    from tallystick.journal.notes import Key, UnableToReadNote  # noqa: PLC0415 - as above

    try:
        found = bundle_reading.check(folder, [Key.read(one) for one in trusted])
    except (bundle_reading.UnableToReadBundle, UnableToReadNote) as refusal:
        raise click.ClickException(str(refusal)) from None
    click.echo(f"{found.entries:,} entries. Not checked: {'; '.join(found.unchecked) or 'nothing'}.")
    return list(found.flaws)


def _flaws_of_database(home: Path) -> list[Any]:
    with installation(home):
        from tallystick.journal import queries, standing  # noqa: PLC0415 - Django is ready only now
        from tallystick.journal.verify import Flaw, verified  # noqa: PLC0415 - as above

        why = standing.problem(home)
        click.echo(f"{queries.head().size:,} entries.")
        return [*([Flaw(None, why)] if why else []), *verified()]


@journal.command()
@click.argument("folder", type=click.Path(path_type=Path))
@home_option
def bundle(*, folder: Path, home: Path) -> None:
    """Write the whole log into a new folder, for auditors, the regulator or a backup."""
    with installation(home):
        from tallystick.journal import bundle as bundles  # noqa: PLC0415 - Django is ready only now

        try:
            head = bundles.write(folder, home)
        except bundles.UnableToBundle as refusal:
            raise click.ClickException(str(refusal)) from None
        click.echo(f"{head.size:,} entries with root {head.root}. It holds what they say: keep it so.")


@journal.command()
@click.argument("entry", type=click.IntRange(0))
@click.option("--reason", required=True, help="personal_data, court_order, wrong_party or secret.")
@click.option("--authority", required=True, help="Who ordered it, or by which rule.")
@click.option("--email", required=True, help="Whose request it is; somebody else decides, on the site.")
@code_option
@home_option
def redact(*, entry: int, reason: str, authority: str, email: str, code: str, home: Path) -> None:
    """Ask that the words of an entry be removed for good. Another person orders it on the site."""
    with installation(home):
        from tallystick.journal import redacting  # noqa: PLC0415 - Django is ready only now
        from tallystick.journal.subjects import Actor  # noqa: PLC0415 - as above
        from tallystick.parties.models import Person  # noqa: PLC0415 - as above

        may_write()
        person = Person.objects.filter(email__iexact=email, is_active=True).first()
        if person is None:
            raise click.ClickException(f"No account has the address {email[:80]!r}.")
        asked = redacting.Asked(code, entry, reason, authority)
        try:
            redacting.ask_redaction(asked=asked, by=Actor(person.handle, ACTING_AS), at=_asked()["at"])
        except redacting.UnableToRedact as refusal:
            raise click.ClickException(str(refusal)) from None
        click.echo(f"Asked for in the name of {person.name}. It waits for somebody else, on the site.")


@journal.command()
@click.argument("file", type=click.Path(dir_okay=False, exists=True, path_type=Path), required=False)
@click.option("--trust", help="Know this key of a witness from now on.")
@home_option
def witness(*, file: Path | None, trust: str | None, home: Path) -> None:
    """Take in a checkpoint that a witness has signed, or know a new witness."""
    if not (file or trust):
        raise click.UsageError("Name the file of a checkpoint, or a key with --trust.")
    with installation(home):
        from tallystick.journal import keys, witnessing  # noqa: PLC0415 - Django is ready only now
        from tallystick.journal.notes import Key, UnableToReadNote  # noqa: PLC0415 - as above

        try:
            if file:
                may_write()
            if trust:
                keys.trust(home, Key.read(trust))
            text = file.read_text(encoding="utf-8", errors="replace") if file else ""
            taken = witnessing.take_witness(home=home, text=text, **_asked()) if file else []
        except (keys.UnableToUseKey, UnableToReadNote, witnessing.UnableToTakeWitness) as refusal:
            raise click.ClickException(str(refusal)) from None
        click.echo(f"Taken in: {', '.join(taken) or 'nothing new'}." if file else "Known from now on.")


@journal.command()
@click.argument("file", type=FILE)
@click.option(
    "--most",
    type=click.Choice(["white", "green", "amber", "red"]),
    default="white",
    show_default=True,
    help="The strictest class of which you may read the words.",
)
@code_option
@home_option
def ocel(*, file: Path, most: str, code: str, home: Path) -> None:
    """Write what was done as an event log of objects (OCEL 2.0, JSON): no names and no words."""
    with installation(home):
        from tallystick.journal.ocel import log_of  # noqa: PLC0415 - Django is ready only now

        log = log_of(code, most)
        file.write_text(json.dumps(log, ensure_ascii=False) + "\n", encoding="utf-8")
        click.echo(f"{len(log['events']):,} events on {len(log['objects']):,} objects.")


def _asked() -> dict[str, Any]:
    """Return by whom and when: nobody has signed in, it is whoever runs the installation."""
    from django.utils import timezone  # noqa: PLC0415 - Django is ready only now

    from tallystick.journal.subjects import Actor  # noqa: PLC0415 - as above

    return {"by": Actor("", ACTING_AS), "at": timezone.now()}

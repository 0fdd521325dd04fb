"""Open a store for a code as it is known on a day: shared by the verbs that compute."""

import datetime as dt
from pathlib import Path

import click

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.measures.known import Known
from tallystick.rulebook.rulebook import Rulebook


def known(rulebook: Rulebook, store: Path, known_on: dt.date) -> Known:
    """Return what is known of the code on the day, ready to be computed with."""
    try:
        opened = Store.open(store)
    except UnableToOpenStore as refusal:
        raise click.ClickException(str(refusal)) from None
    snapshot = opened.snapshot(rulebook.code.key, known_on=known_on, zone=rulebook.code.zone)
    partials = opened.root / "partials" / rulebook.code.key
    return Known(rulebook, snapshot, connect(opened.root), known_on, partials)

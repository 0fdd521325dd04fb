"""Signatures of witnesses: others who saw a checkpoint, and that it only adds to what they had seen."""

import datetime as dt
from pathlib import Path

from django.db import transaction

from tallystick.journal import kept, keys, queries
from tallystick.journal.models import Checkpoint, Cosignature
from tallystick.journal.notes import UnableToReadNote, UnableToTrustNote, read
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

LOG = Subject("", "journal", "log", "white")


class UnableToTakeWitness(Exception):
    """The note is not one of this log's checkpoints, or no witness that is known has signed it."""


@transaction.atomic
def take_witness(*, home: Path, text: str, by: Actor, at: dt.datetime) -> list[str]:
    """Take in what witnesses have signed; return the names of those that are new.

    :raises UnableToTakeWitness: if it is no checkpoint of this log, or no known witness has signed it
    """
    try:
        note = read(text)
        stated = note.trusted(keys.stated(home))
        signed = note.by(keys.witnesses(home))
    except (UnableToReadNote, UnableToTrustNote) as odd:
        raise UnableToTakeWitness(str(odd)) from None
    row = Checkpoint.objects.select_for_update().filter(size=stated.size).first()
    if row is None or bytes(row.root) != stated.root:
        raise UnableToTakeWitness(f"No checkpoint of {stated.size:,} entries was signed with this root.")
    if not signed:
        raise UnableToTakeWitness("No witness that is known here has signed it.")
    there = set(row.cosignatures.values_list("key", flat=True))
    names = {f"{key.name}+{key.id.hex()}" for key in keys.witnesses(home)}
    new = {f"{one.name}+{one.id.hex()}": one for one in signed}
    new = {name: one for name, one in new.items() if name in names - there}
    if not new:
        return []
    for name, one in new.items():
        Cosignature.objects.create(checkpoint=row, key=name, line=one.line, at=at)
    told = sorted(one.name for one in new.values())
    record(
        act="journal.take_witness",
        subject=LOG,
        by=by,
        at=at,
        said=f"took in that {', '.join(told)} saw the checkpoint of {stated.size} entries",
        facts={"size": stated.size, "witnesses": told},
    )
    kept.keep(home, stated.size, queries.signed_text(row))
    return told


def consistency(old: int, new: int) -> list[str]:
    """Return the proof that one size of the log extends another, in the form that is given to others.

    :raises IndexError: if the log never had those sizes
    """
    return [digest.hex() for digest in queries.consistency_proof(old, new)]

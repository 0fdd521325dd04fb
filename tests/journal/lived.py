"""A log that has lived: with readings closed, words removed, its key changed, signed and witnessed."""

import base64
import datetime as dt
from pathlib import Path

from tallystick.journal import keys, redacting
from tallystick.journal.models import Checkpoint
from tallystick.journal.notes import COSIGNATURE, SigningKey, read
from tallystick.journal.operations import close_readings_of, record_reading
from tallystick.journal.redacting import Asked
from tallystick.journal.signing import rotate_key, sign_checkpoint
from tallystick.journal.subjects import Actor
from tallystick.journal.witnessing import take_witness
from tests.journal.conftest import AT, JO, MONTH, OTHER, act

SAM = Actor("Z123456789ABCDEFGHJK", "Secretary")
OPERATOR = Actor("", "System administrator, command line")
DAYS = dt.timedelta(days=1)
REMOVED = 3


def redacted(seq: int, at: dt.datetime) -> None:
    """Have the words of an entry removed."""
    asked = redacting.ask_redaction(
        asked=Asked("sec", seq, "wrong_party", "Data protection officer"), by=JO, at=at
    )
    redacting.redact(redaction=asked, by=SAM, at=at)


def cosigned(row: Checkpoint, witness: SigningKey, at: dt.datetime) -> str:
    """Return the text of a checkpoint with a witness below it."""
    note = read(str(row.text))
    line = witness.cosignature(note.checkpoint.signed, int(at.timestamp())).line
    return f"{note.text}{line}\n"


def live(home: Path, entries: int = 12) -> Checkpoint:
    """Let the log go through all that it can, and return the last checkpoint, which covers all of it."""
    for number in range(entries):
        act(number, OTHER if number % 4 == REMOVED else MONTH)
    sign_checkpoint(home, AT)
    for minute in range(4):
        record_reading(subject=OTHER, by=JO, at=AT + dt.timedelta(minutes=minute), address="/sec/é?q=<a>")
    close_readings_of(day=AT.date(), by=OPERATOR, at=AT + 2 * DAYS)
    redacted(REMOVED, AT + 2 * DAYS)
    rotate_key(home=home, by=OPERATOR, at=AT + 3 * DAYS)
    act(5000)
    witness = SigningKey.new("witness.example", COSIGNATURE)
    keys.trust(home, witness.public)
    row = sign_checkpoint(home, AT + 4 * DAYS)
    take_witness(home=home, text=cosigned(row, witness, AT + 4 * DAYS), by=OPERATOR, at=AT + 4 * DAYS)
    return sign_checkpoint(home, AT + 5 * DAYS)


def altered(text: str, place: int) -> str:
    """Return a note with one bit of its last signature changed."""
    head, _, line = text.rstrip("\n").rpartition(" ")
    raw = bytearray(base64.b64decode(line))
    raw[place % len(raw)] ^= 1
    return f"{head} {base64.b64encode(raw).decode()}\n"

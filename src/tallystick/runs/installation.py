"""What this installation holds besides its database: the rules of its codes, and the evidence."""

import datetime as dt

from django.conf import settings

from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.measures.known import Known
from tallystick.parties.rulebooks import UnableToFind, rulebook_of
from tallystick.rulebook.streams import Stream

__all__ = ["UnableToFind", "known", "rulebook_of", "store", "stream_of"]
# One thread and little memory: pages are answered on the same machine.
THREADS = 1
MEMORY = "1GB"


def stream_of(code: str, key: str) -> Stream:
    """Return a stream of a code by its key.

    :raises UnableToFind: if there is none
    """
    streams = rulebook_of(code).streams
    if key not in streams:
        raise UnableToFind(f"No stream of {code} is called {key[:40]!r}.")
    return streams[key]


def store() -> Store:
    """Return the evidence; a folder that is none yet becomes one when something is received.

    :raises UnableToOpenStore: if the folder holds something else
    """
    return Store.open(settings.STORE, create=True)


def known(code: str, known_on: dt.date) -> Known:
    """Return what is known of a code on a day, ready to be computed with; never inside a transaction.

    :raises UnableToFind: if the code is not served
    :raises UnableToOpenStore: if the evidence is damaged
    """
    rulebook, opened = rulebook_of(code), store()
    snapshot = opened.snapshot(code, known_on=known_on, zone=rulebook.code.zone)
    connection = connect(opened.root, memory=MEMORY, threads=THREADS)
    return Known(rulebook, snapshot, connection, known_on, opened.root / "partials" / code)

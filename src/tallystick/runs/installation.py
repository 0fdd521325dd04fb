"""What this installation holds besides its database: the rules of its codes, and the evidence."""

import datetime as dt
from functools import cache
from pathlib import Path

from django.conf import settings

from tallystick.evidence.rows import connect
from tallystick.evidence.store import Store
from tallystick.measures.known import Known
from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.streams import Stream

# One thread and little memory: pages are answered on the same machine.
THREADS = 1
MEMORY = "1GB"


class UnableToFind(Exception):
    """The installation serves no such code, its rules have problems, or the code has no such stream."""


def rulebook_of(code: str) -> Rulebook:
    """Return the rules of a code, read once.

    :raises UnableToFind: if the installation does not serve it, or its rules cannot be read whole
    """
    if code not in settings.CODES:
        raise UnableToFind(f"No code {code[:40]!r} is served here.")
    return _loaded(settings.RULEBOOKS / code)


@cache
def _loaded(folder: Path) -> Rulebook:
    loaded = load(folder)
    if loaded.rulebook is None:
        raise UnableToFind("\n".join(str(problem) for problem in loaded.problems))
    return loaded.rulebook


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

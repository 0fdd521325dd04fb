"""That somebody read what is Amber or Red: one line a page, whose daily digest the journal holds."""

import datetime as dt
from collections.abc import Iterable
from typing import Protocol

from django.db import transaction

from tallystick.journal.operations import record_reading
from tallystick.journal.subjects import Subject
from tallystick.parties.classified import Classified
from tallystick.parties.request import Request

FROM_THE_MOST_OPEN = (Classified.WHITE, Classified.GREEN, Classified.AMBER, Classified.RED)


class Told(Protocol):
    """Anything that carries a class: a row, an errand about it, a line of a list."""

    @property
    def classification(self) -> str: ...


def note(request: Request, kind: str, rows: Iterable[Classified], at: dt.datetime) -> None:
    """Note that rows were shown on a page, under the strictest class of any; nothing where all are open.

    One row is named by its handle; of several, the address of the page says which they were.
    """
    shown = list(rows)
    handle = shown[0].handle if len(shown) == 1 else ""
    note_class(request, Subject(request.acting.code, kind, handle, strictest(shown)), at)


def strictest(shown: Iterable[Told]) -> str:
    """Return the strictest class of what is shown, White where nothing is."""
    found = max((FROM_THE_MOST_OPEN.index(one.classification) for one in shown), default=0)
    return FROM_THE_MOST_OPEN[found]


def note_class(request: Request, shown: Subject, at: dt.datetime) -> None:
    """Note that a page showed something of a class; nothing where the class is open."""
    if shown.classification in (Classified.AMBER, Classified.RED):
        with transaction.atomic():
            record_reading(subject=shown, by=request.acting.actor, at=at, address=request.get_full_path())

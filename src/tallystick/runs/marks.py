"""Which class each kind of row carries, and whose it is: what decides who may see it.

The code's `handling.yaml` gives every kind of record its class. What may not be published on the record's day
is held in the class of those who may have it. Open records name no party: one that does is Amber at the
mildest, whatever the file says of its kind.
"""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from tallystick.journal.subjects import Subject
from tallystick.month.outline import TAKERS
from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation
from tallystick.rulebook.rulebook import Rulebook


class Mark(NamedTuple):
    """A class, and the organisation that the row is about or belongs to."""

    classification: str
    party: Organisation | None = None


def class_of(rulebook: Rulebook, kind: str, day: dt.date) -> str:
    """Return the class that a kind of record is held in on its day."""
    return rulebook.handling.held_as(rulebook.handling.mark(kind), day)


def subject_of(row: Classified) -> Subject:
    """Return what the journal knows a row by."""
    return Subject(row.code, row.TYPE, row.handle, row.classification)


class Marking:
    """Marks the rows of one run, known on a day. An organisation is known by the name evidence gives it.

    A row about a party that nobody has entered is nobody's own: only the office sees it.
    """

    def __init__(self, rulebook: Rulebook, day: dt.date) -> None:
        self._rulebook = rulebook
        self._day = day
        self._known = {one.name: one for one in Organisation.objects.all()}

    @property
    def of_run(self) -> Mark:
        return self._mark("run")

    def of_figure(self, group: Mapping[str, str]) -> Mark:
        """Mark a figure: one of a party differs from the whole, and from a part that names nobody."""
        named = next((group[taker] for taker in TAKERS if taker in group), None)
        if named is None:
            return self._mark("figure")
        if self._is_of_the_code(named):
            return self._mark("figure", named)
        return self._mark_of_party("figure_of_party", named)

    def of_subject(self, name: str) -> Mark:
        """Mark a finding, on a provider or on a party."""
        if self._is_of_the_code(name):
            return self._mark("finding_on_provider")
        return self._mark_of_party("finding_on_party", name)

    def of_lines(self, name: str) -> Mark:
        """Mark exception lines. Those of a provider hold keys of many parties' rows: nobody's own."""
        return self._mark_of_party("line_list", "" if self._is_of_the_code(name) else name)

    def of_sender(self, name: str) -> Mark:
        """Mark what somebody sent."""
        return self._mark("submission", name)

    def _is_of_the_code(self, name: str) -> bool:
        """Tell whether a name is that of a provider, or of a role such as the user; else it is a party's."""
        return name in self._rulebook.code.providers or name in self._rulebook.code.roles

    def _mark_of_party(self, kind: str, name: str) -> Mark:
        mark = self._mark(kind, name)
        is_open = mark.classification in {Classified.WHITE, Classified.GREEN}
        return mark._replace(classification=Classified.AMBER) if is_open else mark

    def _mark(self, kind: str, name: str = "") -> Mark:
        return Mark(class_of(self._rulebook, kind, self._day), self._known.get(name))

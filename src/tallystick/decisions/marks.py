"""Which class a motion or a decision carries."""

import datetime as dt

from tallystick.parties.classified import Classified
from tallystick.parties.models import Organisation
from tallystick.parties.policy.predicates import CLASSES
from tallystick.rulebook.rulebook import Rulebook


def class_of(rulebook: Rulebook, kind: str, day: dt.date, party: Organisation | None, asked: str = "") -> str:
    """Return the class of a record: that of its kind on the day, or a stricter one that is asked for.

    What is about a party is Amber at the mildest.
    """
    least: list[str] = [rulebook.handling.held_as(rulebook.handling.mark(kind), day)]
    least += [Classified.AMBER] if party is not None else []
    least += [asked] if asked in CLASSES else []
    return max(least, key=CLASSES.index)

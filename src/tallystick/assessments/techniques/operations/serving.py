"""An application starts within an act that writes its entry, and every party is served its part."""

import datetime as dt

from tallystick.assessments.models import Application, Item, Part
from tallystick.assessments.techniques.facts import facts_of
from tallystick.parties.acting import Acting
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken, follow, take_step


def start(held: Application, key: str, by: Acting, at: dt.datetime) -> Step:
    """Start an application that is locked, and serve its parts.

    :raises UnableToMove: if the rule does not allow it
    """
    made = take_step(held.course, Taken("start", key), facts_of(held, by.day), PREDICATES, by=by, at=at)
    serve(held, at)
    return made


def serve(held: Application, at: dt.datetime) -> int:
    """Serve every party its part, and let what is tested of it be read; return how many there are."""
    held.publicity = Application.ISSUED
    held.save(update_fields=["publicity"])
    follow(held.course, held)
    for item in held.items.all():
        item.publicity = Item.ISSUED
        item.save(update_fields=["publicity"])
    parts = list(held.parts.select_related("party").order_by("pk"))
    for one in parts:
        one.served_at, one.publicity = at, Part.ISSUED
        one.save(update_fields=["served_at", "publicity"])
    return len(parts)

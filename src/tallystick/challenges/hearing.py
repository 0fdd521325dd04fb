"""Who hears an appeal, and how many of them decided before and so stand aside."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.challenges.deciders import deciders
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.parties.rulebooks import rulebook_of


@dataclass(frozen=True)
class Hearing:
    """The body that hears an appeal: `in_both` of its members are among the `decided` who decided before.

    `by` is what those decided that is challenged, by its body's name.
    """

    body: str
    by: str
    decided: int
    in_both: int
    is_running: bool


def hearing_of(matter: Matter, facts: Mapping[str, Any], on: dt.date) -> Hearing | None:
    """Return who hears an appeal of a challenge; none where no page of the rulebook says so.

    :param facts: those of the challenge on the day
    """
    row, key = matter.row, facts.get("appeal_heard_by")
    if not isinstance(row, Challenge) or key is None:
        return None
    known = rulebook_of(row.code).bodies.get(key)
    return Hearing(
        body=known.name if known is not None else key.upper(),
        by=str(row.decided.body.name),
        decided=len(deciders(matter)),
        in_both=facts.get("sat_in_both", 0),
        is_running=matter.before(on) == key,
    )

"""Who hears an appeal, and how many of them decided before and so stand aside."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tallystick.challenges.deciders import barred, deciders
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import body_of


@dataclass(frozen=True)
class Hearing:
    """The body that hears an appeal: `in_both` of its members are among the `decided` who decided before.

    `by` is what those decided that is challenged, by its body's name. `barred` are its members who decided
    before, by name, whether or not it has the appeal already: they have no vote on it.
    """

    body: str
    by: str
    decided: int
    in_both: int
    is_running: bool
    barred: Sequence[str] = ()


def hearing_of(matter: Matter, facts: Mapping[str, Any], on: dt.date) -> Hearing | None:
    """Return who hears an appeal of a challenge; none where no page of the rulebook says so.

    :param facts: those of the challenge on the day
    """
    row, key = matter.row, facts.get("appeal_heard_by")
    if not isinstance(row, Challenge) or key is None:
        return None
    known = rulebook_of(row.code).bodies.get(key)
    is_running = matter.before(on) == key
    body = row.body if is_running else body_of(row.code, key, on)
    return Hearing(
        body=known.name if known is not None else key.upper(),
        by=str(row.decided.body.name),
        decided=len(deciders(matter)),
        in_both=facts.get("sat_in_both", 0),
        is_running=is_running,
        barred=barred(matter, body, on) if body is not None else (),
    )

"""What was said and decided on a challenge or a dispute, step by step, in words for a page."""

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from tallystick.challenges.matter import Matter
from tallystick.processes.models import Step
from tallystick.processes.queries import process_of
from tallystick.rulebook.processes import CLOCK, PARTY, Ask

BY_ITSELF = "Time passed"


@dataclass(frozen=True)
class Said:
    """One step: what it was, on whose side it was taken, what was said, and the decision it carried out."""

    title: str
    who: str
    on: dt.date
    words: tuple[tuple[str, str], ...]
    decision: str = ""
    href: str = ""


def said_in(matter: Matter, href: Callable[[Any], str]) -> Iterator[Said]:
    """Yield the steps of a matter in their order.

    :param href: gives the address of what a body decided, where the reader may follow it
    """
    moves = process_of(matter.row.course).moves
    for step in matter.steps:
        rule = moves[step.move]
        carried = getattr(step, "carried", None)
        decided = (carried.motion or carried.decision) if carried is not None else None
        yield Said(
            title=rule.title,
            who=_who(step, str(matter.row.party.name)),
            on=step.on,
            words=tuple((ask.title, _words(ask, step.said[name])) for name, ask in _asked(rule.asks, step)),
            decision=decided.reference if decided is not None else "",
            href=href(decided) if decided is not None else "",
        )


def _asked(asks: dict[str, Ask], step: Step) -> Iterator[tuple[str, Ask]]:
    return ((name, ask) for name, ask in asks.items() if step.said.get(name))


def _words(ask: Ask, said: str) -> str:
    return ask.of.get(said, said)


def _who(step: Step, party: str) -> str:
    if step.role == CLOCK:
        return BY_ITSELF
    return party if step.role == PARTY else step.role.replace("_", " ").capitalize()

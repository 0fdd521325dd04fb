"""What somebody wants to move and says to it, and the words in which it is refused."""

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from tallystick.rulebook.processes import Move, ProcessValue


class UnableToMove(Exception):
    """The rule does not allow it: `what` was refused, `why`, and what would be `right`, one sentence each."""

    def __init__(self, what: str, why: str, right: str) -> None:
        super().__init__(f"{what} {why} {right}")
        self.what, self.why, self.right = what, why, right


@dataclass(frozen=True)
class Wish:
    """A move that somebody in a role wants to make on a day; what they say to what it asks, and why.

    `stated` are the days of the clocks it starts whose rule has no count of its own.
    """

    move: str
    role: str
    on: dt.date
    said: Mapping[str, str] = field(default_factory=dict)
    stated: Mapping[str, dt.date] = field(default_factory=dict)
    reason: str = ""


def check_said(rule: Move, wish: Wish) -> None:
    """Stop a move that does not say what it asks, or says what nobody asked."""
    what = not_done(rule.title)
    if rule.skips and not wish.reason.strip():
        raise UnableToMove(what, "It skips a stage, and nobody said why.", "Give the reason.")
    unasked = sorted(set(wish.said) - set(rule.asks))
    if unasked:
        raise UnableToMove(what, f"It does not ask {', '.join(unasked)[:60]}.", _asks(rule))
    for name, ask in rule.asks.items():
        said = wish.said.get(name, "").strip()
        if not said and ask.needed:
            raise UnableToMove(what, f"It asks {quoted(ask.title)}, and nothing is said to it.", "Say it.")
        if said and ask.kind == "choice" and said not in ask.of:
            why = f"{said[:60]!r} is no choice of {quoted(ask.title)}."
            raise UnableToMove(what, why, f"Choose one of {', '.join(ask.of)}.")
        if said and ask.kind == "day" and not _is_day(said):
            why = f"{said[:60]!r} is no day, which {quoted(ask.title)} asks."
            raise UnableToMove(what, why, "Write a day such as 2021-09-30.")


def check_stated(value: ProcessValue, wish: Wish, needed: Collection[str]) -> None:
    """Stop a move that does not say the day of a clock that it starts, says one gone by, or one unasked."""
    what = not_done(value.moves[wish.move].title)
    unasked = sorted(set(wish.stated) - set(needed))
    if unasked:
        raise UnableToMove(what, f"It states no day of {', '.join(unasked)[:60]}.", "Leave that day out.")
    for clock in needed:
        title = quoted(value.clocks[clock].title)
        if clock not in wish.stated:
            raise UnableToMove(what, f"It starts {title}, of which no day is stated.", "State its day.")
        if wish.stated[clock] < wish.on:
            why = f"{title} would be due on {wish.stated[clock]}, before it starts."
            raise UnableToMove(what, why, f"State {wish.on} or a later day.")


def quoted(title: str) -> str:
    return f"“{title}”"


def not_done(title: str) -> str:
    return f"{quoted(title)} was not done."


def _asks(rule: Move) -> str:
    return f"It asks {', '.join(rule.asks) or 'nothing'}."


def _is_day(said: str) -> bool:
    try:
        return dt.date.fromisoformat(said).isoformat() == said
    except ValueError:
        return False

"""The one engine of every process: what may be done where a matter stands, and where it stands after that.

It knows no rows, no clock on the wall and no web: a rule and a standing go in, a standing comes out, or a
refusal in words. Nothing is changed in place.
"""

import datetime as dt
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from tallystick.processes.clocks import Calendars, ended, paused, resumed, started
from tallystick.processes.standing import Running, Standing
from tallystick.processes.wishes import UnableToMove, Wish, check_said, check_stated, not_done, quoted
from tallystick.rulebook.guards import GUARDS, INNER
from tallystick.rulebook.processes import CLOCK, Ask, Move, Passing, ProcessValue
from tallystick.rulebook.working_days import OutsideCalendar

# What alone is offered while a matter is on hold. No move of a rule is offered then, whatever its name.
RESUME = "resume"
Predicate = Callable[[Mapping[str, Any]], bool]


class UnableToJudge(Exception):
    """A process names conditions that nobody here can judge."""


@dataclass(frozen=True)
class Known:
    """What a move is judged by: facts by name, who judges each guard, and the calendars to count in.

    A predicate is told the facts, and besides them the `move` by name, the `body` whose decision it is, and
    the `outcome` that this has to have.
    """

    facts: Mapping[str, Any]
    predicates: Mapping[str, Predicate]
    calendars: Calendars


@dataclass(frozen=True)
class Offer:
    """A move that is lawful where the matter stands; `opens_once` are the conditions that do not hold yet.

    `states` are the clocks of which it has to say the day.
    """

    move: str
    title: str
    asks: Mapping[str, Ask] = field(default_factory=dict)
    needs_reason: bool = False
    opens_once: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    body: str | None = None


def check_predicates(value: ProcessValue, predicates: Collection[str]) -> None:
    """Stop a start at which a condition that a move names could be judged by nobody.

    :raises UnableToJudge: naming those that are missing
    """
    missing = sorted({guard for move in value.moves.values() for guard in move.guards} - set(predicates))
    if missing:
        raise UnableToJudge(f"Nobody can judge {', '.join(missing)}. Hand the engine a predicate for each.")


def begin(value: ProcessValue, on: dt.date) -> Standing:
    """Return where a matter stands that begins on the day: no clock runs before the first move."""
    return Standing(at=value.begins, since=on)


def has_ended(value: ProcessValue, standing: Standing) -> bool:
    """Tell whether it is all over, which it is where the main track ends."""
    return value.stage(standing.at[value.main]).ends


def offers(value: ProcessValue, standing: Standing, roles: Collection[str], known: Known) -> list[Offer]:
    """Return what whoever holds the roles may do now, in the order of the rule; on hold, only to resume."""
    if standing.on_hold:
        return [Offer(RESUME, "Resume")] if set(roles) & set(value.holds) else []
    return [one for one in _lawful(value, standing, roles, known) if not one.opens_once]


def later(value: ProcessValue, standing: Standing, roles: Collection[str], known: Known) -> list[Offer]:
    """Return what they may do from here once conditions hold that do not yet, each with these in words."""
    if standing.on_hold:
        return []
    return [one for one in _lawful(value, standing, roles, known) if one.opens_once]


def move(value: ProcessValue, standing: Standing, wish: Wish, known: Known) -> Standing:
    """Return where the matter stands after the move.

    :raises UnableToMove: if the rule does not allow it
    """
    if wish.role == CLOCK:
        title = value.moves[wish.move].title if wish.move in value.moves else wish.move
        raise UnableToMove(not_done(title), "No one acts as a clock.", "Let the clock pass.")
    return _moved(value, standing, wish, known)


def passed(value: ProcessValue, standing: Standing, on: dt.date) -> list[str]:
    """Return the clocks whose time was over before the day; on hold, without those whose passing moves."""
    return [
        one.clock
        for one in standing.open_clocks()
        if one.is_past(on) and not (standing.on_hold and _moves(value, one.clock))
    ]


def pass_clock(value: ProcessValue, standing: Standing, clock: str, on: dt.date, known: Known) -> Standing:
    """Return where the matter stands once a clock has passed: elsewhere, if its passing moves.

    What its move starts is counted from the day on which it was seen to have passed, not from the day due.

    :raises UnableToMove: if it runs no more, is not past, moves while on hold, or as the rule does not allow
    """
    running, title = standing.running(clock), _clock_title(value, clock)
    what = f"{quoted(title)} did not pass."
    if running is None:
        raise UnableToMove(what, "It does not run.", "Only a clock that runs passes.")
    if not running.is_past(on):
        why = (
            f"It is due on {running.due_on}."
            if running.due_on
            else f"It is paused since {running.paused_on}."
        )
        raise UnableToMove(what, why, "It passes on a day after the one it is due on.")
    if on < standing.since:
        raise _too_early(what, standing)
    if clock not in passed(value, standing, on):
        raise UnableToMove(what, "The matter is on hold.", "Its passing moves, so that it waits for the end.")
    clocks = tuple(ended(one, on, is_met=False) if one is running else one for one in standing.clocks)
    after, wish = replace(standing, clocks=clocks, since=on), wish_of(value, clock, on)
    return after if wish is None else _moved(value, after, wish, known)


def wish_of(value: ProcessValue, clock: str, on: dt.date) -> Wish | None:
    """Return the move that a clock makes when it passes, if it makes one."""
    rule = value.clocks[clock]
    if not isinstance(rule.passed, Passing):
        return None
    return Wish(rule.passed.move, CLOCK, on, reason=f"{rule.title}: the time has passed")


def hold(value: ProcessValue, standing: Standing, on: dt.date, calendars: Calendars) -> Standing:
    """Return the matter on hold, its clocks standing still as `clocks` says.

    :raises UnableToMove: if it is on hold already, has ended, or was moved on a later day
    """
    what = "It was not put on hold."
    if standing.on_hold:
        raise UnableToMove(what, "It is on hold already.", "Let that end first.")
    if has_ended(value, standing):
        raise UnableToMove(what, "It has ended.", "What has ended is not held.")
    return replace(_counted(value, standing, on, paused, (what, calendars)), on_hold=True)


def resume(value: ProcessValue, standing: Standing, on: dt.date, calendars: Calendars) -> Standing:
    """Return the matter after its hold, its clocks counting again as `clocks` says.

    :raises UnableToMove: if it is not on hold, or the hold began on a later day
    """
    what = "It was not resumed."
    if not standing.on_hold:
        raise UnableToMove(what, "It is not on hold.", "Only what is on hold is resumed.")
    return replace(_counted(value, standing, on, resumed, (what, calendars)), on_hold=False)


def _counted(
    value: ProcessValue,
    standing: Standing,
    on: dt.date,
    change: Callable[..., Running],
    told: tuple[str, Calendars],
) -> Standing:
    what, calendars = told
    if on < standing.since:
        raise _too_early(what, standing)
    try:
        clocks = tuple(change(one, value.clocks[one.clock], on, calendars) for one in standing.clocks)
    except OutsideCalendar as refusal:
        raise _beyond(what, refusal) from refusal
    return replace(standing, clocks=clocks, since=on)


def _lawful(value: ProcessValue, standing: Standing, roles: Collection[str], known: Known) -> Iterator[Offer]:
    """Yield the moves from where the matter stands that a role has, whatever their guards say.

    A move that only the act of another matter opens is nobody's to ask for.
    """
    if has_ended(value, standing):
        return
    own = set(roles) - {CLOCK}
    for name, rule in value.moves.items():
        if (
            _stage_of(value, standing, rule) in rule.from_
            and own & set(rule.who)
            and not _astray(standing, rule)
            and not INNER & {*rule.guards}
        ):
            yield Offer(
                move=name,
                title=rule.title,
                asks=rule.asks,
                needs_reason=bool(rule.skips),
                opens_once=_unmet(name, rule, known),
                states=_stated(value, rule, _arrived(value, standing, rule)),
                body=rule.body,
            )


def _moved(value: ProcessValue, standing: Standing, wish: Wish, known: Known) -> Standing:
    rule = _allowed(value, standing, wish)
    what = not_done(rule.title)
    unmet = _unmet(wish.move, rule, known)
    if unmet:
        raise UnableToMove(what, "A condition does not hold yet.", f"It opens once {', and '.join(unmet)}.")
    at = _arrived(value, standing, rule)
    check_said(rule, wish)
    check_stated(value, wish, _stated(value, rule, at))
    try:
        clocks = _wound(value, standing, wish, at, known.calendars)
    except OutsideCalendar as refusal:
        raise _beyond(what, refusal) from refusal
    return replace(standing, at=at, since=wish.on, clocks=clocks)


def _allowed(value: ProcessValue, standing: Standing, wish: Wish) -> Move:
    """Return the rule of a move that may be made from here, in this role and on this day."""
    rule = value.moves.get(wish.move)
    if rule is None:
        named = f"The process has no move {wish.move[:60]!r}."
        raise UnableToMove("Nothing was done.", named, f"It has {', '.join(value.moves)}.")
    what = not_done(rule.title)
    if standing.on_hold:
        raise UnableToMove(what, "The matter is on hold.", "It can be resumed, and nothing else.")
    if has_ended(value, standing):
        raise UnableToMove(what, "The matter has ended.", "Nothing follows its end.")
    if wish.on < standing.since:
        raise _too_early(what, standing)
    stage = _stage_of(value, standing, rule)
    if stage not in rule.from_:
        raise UnableToMove(what, f"The matter stands in {_titles(value, [stage])}.", _from(value, rule.from_))
    if wish.role not in rule.who:
        raise UnableToMove(what, "It is not for this role.", f"It is for {', '.join(rule.who)}.")
    astray = _astray(standing, rule)
    if astray:
        track, stands = quoted(value.tracks[astray].title), _titles(value, [standing.at[astray]])
        why = f"The track {track} stands in {stands}."
        raise UnableToMove(what, why, f"It has to stand in {_titles(value, rule.while_[astray])}.")
    return rule


def _wound(
    value: ProcessValue, standing: Standing, wish: Wish, at: Mapping[str, str], calendars: Calendars
) -> tuple[Running, ...]:
    """Return the clocks after a move: those it ends, by name or by leaving their stages, and those it starts.

    A clock that runs already and is started again ends, and begins anew. One starts only where it runs.
    """
    rule = value.moves[wish.move]
    fresh = _starting(value, rule, at)

    def goes_on(one: Running) -> bool:
        return one.clock not in (*rule.stops, *fresh) and _runs(value, one.clock, at)

    kept = [
        one if not one.is_open or goes_on(one) else ended(one, wish.on, is_met=one.clock in rule.stops)
        for one in standing.clocks
    ]
    new = [started(one, value.clocks[one], wish.on, wish.stated.get(one), calendars) for one in fresh]
    return (*kept, *new)


def _starting(value: ProcessValue, rule: Move, at: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(one for one in dict.fromkeys(rule.starts) if _runs(value, one, at))


def _stated(value: ProcessValue, rule: Move, at: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(one for one in _starting(value, rule, at) if value.clocks[one].due == "stated")


def _runs(value: ProcessValue, clock: str, at: Mapping[str, str]) -> bool:
    """Tell whether a clock runs where the tracks stand; none does once it is all over."""
    return not value.stage(at[value.main]).ends and bool(set(at.values()) & set(value.clocks[clock].runs_in))


def _moves(value: ProcessValue, clock: str) -> bool:
    return isinstance(value.clocks[clock].passed, Passing)


def _stage_of(value: ProcessValue, standing: Standing, rule: Move) -> str:
    return standing.at[value.track_of[rule.to]]


def _arrived(value: ProcessValue, standing: Standing, rule: Move) -> Mapping[str, str]:
    return {**standing.at, value.track_of[rule.to]: rule.to}


def _astray(standing: Standing, rule: Move) -> str | None:
    """Return the first other track that does not stand where the move needs it."""
    return next((track for track, stages in rule.while_.items() if standing.at[track] not in stages), None)


def _unmet(name: str, rule: Move, known: Known) -> tuple[str, ...]:
    """Return the conditions of a move that do not hold, in words."""
    facts = {**known.facts, "move": name, "body": rule.body, "outcome": rule.outcome}
    return tuple(GUARDS[one].words for one in rule.guards if not known.predicates[one](facts))


def _clock_title(value: ProcessValue, clock: str) -> str:
    return value.clocks[clock].title if clock in value.clocks else clock[:60]


def _titles(value: ProcessValue, stages: Collection[str]) -> str:
    return " or ".join(quoted(value.stage(one).title) for one in stages)


def _from(value: ProcessValue, stages: Collection[str]) -> str:
    return f"It leads on from {_titles(value, stages)}."


def _too_early(what: str, standing: Standing) -> UnableToMove:
    return UnableToMove(
        what, f"The matter was last moved on {standing.since}.", "Take that day or a later one."
    )


def _beyond(what: str, refusal: OutsideCalendar) -> UnableToMove:
    return UnableToMove(
        what, f"Its days cannot be counted: {refusal}", "The rulebook's calendar has to go on."
    )

"""Every position that a matter can come to under a process, and those from which it never comes to an end.

Conditions are taken as met: whether one holds is nobody's to say here. What a clock's passing moves is
possible only while that clock runs, so the clocks that move something are part of a position.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from tallystick.rulebook.processes import CLOCK, Move, Passing, ProcessValue

MOST_POSITIONS = 20_000


class Position(NamedTuple):
    """A stage of each track, in the order of the tracks, and the running clocks that will move something."""

    at: tuple[str, ...]
    running: frozenset[str]


class Step(NamedTuple):
    """A move and where it leads; `clock` is the one whose passing takes it, None where a person does."""

    move: str
    clock: str | None
    to: Position


@dataclass(frozen=True)
class Ways:
    """All positions, each with the steps out of it.

    `whole` is no where there are more of them than are looked at. `lost` are the moves that start a clock
    where it does not run, `idle` the clocks that pass where their move cannot be taken: each with a position.
    """

    first: Position
    steps: dict[Position, tuple[Step, ...]]
    whole: bool
    lost: dict[tuple[str, str], Position] = field(default_factory=dict)
    idle: dict[str, Position] = field(default_factory=dict)

    @property
    def stages(self) -> set[str]:
        return {stage for position in self.steps for stage in position.at}

    @property
    def moves(self) -> set[str]:
        return {step.move for steps in self.steps.values() for step in steps}

    def trapped(self, ended: set[str]) -> set[Position]:
        """Return the positions from which none of these stages is ever reached."""
        before: dict[Position, list[Position]] = {}
        for position, steps in self.steps.items():
            for step in steps:
                before.setdefault(step.to, []).append(position)
        ahead = [position for position in self.steps if ended & set(position.at)]
        free = set(ahead)
        while ahead:
            for position in before.get(ahead.pop(), ()):
                if position not in free:
                    free.add(position)
                    ahead.append(position)
        return set(self.steps) - free


def ways(value: ProcessValue, most: int = MOST_POSITIONS) -> Ways:
    """Walk every way that a matter can go, the shortest first."""
    first = Position(tuple(value.begins.values()), frozenset())
    found = Ways(first, {}, whole=True)
    ahead = deque([first])
    while ahead:
        position = ahead.popleft()
        if position in found.steps:
            continue
        if len(found.steps) == most:
            return Ways(first, found.steps, False, found.lost, found.idle)
        steps = tuple(_steps(value, position))
        found.steps[position] = steps
        ahead += [step.to for step in steps]
        _note(value, position, found)
    return found


def _steps(value: ProcessValue, position: Position) -> Iterator[Step]:
    if _is_over(value, position):
        return
    for name, move in value.moves.items():
        if not _is_open(value, move, position):
            continue
        if set(move.who) - {CLOCK}:
            yield Step(name, None, _after(value, position, move, None))
        for clock in sorted(position.running) if CLOCK in move.who else ():
            if value.clocks[clock].passed == Passing(move=name):
                yield Step(name, clock, _after(value, position, move, clock))


def _is_over(value: ProcessValue, position: Position) -> bool:
    return any(value.track_of[one] == value.main and value.stage(one).ends for one in position.at)


def _is_open(value: ProcessValue, move: Move, position: Position) -> bool:
    """Tell whether the stages of all tracks allow the move."""
    at = dict(zip(value.tracks, position.at, strict=True))
    own = at[value.track_of[move.to]]
    return own in move.from_ and all(at[track] in stages for track, stages in move.while_.items())


def _after(value: ProcessValue, position: Position, move: Move, passed: str | None) -> Position:
    own = value.track_of[move.to]
    at = tuple(
        move.to if track == own else stage for track, stage in zip(value.tracks, position.at, strict=True)
    )
    running = (position.running - {*move.stops, passed}) | set(move.starts)
    kept = (one for one in running if isinstance(value.clocks[one].passed, Passing) and _runs(value, one, at))
    return Position(at, frozenset(kept))


def _runs(value: ProcessValue, clock: str, at: tuple[str, ...]) -> bool:
    return bool(set(value.clocks[clock].runs_in) & set(at))


def _note(value: ProcessValue, position: Position, found: Ways) -> None:
    """Note the clocks that start where they do not run, and those that pass where nothing can be moved."""
    for step in found.steps[position]:
        for clock in value.moves[step.move].starts:
            if not _runs(value, clock, step.to.at):
                found.lost.setdefault((step.move, clock), step.to)
    moved = {step.clock for step in found.steps[position]}
    for clock in position.running if not _is_over(value, position) else ():
        if clock not in moved:
            found.idle.setdefault(clock, position)

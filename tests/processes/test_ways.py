"""What the check of a rulebook walks is what the engine does: the same positions, by the same steps."""

import datetime as dt
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from tallystick.processes.engine import Known, begin, has_ended, move, pass_clock
from tallystick.processes.standing import Standing
from tallystick.processes.wishes import UnableToMove, Wish
from tallystick.rulebook.guards import GUARDS
from tallystick.rulebook.load import load
from tallystick.rulebook.processes import CLOCK, Ask, Passing, ProcessValue
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.ways import Position, ways

DAY = dt.date(2021, 9, 6)
LATER = dt.timedelta(days=30)
KEYS = ["application", "case", "derogation", "dispute", "forbearance", "query", "remedy"]


@cache
def sec() -> Rulebook:
    rulebook = load(Path("rulebooks/sec")).rulebook
    assert rulebook is not None
    return rulebook


def known() -> Known:
    return Known({}, {guard: lambda _: True for guard in GUARDS}, sec().calendar)


def answer(ask: Ask) -> str:
    return {"words": "so", "day": "2021-12-01", "choice": next(iter(ask.of), "")}[ask.kind]


def wishes(value: ProcessValue, standing: Standing) -> Iterator[Wish]:
    """Yield every move that a person could try."""
    for name, rule in value.moves.items():
        stated = {
            clock: standing.since + LATER for clock in rule.starts if value.clocks[clock].due == "stated"
        }
        said = {key: answer(ask) for key, ask in rule.asks.items()}
        for role in [who for who in rule.who if who != CLOCK][:1]:
            yield Wish(name, role, standing.since, said, stated, "why")


def steps(value: ProcessValue, standing: Standing) -> Iterator[tuple[str, str | None, Standing]]:
    for wish in wishes(value, standing):
        try:
            yield wish.move, None, move(value, standing, wish, known())
        except UnableToMove:
            continue
    for running in standing.open_clocks() if not has_ended(value, standing) else ():
        passed = value.clocks[running.clock].passed
        if isinstance(passed, Passing):
            assert running.due_on is not None
            on = max(running.due_on + dt.timedelta(days=1), standing.since)
            yield passed.move, running.clock, pass_clock(value, standing, running.clock, on, known())


def position(value: ProcessValue, standing: Standing) -> Position:
    moving = (
        one.clock for one in standing.open_clocks() if isinstance(value.clocks[one.clock].passed, Passing)
    )
    return Position(tuple(standing.at[track] for track in value.tracks), frozenset(moving))


class TestWays:
    @pytest.mark.parametrize("key", KEYS)
    def test_are_those_that_the_engine_goes(self, key: str) -> None:
        value = sec().processes[key].value_on(DAY)
        found: dict[Position, set[tuple[str, str | None, Position]]] = {}
        ahead = [begin(value, DAY)]
        while ahead:
            standing = ahead.pop()
            here = position(value, standing)
            if here in found:
                continue
            onward = list(steps(value, standing))
            found[here] = {(name, clock, position(value, after)) for name, clock, after in onward}
            ahead += [after for _, _, after in onward]

        assert found == {here: {*onward} for here, onward in ways(value).steps.items()}

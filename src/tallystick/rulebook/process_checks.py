"""Checks of processes: that each goes on and comes to an end, and that all whom and what it names is known.

Each takes the drafts and yields problems.
"""

from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from tallystick.rulebook.bodies import Body
from tallystick.rulebook.drafts import Draft, Drafts
from tallystick.rulebook.due import Due
from tallystick.rulebook.guards import GUARDS
from tallystick.rulebook.naming import known_by, unknown
from tallystick.rulebook.problems import Problem
from tallystick.rulebook.processes import CLOCK, PARTY, ROLES, Move, Passing, Process, ProcessValue
from tallystick.rulebook.voting_checks import people_behind
from tallystick.rulebook.ways import Position, Ways, ways

HEARD_BY_OTHERS = "heard_by_others"
RECOMMENDED_BY_OTHERS = "another_body_recommended"
OF_A_BODY = frozenset(
    name
    for name, guard in GUARDS.items()
    if {"decided_by", "appeal_heard_by", "recommended_by"} & {*guard.asks}
)


class _Stated(NamedTuple):
    """A value of a process, and where it stands in its file."""

    draft: Draft[Process]
    path: tuple[str | int, ...]
    value: ProcessValue

    def problem(self, place: tuple[str | int, ...], what: str, remedy: str) -> Problem:
        return self.draft.text.problem((*self.path, *place), what, remedy)

    def unknown(
        self,
        place: tuple[str | int, ...],
        noun: str,
        name: str,
        known: Collection[str],
        *,
        fixed: bool = False,
    ) -> Problem:
        return unknown(self.draft, (*self.path, *place), noun, name, known, fixed=fixed)


def _stated(drafts: Drafts) -> Iterator[_Stated]:
    for draft in drafts.processes:
        for day, value in (draft.definition.values if draft.definition else {}).items():
            yield _Stated(draft, ("values", str(day)), value)


def processes_cite_listed_clauses(drafts: Drafts) -> Iterator[Problem]:
    """Check the clauses that values, moves and clocks of processes cite."""
    known = {draft.name for draft in drafts.clauses}
    for one in _stated(drafts):
        places: dict[tuple[str, ...], tuple[str, ...]] = {(): one.value.clause or ()}
        places |= {("moves", name): move.clause or () for name, move in one.value.moves.items()}
        places |= {("clocks", name): clock.clause or () for name, clock in one.value.clocks.items()}
        for place, clauses in places.items():
            for index, clause in enumerate(clauses):
                if clause not in known:
                    yield one.unknown((*place, "clause", index), "clause", clause, known)


def clocks_count_by_known_calendars(drafts: Drafts) -> Iterator[Problem]:
    """Check the calendars that clocks count by."""
    known = {draft.name for draft in drafts.calendars}
    for one in _stated(drafts):
        for name, clock in one.value.clocks.items():
            calendar = clock.due.calendar if isinstance(clock.due, Due) else None
            if calendar and calendar not in known:
                yield one.unknown(("clocks", name, "due", "calendar"), "calendar", calendar, known)


def those_who_move_are_known(drafts: Drafts) -> Iterator[Problem]:
    """Check who may move or hold, whose clock it is, and whose decision is carried out."""
    bodies = {draft.name for draft in drafts.bodies}
    movers = {*ROLES, PARTY, CLOCK}
    for one in _stated(drafts):
        for name, move in one.value.moves.items():
            yield from _unknown_roles(one, ("moves", name, "who"), move.who, movers)
            if move.body and move.body not in bodies:
                yield one.unknown(("moves", name, "body"), "body", move.body, bodies)
        yield from _unknown_roles(one, ("holds",), one.value.holds, ROLES)
        owners = {*ROLES, PARTY, *bodies}
        for name, clock in one.value.clocks.items():
            if clock.owner not in owners:
                yield one.unknown(("clocks", name, "owner"), "role or body", clock.owner, owners, fixed=True)


def _unknown_roles(
    one: _Stated, place: tuple[str, ...], names: tuple[str, ...], known: Collection[str]
) -> Iterator[Problem]:
    for index, name in enumerate(names):
        if name not in known:
            yield one.unknown((*place, index), "role", name, known, fixed=True)


def guards_are_known(drafts: Drafts) -> Iterator[Problem]:
    """Check the conditions, and that a body is named where its decision is asked for and nowhere else."""
    for one in _stated(drafts):
        for name, move in one.value.moves.items():
            for index, guard in enumerate(move.guards):
                if guard not in GUARDS:
                    yield one.unknown(("moves", name, "guards", index), "guard", guard, GUARDS, fixed=True)
                elif guard in OF_A_BODY and not move.body:
                    what = f"the guard {guard!r} asks for a decision, and no body is named"
                    yield one.problem(("moves", name, "guards", index), what, "Name the body of the move.")
            if move.outcome == "rejected" and not move.body:
                what = "a decision is carried out that did not let something, and no body is named"
                yield one.problem(("moves", name, "outcome"), what, "Name the body of the move.")
            if move.body and "body_has_decided" not in move.guards:
                what = f"the move could be made before {move.body!r} has decided"
                yield one.problem(("moves", name, "body"), what, "Add the guard body_has_decided.")


def processes_go_on(drafts: Drafts) -> Iterator[Problem]:
    """Check tracks, moves and clocks, and, where nothing is wrong with these, every way through them."""
    for one in _stated(drafts):
        found = [*_of_tracks(one), *_of_moves(one), *_of_clocks(one)]
        yield from found or _of_ways(one)


def _of_tracks(one: _Stated) -> Iterator[Problem]:
    value = one.value
    if len(value.tracks) > 1 and value.main_ is None:
        what = "there are several tracks, and none is the main one"
        yield one.problem(("tracks",), what, f"Write main: {value.main}, or another of them.")
    if not any(stage.ends for stage in value.tracks[value.main].stages.values()):
        place = ("tracks", value.main, "stages")
        yield one.problem(place, "nothing ever ends here", "Write ends: yes at a stage of the main track.")
    for name, track in value.tracks.items():
        for stage, stated in track.stages.items():
            moves = [move for move, _ in value.moves_from(stage)]
            here = ("tracks", name, "stages", stage)
            if stated.ends and moves:
                what = f"the stage ends, and the move {moves[0]!r} leads out of it"
                yield one.problem(here, what, "Remove ends, or take the stage out of the move.")
            if stage == track.begins and not moves:
                what = "no move leads out of the stage that the track begins with"
                yield one.problem(here, what, "Add a move from it.")


def _of_moves(one: _Stated) -> Iterator[Problem]:
    value = one.value
    passing = {clock.passed.move for clock in value.clocks.values() if isinstance(clock.passed, Passing)}
    seen: dict[tuple[str, str], str] = {}
    for name, move in value.moves.items():
        for index, stage in enumerate(move.from_):
            first = seen.setdefault((stage, move.title), name)
            if first != name:
                what = f"from {stage!r} the move {first!r} has the same title"
                yield one.problem(("moves", name, "from", index), what, "Give each move its own title.")
        if CLOCK in move.who and name not in passing:
            what = "a clock may make the move, and none does when it passes"
            yield one.problem(("moves", name, "who"), what, f"Write passed: {{move: {name}}} at a clock.")


def _of_clocks(one: _Stated) -> Iterator[Problem]:
    started = {clock for move in one.value.moves.values() for clock in move.starts}
    for name, clock in one.value.clocks.items():
        if name not in started:
            yield one.problem(("clocks", name), "no move starts the clock", "Name it under starts of a move.")
        if not isinstance(clock.passed, Passing):
            continue
        move, place = one.value.moves[clock.passed.move], ("clocks", name, "passed", "move")
        if CLOCK not in move.who:
            what = f"no clock may make the move {clock.passed.move!r}"
            yield one.problem(place, what, "Add clock to who of the move.")
        for stage in clock.runs_in:
            if stage not in move.from_:
                what = f"the clock runs in {stage!r}, and its move does not lead from there"
                yield one.problem(place, what, f"Add {stage} to from of the move, or end the clock before.")


def _of_ways(one: _Stated) -> Iterator[Problem]:
    value, found = one.value, ways(one.value)
    if not found.whole:
        what = f"there are more than {len(found.steps):,} positions, and not all were looked at"
        yield one.problem(("tracks",), what, "Write fewer tracks, or processes of their own.")
        return
    for stage in (stage for stage in value.track_of if stage not in found.stages):
        place = ("tracks", value.track_of[stage], "stages", stage)
        yield one.problem(place, f"the stage {stage!r} is never reached", "Lead a move to it, or remove it.")
    for name, move in value.moves.items():
        if name not in found.moves and found.stages & set(move.from_):
            what = "the move can never be made: the other tracks never stand so"
            yield one.problem(("moves", name, "while"), what, "Correct the stages of the other tracks.")
    for (name, clock), position in found.lost.items():
        what = f"the clock {clock!r} would start in {_words(position)}, where it does not run"
        yield one.problem(("moves", name, "starts"), what, "Add the stage to its runs_in.")
    for clock, position in found.idle.items():
        what = f"the clock may pass in {_words(position)}, where its move cannot be made"
        yield one.problem(("clocks", clock, "passed"), what, "Mend from, while or runs_in.")
    yield from _of_traps(one, found)


def _of_traps(one: _Stated, found: Ways) -> Iterator[Problem]:
    """Tell each move that leads to where no end can be reached any more."""
    main = one.value.tracks[one.value.main]
    trapped = found.trapped({name for name, stage in main.stages.items() if stage.ends})
    remedy = "Add a move that leads on from there."
    if found.first in trapped:
        what = "no way leads from its beginning to an end"
        yield one.problem(("tracks", one.value.main), what, "Lead a move to a stage that ends.")
        return
    told: set[str] = set()
    for position in (position for position in found.steps if position not in trapped):
        for step in found.steps[position]:
            if step.to in trapped and step.move not in told:
                told.add(step.move)
                what = f"the move leads to {_words(step.to)}, from where no end can be reached"
                yield one.problem(("moves", step.move, "to"), what, remedy)


def _words(position: Position) -> str:
    return " with ".join(repr(stage) for stage in position.at)


def appeals_are_heard_by_others(drafts: Drafts) -> Iterator[Problem]:
    """Check that those who hear an appeal took no decision before it, and are the ones appealed to."""
    bodies: dict[str, Body] = known_by(drafts.bodies)
    for one in _stated(drafts):
        hears = {name: move for name, move in one.value.moves.items() if HEARD_BY_OTHERS in move.guards}
        for name, move in hears.items():
            for before in _bodies_before(one.value, move, hears):
                if move.body is None or move.body not in bodies or before not in bodies:
                    continue
                place, to = ("moves", name, "body"), bodies[before].appeals_to
                if people_behind(move.body, bodies) == people_behind(before, bodies):
                    same = "" if move.body == before else f", being the same people as {before!r}"
                    what = f"{move.body!r} would hear appeals against its own decisions{same}"
                    yield one.problem(place, what, "Name a body of other people.")
                elif to and to != move.body:
                    what = f"appeals against {before!r} go to {to!r}"
                    yield one.problem(place, what, f"Name that one, or correct appeals_to of {before}.")


def those_who_recommend_do_not_decide(drafts: Drafts) -> Iterator[Problem]:
    """Check that what another body has to recommend is decided by none that a matter came by before."""
    bodies: dict[str, Body] = known_by(drafts.bodies)
    for one in _stated(drafts):
        waits = {name: rule for name, rule in one.value.moves.items() if RECOMMENDED_BY_OTHERS in rule.guards}
        for name, move in waits.items():
            before = _bodies_before(one.value, move, waits)
            if not before:
                what = "nobody recommends it before"
                yield one.problem(("moves", name, "guards"), what, "Lead a decision of another body there.")
            for body in (known for known in before if known in bodies and move.body in bodies):
                if people_behind(str(move.body), bodies) == people_behind(body, bodies):
                    what = f"{move.body!r} would decide on what {body!r} recommends, the same people"
                    yield one.problem(("moves", name, "body"), what, "Name a body of other people.")


def _bodies_before(value: ProcessValue, move: Move, hears: Collection[str]) -> list[str]:
    """Return the bodies whose decisions a matter may have come by before the move, in the order of moves."""
    reached, ahead = set[str](), [*move.from_]
    while ahead:
        stage = ahead.pop()
        if stage not in reached:
            reached.add(stage)
            ahead += [one for before in value.moves.values() if before.to == stage for one in before.from_]
    found = [
        one.body for name, one in value.moves.items() if one.body and name not in hears and one.to in reached
    ]
    return list(dict.fromkeys(found))


CHECKS: tuple[Callable[[Drafts], Iterator[Problem]], ...] = (
    processes_cite_listed_clauses,
    clocks_count_by_known_calendars,
    those_who_move_are_known,
    guards_are_known,
    processes_go_on,
    appeals_are_heard_by_others,
    those_who_recommend_do_not_decide,
)

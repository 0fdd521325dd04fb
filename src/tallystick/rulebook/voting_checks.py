"""Checks of bodies and voting schemes against one another. Each takes the drafts and yields problems."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping

from tallystick.rulebook.bodies import AUTHORITY, CHAIR, Body
from tallystick.rulebook.drafts import Draft, Drafts
from tallystick.rulebook.naming import known_by, unknown
from tallystick.rulebook.problems import Problem
from tallystick.rulebook.voting import SchemeValue, VotingScheme


def bodies_exist(drafts: Drafts) -> Iterator[Problem]:
    """Check the bodies that other bodies and schemes name."""
    known = {draft.name for draft in drafts.bodies}
    for draft in drafts.bodies:
        body = draft.definition
        if body and body.role_of and body.role_of not in known:
            yield unknown(draft, ("role_of",), "body", body.role_of, known)
        if body and body.appeals_to and body.appeals_to not in {*known, AUTHORITY}:
            yield unknown(draft, ("appeals_to",), "body", body.appeals_to, {*known, AUTHORITY})
    for scheme in drafts.voting:
        for index, name in enumerate(scheme.definition.bodies if scheme.definition else ()):
            if name not in known:
                yield unknown(scheme, ("bodies", index), "body", name, known)


def schemes_cite_listed_clauses(drafts: Drafts) -> Iterator[Problem]:
    """Check the clauses that single values of schemes cite."""
    known = {draft.name for draft in drafts.clauses}
    for draft in drafts.voting:
        for day, value in (draft.definition.values if draft.definition else {}).items():
            for index, clause in enumerate(value.clause or ()):
                if clause not in known:
                    yield unknown(draft, ("values", str(day), "clause", index), "clause", clause, known)


def roles_are_of_others(drafts: Drafts) -> Iterator[Problem]:
    """Check that no body is an additional role of itself, directly or in a circle."""
    bodies: dict[str, Body] = known_by(drafts.bodies)
    above = {key: body.role_of for key, body in bodies.items()}
    for draft in drafts.bodies:
        if draft.name in _reached(draft.name, above):
            yield draft.text.problem(("role_of",), "the additional roles go in a circle", "Break it here.")


def nobody_hears_appeals_against_itself(drafts: Drafts) -> Iterator[Problem]:
    """Check that an appeal goes to others than those who decided, and ends somewhere.

    Where a body is the additional role of another, both are the same people.
    """
    bodies: dict[str, Body] = known_by(drafts.bodies)
    people = {key: people_behind(key, bodies) for key in bodies}
    above: dict[str, str | None] = {}
    for key, body in bodies.items():
        if body.appeals_to in bodies:
            above.setdefault(people[key], people[body.appeals_to])
    for draft in drafts.bodies:
        to = draft.definition.appeals_to if draft.definition else None
        if to not in bodies or draft.name not in bodies:
            continue
        if people[draft.name] == people[to]:
            same = "" if draft.name == to else f", being the same people as {to!r}"
            what = f"{draft.name!r} would hear appeals against its own decisions{same}"
            yield draft.text.problem(("appeals_to",), what, "Name others, or authority.")
        elif people[draft.name] in _reached(people[to], above):
            what = "the appeals go in a circle"
            yield draft.text.problem(("appeals_to",), what, "End them with a body, or with authority.")


def _reached(key: str, above: Mapping[str, str | None]) -> set[str]:
    """Return what is reached from a key, which is among it only if the way leads back."""
    reached: set[str] = set()
    ahead = above.get(key)
    while ahead is not None and ahead not in reached:
        reached.add(ahead)
        ahead = above.get(ahead)
    return reached


def people_behind(key: str, bodies: Mapping[str, Body]) -> str:
    """Return the body whose people a body's are: its own key unless it is a role of another."""
    seen: set[str] = set()
    while key in bodies and key not in seen:
        seen.add(key)
        role_of = bodies[key].role_of
        if role_of is None or role_of not in bodies:
            break
        key = role_of
    return key


def schemes_fit_their_bodies(drafts: Drafts) -> Iterator[Problem]:
    """Check that a chair who votes has a seat, categories are several, advice binds nobody, secrets keep."""
    bodies: dict[str, Body] = known_by(drafts.bodies)
    for draft in drafts.voting:
        if draft.definition is None:
            continue
        for name in draft.definition.bodies:
            if name not in bodies:
                continue
            for day, value in draft.definition.values.items():
                if value.effect == "decision" and bodies[name].kind == "advisory":
                    what = f"the body {name!r} only advises and takes no decision"
                    path = ("values", str(day), "effect")
                    yield draft.text.problem(path, what, "Write effect: recommendation.")
            seats = bodies.get(people_behind(name, bodies))
            if seats is not None:
                yield from _of_seats(draft, draft.definition, name, seats)


def _of_seats(draft: Draft[VotingScheme], scheme: VotingScheme, name: str, body: Body) -> Iterator[Problem]:
    for start, value, seats in _stretches(scheme, body):
        constituencies = set(seats) if value.chair == "votes" else set(seats) - {CHAIR}
        if value.chair != "none" and CHAIR not in seats:
            what = f"the body {name!r} has no seat of a chair"
            path = ("values", str(start), "chair")
            yield draft.text.problem(path, what, "Write chair: none, or give the body the seat chair: 1.")
        if value.method == "categories" and len(constituencies) < 2:  # noqa: PLR2004 - one is no contest
            what = f"the body {name!r} has one constituency, and categories need several"
            path = ("values", str(start), "method")
            yield draft.text.problem(path, what, "Write method: members.")
        alone = sorted(one for one in constituencies if seats[one] == 1)
        if value.ballots == "secret" and alone:
            what = f"the one seat of {alone[0]!r} in {name!r} has no secret: votes are told by constituency"
            path = ("values", str(start), "ballots")
            yield draft.text.problem(path, what, "Write ballots: open, or count it in another constituency.")


def _stretches(scheme: VotingScheme, body: Body) -> Iterator[tuple[dt.date, SchemeValue, dict[str, int]]]:
    """Yield each value, under its first day, with every set of seats it meets while it is in force."""
    starts = sorted(scheme.values)
    for start, until in zip(starts, [*starts[1:], dt.date.max], strict=True):
        met = {start, *(day for day in body.seats if start < day < until)}
        for day in sorted(met):
            seats = body.seats_on(day)
            if seats:
                yield start, scheme.values[start], seats


CHECKS: tuple[Callable[[Drafts], Iterator[Problem]], ...] = (
    bodies_exist,
    schemes_cite_listed_clauses,
    roles_are_of_others,
    nobody_hears_appeals_against_itself,
    schemes_fit_their_bodies,
)

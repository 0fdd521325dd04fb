"""Worked examples of votes: ballots in, count out, as whoever knows the code would count them by hand.

They stand in `examples/votes*.yaml` of a rulebook; `tally rulebook check` and the tests run every one.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from pydantic import TypeAdapter, ValidationError

from tallystick.decisions.counting import (
    Act,
    Ballot,
    CastingVote,
    Count,
    Scheme,
    Seat,
    UnableToCount,
    compared,
    counted,
)
from tallystick.rulebook import complaints
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import Clauses, Day, Definition, Name, NoValueYet, Sentence, Whole, YesNo
from tallystick.rulebook.text import Text

Outcome = Literal["carried", "not_carried", "deferred", "no_quorum"]


class Result(Definition):
    """What should come out; only what is written is compared. `members` is the same vote counted by member.

    `for` and `against` are of categories where these decide.
    """

    outcome: Outcome
    for_: Whole | None = None
    against: Whole | None = None
    abstained: Whole | None = None
    able: Whole | None = None
    present: Whole | None = None
    needed: Whole | None = None
    tied: YesNo | None = None
    categories: dict[Name, Literal["for", "against", "none"]] = {}

    model_config = {**Definition.model_config, "alias_generator": lambda name: name.rstrip("_")}


class Expected(Result):
    """The result, and what counting members would have made of the same ballots."""

    members: Result | None = None


class VoteExample(Definition):
    """Ballots by constituency and choice under a scheme of one body, on a day.

    The seats are those that the rulebook gives the body on the day, all filled but for the `vacant`; those of
    `aside` stood aside. `without_quorum` counts as if none were asked.
    """

    vote: Sentence
    clause: Clauses | None = None
    scheme: Name
    body: Name | None = None
    on: Day
    ballots: dict[Name, dict[Name, Whole]]
    aside: dict[Name, Whole] = {}
    vacant: dict[Name, Whole] = {}
    casting: Name | None = None
    without_quorum: YesNo = False
    expect: Expected


@dataclass(frozen=True, slots=True)
class Held:
    """An example made into what counting takes."""

    scheme: Scheme
    seats: tuple[Seat, ...]
    acts: tuple[Act, ...]


def failures_of(rulebook: Rulebook, root: Path) -> Iterator[str]:
    """Run every worked vote of the rulebook in the folder; yield what differs, in words."""
    for file in sorted((root / "examples").glob("votes*.yaml")):
        text = Text(file)
        yield from map(str, text.problems)
        try:
            examples = TypeAdapter(tuple[VoteExample, ...]).validate_python(text.value or [])
        except ValidationError as error:
            yield from map(str, complaints.problems(text, tuple[VoteExample, ...], error))
            continue
        for index, example in enumerate(examples):
            line, _ = text.place((index,))
            for difference in differences(rulebook, example):
                yield f"{file}:{line}: {example.vote}: {difference}"


def differences(rulebook: Rulebook, example: VoteExample) -> Iterator[str]:
    """Yield how the count of an example differs from what it expects."""
    try:
        held = held_of(rulebook, example)
        count = counted(held.scheme, held.seats, held.acts)
        by_member = replace(held.scheme, method="members", base="cast")
        other = counted(by_member, held.seats, held.acts)
    except (UnableToCount, NoValueYet) as error:
        yield str(error)
        return
    yield from _of(example.expect, held.scheme, count)
    if example.expect.members is not None:
        yield from (f"by member, {said}" for said in _of(example.expect.members, by_member, other))


def held_of(rulebook: Rulebook, example: VoteExample) -> Held:
    """Return the scheme, the seats and the acts of an example.

    :raises UnableToCount: if it names what the rulebook does not have, or more ballots than seats
    """
    if example.scheme not in rulebook.voting:
        raise UnableToCount(f"no voting scheme is called {example.scheme!r}")
    stated = rulebook.voting[example.scheme]
    body = example.body or stated.bodies[0]
    if body not in rulebook.bodies:
        raise UnableToCount(f"no body is called {body!r}")
    scheme = Scheme.of_facts(stated.value_on(example.on).as_facts())
    if example.without_quorum:
        scheme = replace(scheme, quorum=None)
    seats = rulebook.seats_on(body, example.on)
    for name in {*example.ballots, *example.aside, *example.vacant} - set(seats):
        raise UnableToCount(f"the body {body!r} has no seat of {name!r} on {example.on}")
    made: list[Seat] = []
    acts: list[Act] = []
    for constituency, number in seats.items():
        choices = [c for c, n in example.ballots.get(constituency, {}).items() for _ in range(n)]
        left = ["vacant"] * example.vacant.get(constituency, 0) + ["aside"] * example.aside.get(
            constituency, 0
        )
        if len(choices) + len(left) > number:
            raise UnableToCount(f"{constituency!r} has {number} seats on {example.on}, and more are named")
        states: list[Any] = ["filled"] * (number - len(left)) + left
        names = [f"{constituency} {n + 1}" for n in range(number)]
        made += [Seat(name, constituency, state=state) for name, state in zip(names, states, strict=True)]
        acts += [Ballot(name, choice) for name, choice in zip(names, choices, strict=False)]
    if example.casting is not None:
        acts.append(CastingVote(example.casting))
    return Held(scheme, tuple(made), tuple(acts))


def _of(expected: Result, scheme: Scheme, count: Count) -> Iterator[str]:
    for_, against, _ = compared(scheme, count.categories, count.able)
    found = {**count.as_facts(), "for": for_, "against": against}
    stated = expected.model_dump(by_alias=True, exclude_none=True, exclude={"members", "categories"})
    for name, wanted in stated.items():
        if found[name] != wanted:
            yield f"{name} should be {wanted} and is {found[name]}"
    outcomes = {one.constituency: one.outcome for one in count.categories}
    for name, wanted in expected.categories.items():
        if outcomes.get(name) != wanted:
            yield f"the category {name} should be {wanted} and is {outcomes.get(name, 'not there')}"

"""Questions to choose for: small ones at random, one to reason about, and a judge that tries every choice.

The judge shares nothing with the optimiser but the question. It multiplies fractions.
"""

import random
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction
from itertools import chain, combinations

from tallystick.assessments.optimiser.question import QUARTERS, Option, Pair, Question, Technique

SEGMENTS = ("large", "small")


def at_random(seed: int, techniques: int = 12, risks: int = 5) -> Question:
    """Return a question with so many techniques, each in one segment: a judge can try every choice."""
    dice = random.Random(seed)  # noqa: S311 - a sample to try, and no secret
    names = [f"R-{number:02}" for number in range(1, risks + 1)]
    exposure = {(risk, segment): float(dice.randint(1, 25)) for risk in names for segment in SEGMENTS}
    several: list[Technique] = []
    options: list[Option] = []
    for number in range(techniques):
        key = f"t{number:02}"
        segment = dice.choice(SEGMENTS)
        same = [one.technique for one in options if one.segment == segment]
        several.append(
            Technique(
                key,
                cost=dice.randint(0, 9) * 1_000_00,
                needs=(dice.choice(same),) if same and dice.random() < 0.3 else (),
                after=(dice.choice(same),) if same and dice.random() < 0.15 else (),
                is_tried=dice.random() < 0.3,
                quarters=tuple(sorted(dice.sample(QUARTERS, dice.randint(1, 4)))),
            )
        )
        struck = dice.sample(names, dice.randint(1, 3))
        effects = {risk: dice.choice((0.1, 0.25, 0.4, 0.8, 1.0)) for risk in struck}
        options.append(Option(key, segment, dice.randint(0, 5) * 500_00, float(dice.randint(0, 8)), effects))
    whole = sum(one.cost for one in several) + sum(one.cost for one in options)
    return Question(
        exposure,
        tuple(several),
        tuple(options),
        budget=int(whole * dice.uniform(0.1, 0.9)),
        coverage={names[0]: 0.25} if dice.random() < 0.2 else {},
        hours={segment: float(dice.randint(8, 30)) for segment in SEGMENTS if dice.random() < 0.7},
        fixed={"t03": dice.random() < 0.5} if dice.random() < 0.3 else {},
    )


def in_both(seed: int) -> Question:
    """Return a question whose techniques can each be applied in both segments, their own cost paid once."""
    dice, question = random.Random(seed), at_random(seed, techniques=6)  # noqa: S311 - as above
    twins = [
        replace(one, segment=other, cost=dice.choice((0, one.cost)))
        for one in question.options
        for other in SEGMENTS
        if other != one.segment
    ]
    return replace(question, options=(*question.options, *twins))


def least_left(question: Question) -> Fraction | None:
    """Return the least exposure that any choice leaves, having tried them all; None if none fits."""
    fitting = [left(question, chosen) for chosen in _choices(question) if _fits(question, set(chosen))]
    return min(fitting, default=None)


def left(question: Question, chosen: tuple[Pair, ...]) -> Fraction:
    return sum(
        (
            Fraction(weight) * _leaves(question, chosen, risk, segment)
            for (risk, segment), weight in question.exposure.items()
        ),
        Fraction(0),
    )


def _choices(question: Question) -> Iterator[tuple[Pair, ...]]:
    keys = [one.key for one in question.options]
    return chain.from_iterable(combinations(keys, size) for size in range(len(keys) + 1))


def _fits(question: Question, chosen: set[Pair]) -> bool:
    names = {technique for technique, _ in chosen}
    own = {one.key: one for one in question.techniques}
    paid = sum(own[name].cost for name in names)
    paid += sum(one.cost for one in question.options if one.key in chosen)
    if paid > question.budget or any((name in names) != is_in for name, is_in in question.fixed.items()):
        return False
    for name, segment in chosen:
        if any((other, segment) not in chosen for other in own[name].needs):
            return False
        for other in () if own[name].is_tried else own[name].after:
            if (other, segment) not in chosen or min(own[other].quarters) >= min(own[name].quarters):
                return False
    return _in_hours(question, chosen) and _covers(question, tuple(chosen))


def _in_hours(question: Question, chosen: set[Pair]) -> bool:
    runs = {one.key: one.quarters for one in question.techniques}
    return all(
        sum(
            one.hours
            for one in question.options
            if one.key in chosen and one.segment == segment and quarter in runs[one.technique]
        )
        <= most
        for segment, most in question.hours.items()
        for quarter in QUARTERS
    )


def _covers(question: Question, chosen: tuple[Pair, ...]) -> bool:
    return all(
        _leaves(question, chosen, risk, segment) <= 1 - Fraction(question.coverage.get(risk, 0))
        for (risk, segment), weight in question.exposure.items()
        if weight
    )


def _leaves(question: Question, chosen: tuple[Pair, ...], risk: str, segment: str) -> Fraction:
    share = Fraction(1)
    for one in question.options:
        if one.key in chosen and one.segment == segment:
            share *= 1 - Fraction(str(one.effects.get(risk, 0)))
    return share


def of_two() -> Question:
    """Return a question small enough to answer by hand: a budget of £10 for what costs £6, £5 and £4."""
    return Question(
        exposure={("R-01", "all"): 100.0},
        techniques=tuple(Technique(key) for key in ("lists", "visits", "webinar")),
        options=(
            Option("lists", "all", cost=600, effects={"R-01": 0.5}),
            Option("visits", "all", cost=500, effects={"R-01": 0.4}),
            Option("webinar", "all", cost=400, effects={"R-01": 0.2}),
        ),
        budget=1_000,
    )

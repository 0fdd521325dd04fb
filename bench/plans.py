"""Drawing a plan: 200 risks, 60 techniques, 12 segments, made up from a seed.

Half of the segments have the hours of a party to spare and half have not; three techniques in ten need
another; the budget is 35 % of what everything would cost.
"""

import hashlib
import random
import time

from bench.bars import Figures, figure
from tallystick.assessments.optimiser.chosen import choose
from tallystick.assessments.optimiser.question import Option, Question, Technique

SEED = 2022
RISKS, TECHNIQUES, SEGMENTS = 200, 60, 12
SHARE = 0.35
# Not every segment has every risk, not everything can be applied everywhere, not everything needs another.
EXPOSED, APPLICABLE, NEEDING = 0.8, 0.85, 0.3
ALONE = 10
ROUNDS = 3
POUND = 100
QUARTERS = ((1, 2, 3, 4), (1,), (2,), (3,), (4,), (2, 3), (3, 4))


def plans() -> Figures:
    """A plan to a gap of one in a hundred: the seconds that it takes, and the gap."""
    taken, gaps = [], []
    for _ in range(ROUNDS):
        question = made(SEED)
        before = time.perf_counter()
        found = choose(question)
        taken.append(time.perf_counter() - before)
        gaps.append(found.gap)
    said = {"of": digest(question)[:12], "covered": round(found.covered, 4)}
    return {"plan_seconds": {**figure(taken), **said}, "plan_gap": {**figure(gaps, 5), **said}}


def made(seed: int, risks: int = RISKS, techniques: int = TECHNIQUES, segments: int = SEGMENTS) -> Question:
    """Return a question made from a seed: the same each time."""
    dice = random.Random(seed)  # noqa: S311 - a sample to measure, and no secret
    names = [f"R-{number:03}" for number in range(1, risks + 1)]
    parts = [f"segment-{number:02}" for number in range(1, segments + 1)]
    exposure: dict[tuple[str, str], float] = {}
    for risk in names:
        score = dice.randint(1, 5) * dice.randint(1, 5)
        there = [part for part in parts if dice.random() < EXPOSED]
        exposure |= {(risk, part): round(score * dice.uniform(0.2, 1.8), 3) for part in there}
    several: list[Technique] = []
    options: list[Option] = []
    for number in range(1, techniques + 1):
        technique = _technique(dice, number)
        several.append(technique)
        options += _options(dice, technique, names, parts)
    hours = {part: float(dice.randint(60, 180)) for part in parts}
    question = Question(exposure, tuple(several), tuple(options), budget=0, hours=hours)
    return question.within(int(question.spent([one.key for one in options]) * SHARE))


def _technique(dice: random.Random, number: int) -> Technique:
    needs = (f"t{dice.randint(1, number - 1):02}",) if number > ALONE and dice.random() < NEEDING else ()
    cost = dice.randint(1, 15) * 1_000 * POUND
    return Technique(f"t{number:02}", cost, needs=needs, quarters=dice.choice(QUARTERS))


def _options(dice: random.Random, technique: Technique, risks: list[str], parts: list[str]) -> list[Option]:
    struck = {
        risk: dice.uniform(0.05, 0.5) for risk in dice.sample(risks, min(len(risks), dice.randint(4, 24)))
    }
    return [
        Option(
            technique.key,
            part,
            cost=dice.randint(0, 20) * 100 * POUND,
            hours=float(dice.randint(0, 12)),
            effects={risk: round(share * dice.uniform(0.6, 1.3), 3) for risk, share in struck.items()},
        )
        for part in parts
        if dice.random() < APPLICABLE
    ]


def digest(question: Question) -> str:
    """Return the hash of a question, by which a figure says what it was measured on."""
    told = repr((sorted(question.exposure.items()), question.techniques, question.options, question.budget))
    return hashlib.sha256(told.encode()).hexdigest()

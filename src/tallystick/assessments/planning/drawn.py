"""A plan as it was drawn: what it takes, what that leaves, why each technique is in or out, what more buys.

What was worked out once for a question is kept while the process lives, by the hash of the question.
"""

from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field, replace
from functools import lru_cache
from importlib.metadata import version
from typing import Any

from tallystick import __version__
from tallystick.assessments.optimiser.chosen import Chosen, UnableToPlan, choose
from tallystick.assessments.optimiser.frontier import TEN_THOUSAND, Frontier, frontier
from tallystick.assessments.optimiser.question import Pair, Question
from tallystick.assessments.optimiser.reasons import Reason, reasons
from tallystick.assessments.planning.asking import hash_of

APART = 5_000_00  # between two points of the curve, in pence
LITTLE = 0.05  # the share of the exposure of which a further £10,000 is said to add less
MOST_KEPT = 64
# A question in which options act on exposures so often is large: each choice takes it seconds, so that why a
# technique is in or out is worked out when somebody asks, and the curve has a few points, less exact.
LARGE = 1_000
FEW_POINTS = 4
ROUGH = 0.05


@dataclass(frozen=True)
class More:
    """What the best plan with £10,000 more would be: the share it covers, what comes in and what goes."""

    covered: float
    comes: tuple[str, ...]
    goes: tuple[str, ...]


@dataclass(frozen=True)
class Drawn:
    """The best plan for a question; amounts in pence, what is left in units of exposure.

    `by_risk` is what is left of each risk. `curve` has budgets with the share that is covered, None where
    nothing fits. `knee` is the budget from which on a further £10,000 adds little, if there is one.
    """

    budget: int
    options: tuple[Pair, ...]
    spent: int
    whole: float
    left: float
    bound: float
    reasons: tuple[Reason, ...]
    by_risk: tuple[tuple[str, float], ...]
    curve: tuple[tuple[int, float | None], ...]
    knee: int | None
    more: More | None

    @property
    def techniques(self) -> tuple[str, ...]:
        return tuple(sorted({technique for technique, _ in self.options}))

    @property
    def covered(self) -> float:
        """The share of the exposure that is taken off."""
        return self.chosen.covered

    @property
    def gap(self) -> float:
        """By what share of what is left another plan could leave less, at most."""
        return self.chosen.gap

    @property
    def chosen(self) -> Chosen:
        return Chosen(self.options, self.spent, self.left, self.bound, self.whole)

    @property
    def told(self) -> dict[str, Any]:
        """The plan as JSON."""
        return {**asdict(self), "options": [list(one) for one in self.options]}


def drawn_of(told: Mapping[str, Any]) -> Drawn:
    """Return the plan that JSON tells of."""
    why = tuple(Reason(**{**one, "others": tuple(one["others"])}) for one in told["reasons"])
    more = told["more"]
    return Drawn(
        **{name: told[name] for name in ("budget", "spent", "whole", "left", "bound", "knee")},
        options=tuple((technique, segment) for technique, segment in told["options"]),
        reasons=why,
        by_risk=tuple((risk, left) for risk, left in told["by_risk"]),
        curve=tuple((budget, covered) for budget, covered in told["curve"]),
        more=More(more["covered"], tuple(more["comes"]), tuple(more["goes"])) if more else None,
    )


def engine() -> str:
    """Return what drew a plan, with its versions."""
    return f"Tallystick {__version__}, HiGHS {version('highspy')}"


def draw(question: Question, most: int) -> Drawn:
    """Return the best plan for a question.

    :param most: where the curve ends, in pence
    :raises UnableToPlan: if nothing fits what is asked
    """
    return _drawn(_Asked(hash_of(question), question), max(most, question.budget))


def weigh(question: Question, plan: Drawn, technique: str) -> Drawn:
    """Return a plan with the reason of one technique worked out, where it was not."""
    if all(one.is_weighed or one.technique != technique for one in plan.reasons):
        return plan
    told = _weighed(_Asked(hash_of(question), question), plan.chosen, technique)
    return replace(plan, reasons=tuple(told if one.technique == technique else one for one in plan.reasons))


def is_large(question: Question) -> bool:
    """Tell whether a question is too large for all that a page tells of a small one."""
    return sum(len(one.effects) for one in question.options) > LARGE


def left_by_risk(question: Question, options: Iterable[Pair]) -> dict[str, float]:
    """Return what some options leave of each risk, in units of exposure."""
    left = dict(question.exposure)
    for technique, segment in options:
        for risk, share in question.at[technique, segment].effects.items():
            if (risk, segment) in left:
                left[risk, segment] *= 1 - share
    found: dict[str, float] = {}
    for (risk, _), value in left.items():
        found[risk] = found.get(risk, 0.0) + value
    return found


@dataclass(frozen=True)
class _Asked:
    """A question that equals another if their hashes do."""

    key: str
    question: Question = field(compare=False)


@lru_cache(maxsize=MOST_KEPT)
def _drawn(asked: _Asked, most: int) -> Drawn:
    question = asked.question
    anyhow = question.within(0)
    line = _curve(_Asked(hash_of(anyhow), anyhow), most)
    chosen = _best(choose(question), line, question.budget)
    return Drawn(
        budget=question.budget,
        options=chosen.options,
        spent=chosen.spent,
        whole=chosen.whole,
        left=chosen.left,
        bound=min(chosen.bound, chosen.left),
        reasons=tuple(reasons(question, chosen, among=() if is_large(question) else None)),
        by_risk=tuple(sorted(left_by_risk(question, chosen.options).items())),
        curve=tuple((one.budget, one.covered if one.chosen else None) for one in line.points),
        knee=line.knee(LITTLE),
        more=_more(question, chosen),
    )


@lru_cache(maxsize=MOST_KEPT)
def _curve(asked: _Asked, most: int) -> Frontier:
    if is_large(asked.question):
        return frontier(asked.question, [most * one // FEW_POINTS for one in range(1, FEW_POINTS + 1)], ROUGH)
    return frontier(asked.question, [*range(0, most, APART), most])


@lru_cache(maxsize=MOST_KEPT)
def _weighed(asked: _Asked, chosen: Chosen, technique: str) -> Reason:
    told = reasons(asked.question, chosen, among=(technique,))
    return next(one for one in told if one.technique == technique)


def _best(chosen: Chosen, line: Frontier, budget: int) -> Chosen:
    """Return the choice, or one found for less money that leaves less: both lie within the gap."""
    known = [one.chosen for one in line.points if one.budget <= budget and one.chosen is not None]
    return min(chosen, *known, key=lambda one: one.left) if known else chosen


def _more(question: Question, chosen: Chosen) -> More | None:
    try:
        found = choose(question.within(question.budget + TEN_THOUSAND))
    except UnableToPlan:  # pragma: no cover - what fits less money fits more
        return None
    better = found if found.left < chosen.left else chosen
    there, then = {*chosen.techniques}, {*better.techniques}
    return More(better.covered, tuple(sorted(then - there)), tuple(sorted(there - then)))

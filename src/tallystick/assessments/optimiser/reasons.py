"""Why a technique is in a plan or is not: what the plan would be with it the other way round."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from typing import Literal

from tallystick.assessments.optimiser.chosen import GAP, Chosen, UnableToPlan, choose
from tallystick.assessments.optimiser.programme import allowed, waited_for
from tallystick.assessments.optimiser.question import Question

Why = Literal["worth_it", "put_in", "left_out", "waits", "cannot", "no_effect", "elsewhere"]


@dataclass(frozen=True)
class Reason:
    """Why a technique is in or not, and the exposure that the best plan would leave besides otherwise.

    `worth_it`: without it, `more` would be left. `elsewhere`: with it, `more` would be left, for its money or
    hours do more elsewhere. `put_in` and `left_out`: somebody decided so, at the price of `more`. `waits`:
    for `others`, which are not in the plan. `cannot`: no plan fits with it. `no_effect`: it takes nothing off
    any exposure there is. Where a reason is not `is_weighed`, nobody worked out what would be otherwise, and
    `more` is not known. `removes` is what it takes off in the plan, or would take off beside it, and `cost`
    what it costs there, in pence.
    """

    technique: str
    is_in: bool
    why: Why
    removes: float
    cost: int
    more: float | None = None
    others: tuple[str, ...] = ()
    is_weighed: bool = True


def reasons(
    question: Question, chosen: Chosen, gap: float = GAP, among: Collection[str] | None = None
) -> list[Reason]:
    """Return why each technique is in the choice or is not, in the order of the question.

    :param among: the techniques to weigh, each of which takes another choice; all where nothing is said
    """
    return [_reason(question, chosen, one.key, gap, among) for one in question.techniques]


def _reason(
    question: Question, chosen: Chosen, technique: str, gap: float, among: Collection[str] | None
) -> Reason:
    is_in = technique in chosen.techniques
    removes, cost = _beside(question, chosen, technique)
    reason = Reason(technique, is_in, "worth_it" if is_in else "elsewhere", removes, cost)
    if among is not None and technique not in among:
        why: Why = reason.why if technique not in question.fixed else "put_in" if is_in else "left_out"
        return replace(reason, why=why, is_weighed=False)
    if technique in question.fixed:
        free = {key: one for key, one in question.fixed.items() if key != technique}
        other = _otherwise(replace(question, fixed=free), gap)
        more = None if other is None else max(0.0, chosen.left - other.left)
        return replace(reason, why="put_in" if is_in else "left_out", more=more)
    if not is_in and not any(one.technique == technique for one in allowed(question)):
        waiting = waited_for(question.of[technique])
        return replace(
            reason, why="waits", others=tuple(one for one in waiting if one not in chosen.techniques)
        )
    if not is_in and not removes:
        return replace(reason, why="no_effect")
    other = _otherwise(question.holding(technique, is_in=not is_in), gap)
    if other is None:
        return reason if is_in else replace(reason, why="cannot")
    return replace(reason, more=max(0.0, other.left - chosen.left))


def _otherwise(question: Question, gap: float) -> Chosen | None:
    try:
        return choose(question, gap)
    except UnableToPlan:
        return None


def _beside(question: Question, chosen: Chosen, technique: str) -> tuple[float, int]:
    """Return what a technique takes off beside the rest of a choice, and what it costs there, in pence.

    One that is not chosen is looked at wherever it can be applied.
    """
    rest = [one for one in chosen.options if one[0] != technique]
    own = [one for one in chosen.options if one[0] == technique]
    own = own or [one.key for one in question.options if one.technique == technique]
    both = [*rest, *own]
    return question.left(rest) - question.left(both), question.spent(both) - question.spent(rest)

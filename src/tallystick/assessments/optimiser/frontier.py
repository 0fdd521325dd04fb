"""What more money buys: the best choice at each of several budgets, and where more of it buys little."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from tallystick.assessments.optimiser.chosen import GAP, Chosen, UnableToPlan, choose
from tallystick.assessments.optimiser.question import Question

TEN_THOUSAND = 10_000_00


@dataclass(frozen=True)
class Point:
    """The best choice for a budget, in pence; None where nothing fits so little."""

    budget: int
    chosen: Chosen | None

    @property
    def covered(self) -> float:
        return self.chosen.covered if self.chosen else 0.0


@dataclass(frozen=True)
class Frontier:
    """The points by rising budget."""

    points: tuple[Point, ...]

    def knee(self, least: float, step: int = TEN_THOUSAND) -> int | None:
        """Return the lowest budget from which on each step more adds a smaller share than the least asked.

        :param step: pence; a share is counted over it, however far apart the points lie
        """
        found = None
        for low, high in reversed(list(pairwise(self.points))):
            if (high.covered - low.covered) * step >= least * (high.budget - low.budget):
                return found
            found = low.budget
        return found


def frontier(question: Question, budgets: Iterable[int], gap: float = GAP) -> Frontier:
    """Return the best choice at each budget. More money never covers less: it may be left unspent."""
    points: list[Point] = []
    for budget in sorted(set(budgets)):
        found = _at(question.within(budget), gap)
        last = points[-1].chosen if points else None
        if last is not None and (found is None or found.left > last.left):
            found = Chosen(last.options, last.spent, last.left, min(last.bound, last.left), last.whole)
        points.append(Point(budget, found))
    return Frontier(tuple(points))


def _at(question: Question, gap: float) -> Chosen | None:
    try:
        return choose(question, gap)
    except UnableToPlan:
        return None

"""A question in the solver's terms: techniques, then options, then what is left of each exposure.

What is left of an exposure is a product of what each technique leaves: its logarithm is a sum, and what is
left is the exponential of that sum. That is convex, so that lines which touch it lie below it everywhere.
The solver sees lines only, and is given another where its answer lies too far below the truth. Its bound
holds for the truth too, which lies above every line. An exposure that one option touches is a line itself.
"""

import math
from collections import defaultdict
from collections.abc import Mapping

import highspy
import numpy as np
import numpy.typing as npt

from tallystick.assessments.optimiser.question import QUARTERS, Option, Pair, Question, Technique

# A whole effect leaves nothing, of which there is no logarithm.
LEAST = 1e-9
# A line is added where an answer lies below the truth by more than this share, and more than can be told.
NEAR = 0.002
TOLD = 1e-6
RELAXED = 20
PENCE = 100_000.0
Numbers = npt.NDArray[np.float64]


class Programme:
    """What the solver is told, and its answers. `used` are the techniques that can be taken at all."""

    def __init__(self, question: Question) -> None:
        self.question = question
        self.options = allowed(question)
        self.used = {one.technique for one in self.options}
        self.techniques = [one for one in question.techniques if one.key in self.used]
        self.first = len(self.techniques)
        touching = _touching(question, self.options)
        self._single = {pair: found for pair, found in touching.items() if len(found) == 1}
        self._sums = {pair: found for pair, found in touching.items() if len(found) > 1}
        self._number = {pair: self.first + len(self.options) + one for one, pair in enumerate(self._sums)}
        self._solver = _quiet()
        self._columns()
        self._rows(touching)

    def relax(self) -> None:
        """Solve without whole numbers, adding lines until none is far from the truth."""
        for _ in range(RELAXED):
            self._solver.run()
            if self.is_hopeless or not self.add_lines(self.answer()):
                break

    def solve(self, gap: float, nodes: int) -> bool:
        """Solve in whole numbers, as near to the best as the gap says; tell whether there is an answer."""
        for column in range(self.first + len(self.options)):
            self._solver.changeColIntegrality(column, highspy.HighsVarType.kInteger)
        self._solver.setOptionValue("mip_rel_gap", gap)
        self._solver.setOptionValue("mip_max_nodes", nodes)
        self._solver.run()
        return bool(self._solver.getInfo().primal_solution_status == highspy.kSolutionStatusFeasible)

    @property
    def is_hopeless(self) -> bool:
        """Tell whether nothing fits, with or without whole numbers."""
        status = self._solver.getModelStatus()
        return bool(
            status in (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)
        )

    def answer(self) -> Numbers:
        return np.array(self._solver.getSolution().col_value)

    def taken(self) -> tuple[Pair, ...]:
        """Return the options of the answer, in order."""
        answer = self.answer()[self.first :]
        return tuple(
            sorted(one.key for one, value in zip(self.options, answer, strict=False) if value > 1 / 2)
        )

    def bound(self) -> float:
        """Return the exposure that no choice goes below."""
        return float(self._solver.getInfo().mip_dual_bound)

    def add_lines(self, answer: Numbers) -> int:
        """Add a line for each exposure of which the answer lies too far below the truth; return how many."""
        added = 0
        for pair, logarithms in self._sums.items():
            touched = sum(log * answer[column] for column, log in logarithms.items())
            if math.exp(touched) * (1 - NEAR) > answer[self._number[pair]] + TOLD:
                self._line(pair, touched)
                added += 1
        return added

    def _columns(self) -> None:
        """Name every number with its bounds and what it adds to the exposure that is left."""
        exposure, count = self.question.exposure, self.first + len(self.options) + len(self._sums)
        aims, low = np.zeros(count), np.zeros(count)
        for pair, (column,) in self._single.items():
            aims[column] -= exposure[pair] * self.options[column - self.first].effects[pair[0]]
        for pair, column in self._number.items():
            aims[column] = exposure[pair]
        for column, technique in enumerate(self.techniques):
            low[column] = bool(self.question.fixed.get(technique.key))
        self._solver.addVars(count, low, np.ones(count))
        self._solver.changeColsCost(count, np.arange(count, dtype=np.int32), aims)
        self._solver.changeObjectiveOffset(self.question.whole - sum(exposure[pair] for pair in self._sums))

    def _rows(self, touching: Mapping[Pair, Mapping[int, float]]) -> None:
        self._money()
        self._techniques()
        self._order()
        self._hours()
        for pair in self.question.exposure:
            self._cover(pair, touching.get(pair, {}))
        for pair, logarithms in self._sums.items():
            self._line(pair, 0.0)
            self._line(pair, sum(logarithms.values()) / 2)

    def _row(self, terms: Mapping[int, float], low: float = -math.inf, high: float = math.inf) -> None:
        columns = np.array(list(terms), dtype=np.int32)
        self._solver.addRow(low, high, len(terms), columns, np.array(list(terms.values()), dtype=float))

    def _money(self) -> None:
        """Spend no more than there is; pence are scaled, for the solver wants numbers of a size."""
        costs = {column: one.cost / PENCE for column, one in enumerate(self.techniques)}
        costs |= {self.first + number: one.cost / PENCE for number, one in enumerate(self.options)}
        self._row(costs, high=self.question.budget / PENCE)

    def _techniques(self) -> None:
        """Take an option only with its technique, and a technique only with an option of it."""
        column_of = {one.key: column for column, one in enumerate(self.techniques)}
        own: dict[int, list[int]] = defaultdict(list)
        for column, option in enumerate(self.options, start=self.first):
            technique = column_of[option.technique]
            own[technique].append(column)
            self._row({column: 1.0, technique: -1.0}, high=0.0)
        for technique, columns in own.items():
            self._row({technique: 1.0, **dict.fromkeys(columns, -1.0)}, high=0.0)

    def _order(self) -> None:
        at = {one.key: column for column, one in enumerate(self.options, start=self.first)}
        for option in self.options:
            for other in waited_for(self.question.of[option.technique]):
                self._row({at[option.key]: 1.0, at[other, option.segment]: -1.0}, high=0.0)

    def _hours(self) -> None:
        for segment, most in self.question.hours.items():
            for quarter in QUARTERS:
                hours = {
                    column: option.hours
                    for column, option in enumerate(self.options, start=self.first)
                    if option.segment == segment
                    and option.hours
                    and quarter in self.question.of[option.technique].quarters
                }
                if hours:
                    self._row(hours, high=most)

    def _line(self, pair: Pair, touched: float) -> None:
        """Keep what is left above the line that touches at a sum: e to the sum is its height and slope."""
        height = math.exp(touched)
        slopes = {column: -height * log for column, log in self._sums[pair].items()}
        self._row({self._number[pair]: 1.0, **slopes}, low=height * (1 - touched))

    def _cover(self, pair: Pair, logarithms: Mapping[int, float]) -> None:
        """Let the sum of logarithms reach that of what may be left: this is exact, whatever the lines say."""
        least = self.question.coverage.get(pair[0], 0.0)
        if least and self.question.exposure[pair]:
            self._row(logarithms, high=_logarithm(least) + LEAST)


def allowed(question: Question) -> list[Option]:
    """Return the options that can be taken at all: what each waits for can be taken too, and is in time."""
    left = {one.key: one for one in question.options if _is_open(question, one)}
    while True:
        lost = [
            key
            for key in left
            if any((other, key[1]) not in left for other in waited_for(question.of[key[0]]))
        ]
        if not lost:
            return list(left.values())
        for key in lost:
            del left[key]


def waited_for(technique: Technique) -> tuple[str, ...]:
    """Return the techniques that have to be applied where this one is."""
    return technique.needs if technique.is_tried else (*technique.needs, *technique.after)


def _is_open(question: Question, option: Option) -> bool:
    """Tell whether an option was not left out, runs at some time, and not before what has to come earlier."""
    technique = question.of[option.technique]
    if question.fixed.get(option.technique) is False or not technique.quarters:
        return False
    earlier = () if technique.is_tried else technique.after
    first = min(technique.quarters)
    return all(min(question.of[one].quarters, default=first) < first for one in earlier)


def _touching(question: Question, options: list[Option]) -> dict[Pair, dict[int, float]]:
    """Return by exposure the columns of the options on it, each with the logarithm of what it leaves."""
    found: dict[Pair, dict[int, float]] = defaultdict(dict)
    first = len({one.technique for one in options})
    for column, option in enumerate(options, start=first):
        for risk, share in option.effects.items():
            if share and question.exposure.get((risk, option.segment)):
                found[risk, option.segment][column] = _logarithm(share)
    return dict(sorted(found.items()))


def _logarithm(share: float) -> float:
    return math.log(max(LEAST, 1 - share))


def _quiet() -> highspy.Highs:
    """Return a solver that says nothing and answers the same each time."""
    solver = highspy.Highs()  # type: ignore[no-untyped-call]  # its types leave that out
    for option, value in (("output_flag", False), ("threads", 1), ("random_seed", 0)):
        solver.setOptionValue(option, value)
    return solver

"""The best choice for a question, and how far from the best it can be at most.

The solver's bound and the true exposure of what it chose, counted from the products themselves, are two
numbers. Between them lies the gap, which is told with every choice.
"""

from dataclasses import dataclass

from tallystick.assessments.optimiser.programme import Programme
from tallystick.assessments.optimiser.question import Pair, Question

GAP = 0.01
# What the solver may leave open of the gap: the lines take the rest.
OF_SOLVER = 0.8
NODES = 20_000
ROUNDS = 4
TOO_LONG = "No plan was found within the steps that the solver has. Ask for less cover, or put less in."


class UnableToPlan(Exception):
    """No choice fits everything that is asked."""


@dataclass(frozen=True)
class Chosen:
    """The options that a plan takes, in order; `left` and `bound` in units of exposure, `spent` in pence.

    No choice leaves less than `bound`.
    """

    options: tuple[Pair, ...]
    spent: int
    left: float
    bound: float
    whole: float

    @property
    def techniques(self) -> tuple[str, ...]:
        return tuple(sorted({technique for technique, _ in self.options}))

    @property
    def covered(self) -> float:
        """The share of the exposure that is taken off."""
        return 1 - self.left / self.whole if self.whole else 0.0

    @property
    def gap(self) -> float:
        """By what share of what is left another choice could leave less, at most."""
        return max(0.0, (self.left - self.bound) / self.left) if self.left else 0.0


def choose(question: Question, gap: float = GAP) -> Chosen:
    """Return a choice that leaves the least exposure, or so little more of it as the gap says.

    :raises UnableToPlan: if nothing fits what is asked, or nothing was found within the solver's steps
    """
    programme = Programme(question)
    _check_put_in(question, programme)
    if not programme.options:
        if question.coverage:
            raise UnableToPlan(_told(question))
        return _counted(question, (), question.whole)
    programme.relax()
    found = _solved(question, programme, gap)
    for _ in range(ROUNDS):
        if found.gap <= gap or not programme.add_lines(programme.answer()):
            break
        found = min(found, _solved(question, programme, gap), key=lambda one: one.gap)
    return found


def _solved(question: Question, programme: Programme, gap: float) -> Chosen:
    if not programme.solve(gap * OF_SOLVER, NODES):
        raise UnableToPlan(_told(question) if programme.is_hopeless else TOO_LONG)
    return _counted(question, programme.taken(), programme.bound())


def _counted(question: Question, options: tuple[Pair, ...], bound: float) -> Chosen:
    left = question.left(options)
    return Chosen(options, question.spent(options), left, min(bound, left), question.whole)


def _check_put_in(question: Question, programme: Programme) -> None:
    barred = sorted(key for key, is_in in question.fixed.items() if is_in and key not in programme.used)
    if barred:
        why = "What it waits for is left out, or comes too late, or nobody is there to apply it to."
        raise UnableToPlan(f"{', '.join(barred)} cannot be put in. {why}")


def _told(question: Question) -> str:
    asked = [
        f"a budget of £{question.budget / 100:,.2f}",
        "the least cover" if question.coverage else "",
        "the hours of parties" if question.hours else "",
        "what was put in" if any(question.fixed.values()) else "",
    ]
    told = [one for one in asked if one]
    together = f"{', '.join(told[:-1])} and {told[-1]}" if len(told) > 1 else told[0]
    return f"No plan fits {together} at once. Give one of them up."

"""What a plan is asked to be: exposures, techniques, and what there is of money, hours and time.

Exposure is counted in whatever unit the scoring has, points or pounds. Money is whole pence. A share is a
number between 0 and 1.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property

QUARTERS = (1, 2, 3, 4)
Pair = tuple[str, str]


class UnableToAsk(Exception):
    """A question contradicts itself: it names what it does not have, or a number that cannot be."""


@dataclass(frozen=True, slots=True)
class Technique:
    """A technique as a plan may have it. `cost` is paid once, wherever it is applied.

    `needs` have to be applied in the same segment. `after` have to be applied there in an earlier quarter,
    unless they were `tried` before. It runs in `quarters` of the year, counted from 1.
    """

    key: str
    cost: int = 0
    needs: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    is_tried: bool = False
    quarters: tuple[int, ...] = QUARTERS


@dataclass(frozen=True, slots=True)
class Option:
    """A technique among the parties of one segment: what it costs there besides, in pence, and does there.

    `hours` are those of each party in a quarter in which it runs; `effects` the share it takes off a risk.
    """

    technique: str
    segment: str
    cost: int = 0
    hours: float = 0.0
    effects: Mapping[str, float] = field(default_factory=dict)

    @property
    def key(self) -> Pair:
        return self.technique, self.segment


@dataclass(frozen=True)
class Question:
    """Everything that a plan is drawn from.

    `exposure` is by risk and segment. `coverage` is the least share of a risk that has to be taken off in
    every segment that has some of it. `hours` are the most of one party of a segment in a quarter; a segment
    that is not named has no limit. `fixed` are techniques that somebody put in or left out.
    """

    exposure: Mapping[Pair, float]
    techniques: tuple[Technique, ...]
    options: tuple[Option, ...]
    budget: int
    coverage: Mapping[str, float] = field(default_factory=dict)
    hours: Mapping[str, float] = field(default_factory=dict)
    fixed: Mapping[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for refusal in self._wrong():
            raise UnableToAsk(refusal)

    @cached_property
    def of(self) -> dict[str, Technique]:
        """The techniques by key."""
        return {one.key: one for one in self.techniques}

    @cached_property
    def at(self) -> dict[Pair, Option]:
        """The options by technique and segment."""
        return {one.key: one for one in self.options}

    @cached_property
    def whole(self) -> float:
        """All exposure there is."""
        return sum(self.exposure.values())

    def within(self, budget: int) -> "Question":
        """Return the question with another budget, in pence."""
        return replace(self, budget=budget)

    def holding(self, technique: str, *, is_in: bool) -> "Question":
        """Return the question with a technique put in or left out."""
        return replace(self, fixed={**self.fixed, technique: is_in})

    def left(self, chosen: Iterable[Pair]) -> float:
        """Return the exposure that is left where the options are applied.

        Of each risk in each segment the effects multiply: what one leaves is what the next finds, so that
        together they never take off more than there is.
        """
        left = dict(self.exposure)
        for technique, segment in sorted(chosen):
            for risk, share in self.at[technique, segment].effects.items():
                if (risk, segment) in left:
                    left[risk, segment] *= 1 - share
        return sum(left.values())

    def spent(self, chosen: Iterable[Pair]) -> int:
        """Return what the options cost, in pence, with each technique's own cost once."""
        several = list(chosen)
        once = sum(self.of[key].cost for key in {technique for technique, _ in several})
        return once + sum(self.at[one].cost for one in several)

    def _wrong(self) -> Iterator[str]:
        if self.budget < 0:
            yield "A budget is not below nothing."
        if len(self.of) < len(self.techniques) or len(self.at) < len(self.options):
            yield "A technique, and each of its options, is asked about once."
        named = {key for one in self.techniques for key in (*one.needs, *one.after)} | {*self.fixed}
        named |= {one.technique for one in self.options}
        unknown = sorted(named - set(self.of))
        if unknown:
            yield f"No technique is called {', '.join(unknown)}."
        shares = [share for one in self.options for share in one.effects.values()]
        if not all(0 <= share <= 1 for share in (*shares, *self.coverage.values())):
            yield "A share lies between 0 and 1."
        amounts = [*self.exposure.values(), *self.hours.values(), *(one.hours for one in self.options)]
        amounts += [one.cost for one in self.techniques] + [one.cost for one in self.options]
        if any(one < 0 for one in amounts):
            yield "Costs, hours and exposures are not below nothing."

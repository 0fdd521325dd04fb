"""How a code scores its risks: methods that can be exchanged, each value from the day it is in force.

A method says what is asked of whoever scores and how the answers are read; the arithmetic is in `risks`. A
score names its method and the day of its value, so that an old period can be scored again under a new one.
"""

import datetime as dt
from decimal import Decimal
from itertools import pairwise
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.terms import (
    Amount,
    Clauses,
    Day,
    Definition,
    Mistake,
    Name,
    Sentence,
    Share,
    Sourced,
    Whole,
    in_force,
)

Position = Literal["above", "watch", "checks", "accept"]
Title = Annotated[str, Field(min_length=1, max_length=40, description="a word or two")]
MOST_STEPS = 10


class Likelihood(Definition):
    """A step of likelihood: `up_to` is the chance in a year that it reaches, the last step's being 1."""

    title: Title
    up_to: Share
    says: str = ""


class Impact(Definition):
    """A step of impact, the least first."""

    title: Title
    says: str = ""


class Band(Definition):
    """What a score means from a bound on: above appetite, to watch, to accept with checks, to accept."""

    from_: Annotated[Amount, Field(alias="from")]
    position: Position
    title: Title


class Banded(Sourced):
    """What every method has: its version in words, the bands of its scores, the appetite where none is set.

    A risk at `top` or over is a top risk.
    """

    version: Title
    bands: tuple[Band, ...] = Field(min_length=1, max_length=MOST_STEPS)
    appetite: Amount
    top: Amount | None = None
    clause: Clauses | None = None
    note: str = ""

    @model_validator(mode="after")
    def _bands_rise(self) -> "Banded":
        for index, (low, high) in enumerate(pairwise(self.bands), start=1):
            if high.from_ <= low.from_:
                what = f"the band from {high.from_} does not lie above that from {low.from_}"
                raise Mistake(what, "bands", index, "from", remedy="Write the lowest band first.")
        return self

    def band_of(self, score: Decimal | int) -> Band:
        """Return the band that a score falls in; below the lowest bound, the lowest."""
        reached = [one for one in self.bands if one.from_ <= score]
        return reached[-1] if reached else self.bands[0]

    def is_top(self, score: Decimal | int) -> bool:
        return self.top is not None and score >= self.top


class Grid(Banded):
    """Likelihood times impact, in steps counted from 1."""

    kind: Literal["grid"]
    likelihood: tuple[Likelihood, ...] = Field(min_length=2, max_length=MOST_STEPS)
    impact: tuple[Impact, ...] = Field(min_length=2, max_length=MOST_STEPS)

    @model_validator(mode="after")
    def _chances_rise_to_one(self) -> "Grid":
        for index, (low, high) in enumerate(pairwise(self.likelihood), start=1):
            if high.up_to <= low.up_to:
                what = f"{high.title} does not reach further than {low.title}"
                raise Mistake(what, "likelihood", index, "up_to", remedy="Write the least likely step first.")
        if self.likelihood[-1].up_to != 1:
            last = len(self.likelihood) - 1
            what = "the last step does not reach to certainty"
            raise Mistake(what, "likelihood", last, "up_to", remedy='Write up_to: "1".')
        return self

    def step_of(self, chance: Decimal) -> int:
        """Return the step of likelihood, counted from 1, of a chance in a year between 0 and 1."""
        return next(number for number, one in enumerate(self.likelihood, start=1) if chance <= one.up_to)


class Money(Banded):
    """Events a year times a loss between low and high, most often central, drawn at random from a seed.

    Losses are pounds; `quantiles` are those shown beside the mean.
    """

    kind: Literal["money"]
    shape: Literal["triangular", "pert"]
    draws: Annotated[Whole, Field(ge=1_000, le=1_000_000)]
    seed: Whole
    quantiles: tuple[Share, ...] = Field(min_length=1, max_length=MOST_STEPS)


class Tail(Banded):
    """The loss of a year that is exceeded with a chance of 1 less `quantile`: a value at risk.

    Failures are counted as binomial. `borne` says which share of the loss each of those has to bear who
    bear it, by category or role, where the code says so.
    """

    kind: Literal["tail"]
    quantile: Share
    borne: dict[Name, Share] = {}

    @model_validator(mode="after")
    def _is_borne_whole(self) -> "Tail":
        if self.borne and sum(self.borne.values()) != 1:
            what = f"the shares of those who bear a loss sum to {sum(self.borne.values())}"
            raise Mistake(what, "borne", remedy="Write shares that sum to 1, or leave them out.")
        return self


ScoringValue = Annotated[Grid | Money | Tail, Field(discriminator="kind")]


class ScoringMethod(Definition):
    """A way to score risks, each value under the first day on which it may be used."""

    key: Name
    title: Sentence
    values: dict[Day, ScoringValue] = Field(min_length=1)

    def value_on(self, day: dt.date) -> Grid | Money | Tail:
        """Return the value in force on the day.

        :raises NoValueYet: if the first one starts later
        """
        found: Grid | Money | Tail = in_force(self.values, day, self.key)
        return found

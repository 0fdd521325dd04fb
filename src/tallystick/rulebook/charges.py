"""Schemes of charges for shortfall: what one point costs, how far a charge goes, and who gets it.

A scheme says what would be charged. One that is `proposed` charges nobody: what is computed by it is shown
and goes no further.
"""

import datetime as dt
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.terms import (
    Amount,
    Clauses,
    Day,
    Definition,
    Key,
    Mistake,
    Name,
    Percent,
    Sentence,
    Share,
    Sourced,
    Whole,
    in_force,
)

MOST_PLACES = 4


class Rate(Definition):
    """Pounds for each percentage point of shortfall and each so many events of the month."""

    amount: Amount
    events: Annotated[Whole, Field(ge=1)] = 1


class Cap(Definition):
    """The most that one party pays for one month, in pounds: as it stands, or for each event it had."""

    amount: Amount
    basis: Literal["party", "event"] = "party"


class Pot(Definition):
    """A share of what is collected, to whom it goes, and in which proportion.

    `met` are the parties that reached the target. A pot for whom there is nobody goes to all of them.
    """

    share: Share
    to: Literal["met", "all"] = "all"
    by: Literal["events", "equal"] = "events"


class Rounding(Definition):
    """How a shortfall is rounded, half up: to so many places of a percentage point."""

    places: Annotated[Whole, Field(le=MOST_PLACES)]


class ChargeValue(Sourced):
    """What a scheme says from a day on. `least_events`: who had fewer in the month is charged nothing."""

    status: Literal["proposed", "in_force"]
    target: Percent
    rate: Rate
    cap: Cap | None = None
    pots: dict[Name, Pot] = Field(min_length=1)
    rounding: Rounding
    least_events: Whole = 1
    clause: Clauses | None = None
    note: str = ""

    @model_validator(mode="after")
    def _pots_make_a_whole(self) -> "ChargeValue":
        if sum((one.share for one in self.pots.values()), Decimal(0)) != 1:
            what = "the shares of the pots do not sum to 1"
            raise Mistake(what, "pots", remedy="What is collected is given back, all of it and no more.")
        return self


class ChargeScheme(Definition):
    """A charge on a measure, each value under the first day of the months that it counts for."""

    key: Name
    title: Sentence
    measure: Key
    values: dict[Day, ChargeValue] = Field(min_length=1)

    def value_on(self, day: dt.date) -> ChargeValue:
        """Return the value in force on the day.

        :raises NoValueYet: if the first one starts later
        """
        found: ChargeValue = in_force(self.values, day, self.key)
        return found

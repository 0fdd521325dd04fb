"""Who decides under a code: its bodies, their seats from day to day, and who hears appeals against them."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.terms import (
    Clauses,
    Day,
    Mistake,
    Name,
    Sentence,
    Sourced,
    Whole,
    YesNo,
)

CHAIR = "chair"
AUTHORITY = "authority"
MOST_SEATS = 500

Seated = Annotated[Whole, Field(ge=1, le=MOST_SEATS, description="a number of seats, such as 3")]


class Seats(Sourced):
    """The seats from a day on, by constituency. The seat of a chair has the constituency `chair`."""

    by: Annotated[dict[Name, Seated], Field(min_length=1, description="seats by constituency")]
    note: str = ""


class Body(Sourced):
    """A panel, committee or board.

    `role_of` is the body whose additional role this is: the same people under another name. `quorum` says in
    words what the code asks; a voting scheme says it in numbers. `attends` are those at the table without a
    vote. A body that is only `proposed` stands under no clause.
    """

    key: Name
    name: Sentence
    short: Sentence | None = None
    clause: Clauses | None = None
    kind: Literal["deciding", "advisory"]
    role_of: Name | None = None
    appeals_to: Annotated[
        Name | None, Field(description="the key of another body, or authority", default=None)
    ]
    constituencies: dict[Name, Sentence] = {}
    seats: dict[Day, Seats] = {}
    chair: Sentence | None = None
    quorum: Sentence | None = None
    terms: Sentence | None = None
    meetings: dict[Name, Sentence] = {}
    attends: tuple[Sentence, ...] = ()
    proposed: YesNo = False
    note: str = ""

    @model_validator(mode="after")
    def _stands_under_a_clause(self) -> "Body":
        if not self.clause and not self.proposed:
            what = "a body stands under a clause unless it is only proposed"
            raise Mistake(what, remedy="Write its clause, or proposed: yes.")
        return self

    @model_validator(mode="after")
    def _names_its_constituencies(self) -> "Body":
        for day, seats in self.seats.items():
            for name, number in seats.by.items():
                place = ("seats", str(day), "by", name)
                if name == CHAIR and number > 1:
                    raise Mistake("a body has one chair", *place, remedy="Write chair: 1.")
                if name != CHAIR and name not in self.constituencies:
                    remedy = "Name it under constituencies, with its title."
                    raise Mistake(f"the constituency {name!r} has no title", *place, remedy=remedy)
        return self

    def seats_on(self, day: dt.date) -> dict[str, int]:
        """Return the number of seats by constituency on the day; nothing if none are stated yet."""
        started = [start for start in self.seats if start <= day]
        return dict(self.seats[max(started)].by) if started else {}

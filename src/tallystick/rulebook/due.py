"""When something is due: so many days from an anchor, on no date, or within a reasonable time."""

from typing import Annotated, Literal

from pydantic import Field

from tallystick.rulebook.terms import Definition, Name, Whole


class Due(Definition):
    """A count of days from an anchor; day one is the anchor's next day unless counting is inclusive."""

    count: Annotated[Whole, Field(le=1000)]
    unit: Literal["working_day", "day", "month"]
    from_: Annotated[
        Literal["period_start", "period_end", "event", "meeting"],
        Field(alias="from", description="period_start, period_end, event or meeting"),
    ]
    direction: Literal["before", "after"] = "after"
    counting: Literal["exclusive", "inclusive"] = "exclusive"
    calendar: Name | None = None


DueRule = Due | Literal["none", "reasonable"]

"""What an open issue weighs in a league of parties, by how severe it is: a list with a day."""

import datetime as dt

from pydantic import Field

from tallystick.rulebook.terms import Amount, Day, Definition, Name, Sourced


class League(Sourced):
    """What an issue of each severity weighs from a day on: for each year that it has been open."""

    weights: dict[Name, Amount] = Field(min_length=1)
    note: str = ""


class Leagues(Definition):
    """The weights of a code, each list under its first day."""

    values: dict[Day, League] = Field(min_length=1)

    def on_day(self, day: dt.date) -> League | None:
        """Return the weights in force on the day, or nothing while there are none."""
        started = [start for start in self.values if start <= day]
        return self.values[max(started)] if started else None

"""What is computed. Each kind is a definition here and one file in the room `measures`."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Discriminator, Field, Tag, model_validator

from tallystick.rulebook.terms import (
    Checked,
    Clauses,
    Day,
    Definition,
    Key,
    Mistake,
    Name,
    Percent,
    Sentence,
    Sourced,
    Whole,
    YesNo,
)


class AtLeastAtMost(Definition):
    """Bounds on a count column; both ends belong to it."""

    at_least: Whole | None = None
    at_most: Whole | None = None


Labels = Annotated[tuple[str, ...], Field(min_length=1, description="a list of labels, such as [CSPN]")]


def _kind_of_condition(value: Any) -> str:
    return "bounds" if isinstance(value, dict | AtLeastAtMost) else "labels"


Condition = Annotated[
    Annotated[Labels, Tag("labels")] | Annotated[AtLeastAtMost, Tag("bounds")],
    Discriminator(_kind_of_condition),
]
Where = dict[Name, Condition]


class Limit(Definition):
    """A parameter; with `by`, a table of it keyed by those columns."""

    parameter: Name
    by: tuple[Name, ...] = ()


class Round(Definition):
    """How a figure is shown, or how a shortfall is taken before it is used; levels never see it."""

    places: Annotated[Whole, Field(le=6)] = 2
    mode: Literal["half_up", "half_even", "up", "down"] = "half_up"
    of: Literal["shown", "shortfall"] = "shown"


class Activity(Definition):
    """The period whose events a month reports, and how many such periods it lags."""

    period: Literal["month", "quarter"] = "month"
    lag: Whole = 0


def _checked_or_none(value: Any) -> Any:
    return None if value == {} else value


class _Measure(Sourced):
    """What every kind of measure says. `subject` is the drill-down that names who is answerable."""

    key: Key
    title: Sentence
    clause: Clauses
    provider: Key | None = None
    number: str | None = None
    obligation: Key
    direction: Literal["up", "down"] = "up"
    by: tuple[Name, ...] = ()
    subject: Name = "party"
    round: Round = Round()
    into: Key | None = None
    tolerance: Literal["level", "zero"] = "level"
    official: Literal["computed", "reported"] = "computed"
    reportable: YesNo = True
    service_credit: YesNo = False
    activity: Activity = Activity()
    aggregate: Literal["ratio_of_sums", "mean_of_daily_ratios"] = "ratio_of_sums"
    checked: Annotated[Checked | None, BeforeValidator(_checked_or_none)] = None
    note: str = ""

    @property
    def streams(self) -> tuple[str, ...]:
        """The streams it reads."""
        return ()

    @property
    def columns(self) -> dict[str, set[str]]:
        """The columns it reads, by stream."""
        return {}


class _OfStream(_Measure):
    stream: Name
    at: Name
    where: Where = {}

    @property
    def streams(self) -> tuple[str, ...]:
        return (self.stream,)

    @property
    def groups(self) -> tuple[str, ...]:
        """The drill-down columns besides the day."""
        return tuple(name for name in self.by if name != "day")

    @property
    def columns(self) -> dict[str, set[str]]:
        return {self.stream: {self.at, *self.where, *self.groups, *self._own_columns()}}

    def _own_columns(self) -> set[str]:
        return set()


class ShareWithin(_OfStream):
    """The share of events finished within a limit: `to` is at most `limit` after `from`."""

    kind: Literal["share_within"]
    from_: Annotated[Name, Field(alias="from", description="the instant the clock starts")]
    to: Name
    limit: Limit
    percentiles: tuple[Whole, ...] = ()

    def _own_columns(self) -> set[str]:
        return {self.from_, self.to, *self.limit.by}


class Part(Definition):
    """Rows counted where the conditions hold, or columns added (less others)."""

    where: Where = {}
    sum: tuple[Name, ...] = ()
    less: tuple[Name, ...] = ()


class Share(_OfStream):
    """A part of a whole: rows that meet conditions, or sums of count columns."""

    kind: Literal["share"]
    numerator: Part
    denominator: Part = Part()

    @model_validator(mode="after")
    def _counts_or_sums_on_both_sides(self) -> "Share":
        if bool(self.numerator.sum) != bool(self.denominator.sum):
            raise Mistake("both sides count rows, or both add columns", "denominator")
        return self

    def _own_columns(self) -> set[str]:
        parts = (self.numerator, self.denominator)
        return {name for part in parts for name in (*part.where, *part.sum, *part.less)}


class Agreed(Definition):
    """Intervals that do not count: those that meet the conditions and have a name in `named`."""

    where: Where = {}
    named: Name | None = None


class Availability(_OfStream):
    """Minutes of the period less minutes unavailable: intervals united, then cut at civil midnight."""

    kind: Literal["availability"]
    from_: Annotated[Name, Field(alias="from", description="the instant it became unavailable")]
    to: Name
    less: Agreed = Agreed()

    def _own_columns(self) -> set[str]:
        named = {self.less.named} if self.less.named else set()
        return {self.from_, self.to, *self.less.where, *named}


class Count(_OfStream):
    """How many rows, or the sum of a count column; judged, if at all, against a most or a least."""

    kind: Literal["count"]
    sum: Name | None = None

    def _own_columns(self) -> set[str]:
        return {self.sum} if self.sum else set()


class RollForward(_OfStream):
    """Open at the start + opened - resolved = open at the end; how many were open longer than `ageing`."""

    kind: Literal["roll_forward"]
    opened: Name
    resolved: Name
    ageing: Limit | None = None

    def _own_columns(self) -> set[str]:
        return {self.opened, self.resolved, *(self.ageing.by if self.ageing else ())}


class Side(Definition):
    """One side of a variance: rows of a stream, counted or summed."""

    stream: Name
    at: Name
    where: Where = {}
    sum: Name | None = None

    @property
    def own_columns(self) -> set[str]:
        return {self.at, *self.where, *([self.sum] if self.sum else [])}


class Variance(_Measure):
    """What happened (`numerator`) against what was forecast (`denominator`), by the same columns."""

    kind: Literal["variance"]
    actual: Side
    forecast: Side

    @property
    def streams(self) -> tuple[str, ...]:
        return (self.actual.stream, self.forecast.stream)

    @property
    def groups(self) -> tuple[str, ...]:
        return tuple(name for name in self.by if name != "day")

    @property
    def columns(self) -> dict[str, set[str]]:
        return {side.stream: side.own_columns | set(self.groups) for side in (self.actual, self.forecast)}


class Response(Definition):
    """The event that must follow: rows of a stream that meet the conditions, at an instant."""

    stream: Name
    at: Name
    where: Where = {}


def _own_and_theirs(value: Any) -> Any:
    named = isinstance(value, list) and all(isinstance(name, str) for name in value)
    return {name: name for name in value} if named else value


class FollowsWithin(_OfStream):
    """Every trigger is followed, for the same key, by a response within the limit.

    `match` names the columns both events share, or maps the trigger's columns to the response's.
    """

    kind: Literal["follows_within"]
    match: Annotated[
        dict[Name, Name],
        BeforeValidator(_own_and_theirs),
        Field(min_length=1, description="the columns both events share"),
    ]
    response: Response
    limit: Limit

    @property
    def streams(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys((self.stream, self.response.stream)))

    @property
    def columns(self) -> dict[str, set[str]]:
        own = {self.stream: {self.at, *self.where, *self.groups, *self.match, *self.limit.by}}
        response = {self.response.at, *self.response.where, *self.match.values()}
        own[self.response.stream] = own.get(self.response.stream, set()) | response
        return own


class NoOverlap(_OfStream):
    """Intervals of one key do not overlap; touching ends do not count, an open end runs on.

    Rows of one `holder` may overlap: they say more of the same interval.
    """

    kind: Literal["no_overlap"]
    key_columns: Annotated[tuple[Name, ...], Field(min_length=1, description="what may hold one at a time")]
    from_: Annotated[Name, Field(alias="from", description="the instant the interval starts")]
    until: Name
    holder: Name | None = None

    def _own_columns(self) -> set[str]:
        holder = {self.holder} if self.holder else set()
        return {*self.key_columns, self.from_, self.until, *holder}


class Register(Definition):
    """A dated list to match against: the row in force on the day, by its key columns."""

    stream: Name
    match: dict[Name, Name]
    from_: Annotated[Name, Field(alias="from", description="the first day it is in force")]
    until: Name


class Matches(_OfStream):
    """Every row is on a list, or agrees with a register, on its day.

    With `same`, the register's column must equal the row's; without, being listed is enough. A row whose
    key the register does not hold is `held` when `same` is asked and fails when it is not.
    """

    kind: Literal["matches"]
    register_: Annotated[Register, Field(alias="register", description="the list matched against")]
    same: dict[Name, Name] = {}

    @property
    def streams(self) -> tuple[str, ...]:
        return (self.stream, self.register_.stream)

    @property
    def columns(self) -> dict[str, set[str]]:
        listed = self.register_
        return {
            self.stream: {self.at, *self.where, *self.groups, *listed.match, *self.same},
            listed.stream: {*listed.match.values(), *self.same.values(), listed.from_, listed.until},
        }


class Reported(_Measure):
    """A figure computed elsewhere, as its sender states it."""

    kind: Literal["reported"]
    stream: Name = "reported"
    report: Key
    rolls_forward: YesNo = False
    share_only: YesNo = False

    @property
    def streams(self) -> tuple[str, ...]:
        return (self.stream,)


class RollUp(_Measure):
    """The sum of the measures that name it in `into`: numerators and denominators, never percentages."""

    kind: Literal["roll_up"]


Measure = Annotated[
    ShareWithin
    | Share
    | Availability
    | Count
    | RollForward
    | Variance
    | FollowsWithin
    | NoOverlap
    | Matches
    | Reported
    | RollUp,
    Field(discriminator="kind"),
]


class Level(Sourced):
    """Two levels to reach, or a band to stay inside; equality reaches a level and touches a band's edge."""

    target: Percent | None = None
    minimum: Percent | None = None
    band: tuple[Percent, Percent] | None = None
    most: Whole | None = None
    clause: Clauses | None = None

    @model_validator(mode="after")
    def _is_in_order(self) -> "Level":
        if not any(value is not None for value in (self.target, self.band, self.most)):
            raise ValueError("a level gives a target, a band or a most")
        if self.minimum is not None and self.target is None:
            raise Mistake("a minimum stands under a target", "minimum", remedy="Write the target too.")
        if self.band and self.band[0] >= self.band[1]:
            raise Mistake("a band runs from its lower to its higher edge", "band")
        return self


class Levels(Definition):
    """The levels of one measure, each from its day."""

    measure: Key
    values: Annotated[dict[Day, Level], Field(min_length=1, description="each level under its first day")]
    note: str = ""

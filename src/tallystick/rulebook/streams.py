"""What must be sent, column by column, and how a new file relates to an old one."""

from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.terms import Clauses, Definition, Key, Name, Sentence, Sourced, YesNo

ColumnType = Literal["id", "instant", "day", "enum", "count", "text"]


class Column(Definition):
    """One column of a stream.

    `id` is kept beside the rows and read for line lists and duties; `instant` carries an offset or stands
    in the code's time zone; `day` is a civil day; `enum` is one of `values`; `count` is a whole number;
    `text` is a label. An absent value of a column that is not `required` is an empty cell.
    """

    type: ColumnType
    title: Sentence
    required: YesNo = True
    values: tuple[str, ...] = ()
    signed: YesNo = False

    @model_validator(mode="after")
    def _only_an_enum_lists_values(self) -> "Column":
        if (self.type == "enum") != bool(self.values):
            raise ValueError("an enum lists its values, and only an enum does")
        return self


class Hold(Definition):
    """When a row is plausible but in doubt. It is held until its sender confirms or corrects it."""

    in_order: Annotated[tuple[Name, ...], Field(description="columns that may not run backwards")] = ()
    at_most: Annotated[tuple[Name, ...], Field(description="a part and its whole")] = ()
    sums_to: Annotated[tuple[Name, ...], Field(description="the parts, then their total")] = ()
    because: Sentence


class Stream(Sourced):
    """A kind of evidence: who sends it, what identifies a row, and how the store is cut.

    `replaces` names the columns whose combinations a new file takes the place of (`day` is the civil day
    of `partition`); `upsert: key` replaces row by row.
    """

    key: Name
    title: Sentence
    clause: Clauses
    sender: Annotated[tuple[Key, ...], Field(min_length=1, description="who sends it")]
    row_key: Annotated[tuple[Name, ...], Field(min_length=1, description="the columns that identify a row")]
    party: Name | None = None
    partition: Name
    replaces: tuple[Name, ...] = ()
    upsert: Literal["key"] | None = None
    sort: tuple[Name, ...] = ()
    columns: Annotated[dict[Name, Column], Field(min_length=1, description="the columns of the stream")]
    holds: tuple[Hold, ...] = ()
    event_log: "EventLog | None" = None
    note: str = ""

    @model_validator(mode="after")
    def _says_how_a_new_file_relates_to_an_old(self) -> "Stream":
        if bool(self.replaces) == bool(self.upsert):
            raise ValueError("a stream either replaces by columns or upserts by its key")
        if self.upsert and self.partition != "none":
            raise ValueError("a stream that upserts by key has partition: none")
        return self

    @model_validator(mode="after")
    def _names_its_own_columns(self) -> "Stream":
        held = [name for hold in self.holds for name in (*hold.in_order, *hold.at_most, *hold.sums_to)]
        partition = () if self.partition == "none" else (self.partition,)
        party = (self.party,) if self.party else ()
        named = {*self.row_key, *partition, *party, *self.sort, *held, *(set(self.replaces) - {"day"})}
        unknown = sorted(named - set(self.columns))
        if unknown:
            raise ValueError(f"no column is called {unknown[0]!r}")
        return self

    @model_validator(mode="after")
    def _is_cut_by_a_required_time(self) -> "Stream":
        if self.partition != "none":
            column = self.columns[self.partition]
            if column.type not in ("instant", "day") or not column.required:
                raise ValueError("the partition is a required instant or day")
        return self


class EventLog(Definition):
    """How one row is made of the events of a case, where a sender has only an event log (XES or CSV).

    `case` is the attribute that names the case. `opens` and `closes` say which event gives each instant:
    the first or the last event of the case whose attributes match; `takes` says which attribute of which
    event fills a column.
    """

    case: str
    at: str
    takes: dict[Name, "Take"]
    note: str = ""


class Take(Definition):
    """Where a column comes from: an attribute of the first or last event that matches, or of the case."""

    attribute: str
    of: Literal["case", "first", "last"] = "case"
    where: dict[str, tuple[str, ...]] = {}
    empty: tuple[str, ...] = ()


Stream.model_rebuild()
EventLog.model_rebuild()

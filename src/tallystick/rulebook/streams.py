"""What must be sent, column by column, and how a new file relates to an old one."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, model_validator

from tallystick.rulebook.problems import nearest
from tallystick.rulebook.terms import Clauses, Definition, Key, Mistake, Name, Sentence, Sourced, YesNo

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
    """When a row is plausible but in doubt. It is held until its sender confirms or corrects it.

    Rows that carry one of the labels of `unless` are spared.
    """

    in_order: Annotated[tuple[Name, ...], Field(description="columns that may not run backwards")] = ()
    at_most: Annotated[tuple[Name, ...], Field(description="a part and its whole")] = ()
    sums_to: Annotated[tuple[Name, ...], Field(description="the parts, then their total")] = ()
    unless: dict[Name, tuple[str, ...]] = {}
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
            raise Mistake("a stream that upserts by key has partition: none", "partition")
        if "day" in self.replaces and self.partition == "none" and "day" not in self.columns:
            raise Mistake("a stream without a partition has no day to replace", "replaces")
        return self

    @model_validator(mode="after")
    def _names_its_own_columns(self) -> "Stream":
        for place, name in self._named():
            if name not in self.columns:
                remedy = f"Use one of {', '.join(self.columns)}."
                raise Mistake(
                    f"no column is called {name!r}",
                    *place,
                    remedy=remedy,
                    nearest=nearest(name, self.columns),
                )
        return self

    def _named(self) -> Iterator[tuple[tuple[str | int, ...], str]]:
        """Yield every column the stream names besides `columns`, and the place of its name."""
        yield from ((("row_key", index), name) for index, name in enumerate(self.row_key))
        if self.partition != "none":
            yield ("partition",), self.partition
        if self.party:
            yield ("party",), self.party
        yield from ((("sort", index), name) for index, name in enumerate(self.sort))
        replaced = enumerate(self.replaces)
        yield from ((("replaces", index), name) for index, name in replaced if name != "day")
        for number, hold in enumerate(self.holds):
            for key in ("in_order", "at_most", "sums_to"):
                names = enumerate(getattr(hold, key))
                yield from ((("holds", number, key, index), name) for index, name in names)
            yield from ((("holds", number, "unless", name), name) for name in hold.unless)
        taken = self.event_log.takes if self.event_log else {}
        yield from ((("event_log", "takes", name), name) for name in taken)

    @model_validator(mode="after")
    def _is_cut_by_a_required_time(self) -> "Stream":
        if self.partition != "none":
            column = self.columns[self.partition]
            if column.type not in ("instant", "day") or not column.required:
                raise Mistake("the partition is a required instant or day", "partition")
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

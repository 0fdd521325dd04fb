"""Rows of several tables read by one question: what is written of a matter lies in many of them.

Each query brings its columns into places by their type, those of every query beside each other; what comes
back is sorted out again, so that nobody sees that it came together.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeAlias

from django.db import models
from django.db.models import Expression, F, QuerySet, Value

Column: TypeAlias = "models.Field[Any, Any]"
# What a column is kept as beside others; of any other type there is one place for each column.
_KINDS: tuple[tuple[Any, Any], ...] = (
    (models.BooleanField, models.BooleanField),
    (models.IntegerField, models.BigIntegerField),
    (models.DateTimeField, models.DateTimeField),
    (models.DateField, models.DateField),
    (models.CharField, models.TextField),
    (models.TextField, models.TextField),
)


class _Nothing(Expression):
    """What stands in a place in which a query has no column: nothing, of the place's type."""

    def as_sql(self, _compiler: Any, connection: Any) -> tuple[str, tuple[str | int, ...]]:
        kept_as = self.output_field.cast_db_type(connection)
        return (f"CAST(NULL AS {kept_as})" if connection.vendor == "postgresql" else "NULL"), ()


@dataclass(frozen=True)
class _Part:
    """One query: the columns that its rows are told by, in their order."""

    rows: QuerySet[Any]

    def columns(self) -> Iterator[tuple[str, Column]]:
        yield from ((one.attname, one) for one in _fields(self.rows.model))
        for name, model in self._fetched():
            yield from ((f"{name}__{one.attname}", one) for one in _fields(model))
        for name, told in self.rows.query.annotations.items():
            yield name, told.output_field

    def made(self, values: Iterable[Any]) -> Any:
        left = iter(values)
        row = self._row(self.rows.model, left)
        for name, model in self._fetched():
            other = self._row(model, left)
            setattr(row, name, other if other.pk is not None else None)
        for name, value in zip(self.rows.query.annotations, left, strict=True):
            setattr(row, name, value)
        return row

    def _row(self, model: type[models.Model], values: Iterator[Any]) -> Any:
        names = [one.attname for one in _fields(model)]
        return model.from_db(self.rows.db, names, list(islice(values, len(names))))

    def _fetched(self) -> list[tuple[str, type[models.Model]]]:
        """Return what the query fetches of others with a row, by the name of what refers to it."""
        asked = self.rows.query.select_related
        field_of = self.rows.model._meta.get_field  # noqa: SLF001 - Django's documented way to a model's fields
        return [(name, field_of(name).related_model) for name in asked] if isinstance(asked, dict) else []


@dataclass
class _Places:
    """The columns of the one question, by the kind of what stands in them."""

    kinds: list[Column] = field(default_factory=list)

    def taken(self, columns: Iterable[Column]) -> list[int]:
        """Return a place for each column, making those that are missing."""
        free: dict[type[Any], list[int]] = defaultdict(list)
        for number, kind in enumerate(self.kinds):
            free[type(kind)].append(number)
        return [self._one(_kind(one), free) for one in columns]

    def _one(self, kind: Column, free: dict[type[Any], list[int]]) -> int:
        if free[type(kind)]:
            return free[type(kind)].pop(0)
        self.kinds.append(kind)
        return len(self.kinds) - 1


def together(*several: QuerySet[Any]) -> list[list[Any]]:
    """Return the rows of each query, all read by one; those of each in the order of their keys.

    Rows are as the query alone would give them, with what it adds to them and fetches with them, a step far.
    """
    parts, places = [_Part(one) for one in several], _Places()
    taken = [places.taken(kind for _, kind in one.columns()) for one in parts]
    asked = [_asked(number, one, taken[number], places) for number, one in enumerate(parts)]
    found: list[list[Any]] = [[] for _ in parts]
    for number, *values in asked[0].union(*asked[1:], all=True):
        found[number].append(parts[number].made([values[place] for place in taken[number]]))
    return [sorted(rows, key=lambda row: row.pk) for rows in found]


def _asked(number: int, part: _Part, taken: Sequence[int], places: _Places) -> QuerySet[Any]:
    held = {place: F(name) for place, (name, _) in zip(taken, part.columns(), strict=True)}
    columns = {
        f"column_{place}": held.get(place) or _Nothing(output_field=kind)
        for place, kind in enumerate(places.kinds)
    }
    rows = part.rows.select_related(None).order_by()
    told: Any = rows.annotate(part_number=Value(number, models.IntegerField()), **columns)
    found: QuerySet[Any] = told.values_list("part_number", *columns)
    return found


def _fields(model: type[models.Model]) -> Sequence[Column]:
    return model._meta.concrete_fields  # noqa: SLF001 - Django's documented way to a model's fields


def _kind(column: Column) -> Column:
    target = column.target_field if isinstance(column, models.ForeignKey) else column
    return next((kept() for known, kept in _KINDS if isinstance(target, known)), target)

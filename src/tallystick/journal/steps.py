"""Two steps of migrations that Django has not: tables made in one stroke, and what only the database is told.

Django draws every model again after each table that it makes, and again for each step that is a function.
With a hundred tables that hang together this is nearly all the time that a new database takes.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import ClassVar

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

# The statements for a database of that kind, as "sqlite", where the models are as this state has them.
Statements = Callable[[ProjectState, str], Iterable[str]]


class MakeTables(Operation):
    """Make tables together: the models are drawn once, when all of them are known."""

    serialization_expand_args: ClassVar = ["tables"]

    def __init__(self, tables: Sequence[CreateModel]) -> None:
        self.tables = tables

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Add the models to the state, and forget how it was drawn without them."""
        vars(state).pop("apps", None)
        for one in self.tables:
            one.state_forwards(app_label, state)

    def database_forwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Make each table; one may point at another that comes later."""
        for one in self.tables:
            one.database_forwards(app_label, editor, before, after)

    def database_backwards(
        self, app_label: str, editor: BaseDatabaseSchemaEditor, before: ProjectState, after: ProjectState
    ) -> None:
        """Remove each table, the last first."""
        for one in reversed(self.tables):
            one.database_backwards(app_label, editor, before, after)

    def describe(self) -> str:
        """Return what Django shows of the step."""
        return "Make the tables of " + ", ".join(one.name for one in self.tables)


class Tell(Operation):
    """Tell the database statements that change no model: guards, policies, what is sampled."""

    reduces_to_sql = True

    def __init__(self, forwards: Statements, backwards: Statements) -> None:
        self.forwards = forwards
        self.backwards = backwards

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Leave the models as they are."""

    def database_forwards(
        self, _app: str, editor: BaseDatabaseSchemaEditor, _before: ProjectState, after: ProjectState
    ) -> None:
        """Tell what sets them."""
        _tell(editor, self.forwards(after, editor.connection.vendor))

    def database_backwards(
        self, _app: str, editor: BaseDatabaseSchemaEditor, _before: ProjectState, after: ProjectState
    ) -> None:
        """Tell what takes them away."""
        _tell(editor, self.backwards(after, editor.connection.vendor))

    def describe(self) -> str:
        """Return what Django shows of the step."""
        return "Tell the database what it sees to by itself"


def in_pairs(pairs: Callable[[ProjectState, str], Sequence[tuple[str, str]]]) -> Tell:
    """Return the step that tells the first of each pair of statements; undone, the second, last first."""
    return Tell(
        lambda state, vendor: (made for made, _ in pairs(state, vendor)),
        lambda state, vendor: (taken for _, taken in reversed(pairs(state, vendor))),
    )


def columns_of(state: ProjectState, model: str) -> tuple[str, tuple[str, ...]]:
    """Return the table of a model, as `cases.Message`, and its columns, without drawing the model."""
    app, name = model.lower().split(".")
    told = state.models[app, name]
    columns = []
    for named, field in told.fields.items():
        if not field.many_to_many:
            own = field.clone()
            own.set_attributes_from_name(named)
            columns.append(str(own.column))
    return told.options.get("db_table") or f"{app}_{name}", tuple(columns)


def _tell(editor: BaseDatabaseSchemaEditor, statements: Iterable[str]) -> None:
    for one in statements:
        editor.execute(one, params=None)  # without values a sign of per cent is itself

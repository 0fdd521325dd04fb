from collections.abc import Iterator

import pytest
from django.apps import apps
from django.db import migrations, models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState
from django.db.utils import ConnectionHandler

from tallystick.journal.steps import MakeTables, Tell, columns_of, in_pairs

pytestmark = pytest.mark.django_db
# The first points at the second, which comes later.
TABLES = [
    migrations.CreateModel(
        "Leaf",
        [
            ("id", models.BigAutoField(primary_key=True)),
            ("on", models.ForeignKey("oak.Branch", models.CASCADE)),
        ],
    ),
    migrations.CreateModel("Branch", [("id", models.BigAutoField(primary_key=True))]),
]
NAMES = {"oak_leaf", "oak_branch"}


@pytest.fixture
def empty() -> Iterator[BaseDatabaseWrapper]:
    """Return a database of its own: tables are not made within the transaction of a test."""
    handler = ConnectionHandler({"default": {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}})
    yield handler["default"]
    handler["default"].close()


def through(
    empty: BaseDatabaseWrapper, step: Operation, state: ProjectState, *, back: bool = False
) -> set[str]:
    """Go through one step, or back; return the tables that there are then."""
    after = state.clone()
    step.state_forwards("oak", after)
    way = step.database_backwards if back else step.database_forwards
    with empty.schema_editor(atomic=False) as editor:
        way("oak", editor, *((after, state) if back else (state, after)))
    return set(empty.introspection.table_names())


class TestMakeTables:
    def test_makes_what_points_at_each_other_and_removes_it_again(self, empty: BaseDatabaseWrapper) -> None:
        step = MakeTables(TABLES)

        made = through(empty, step, ProjectState())
        left = through(empty, step, ProjectState(), back=True)

        assert (made, left) == (NAMES, set())

    def test_draws_the_models_once(self, empty: BaseDatabaseWrapper, monkeypatch: pytest.MonkeyPatch) -> None:
        drawn = []
        draw = migrations.state.ModelState.render

        def seen(state: migrations.state.ModelState, known: object) -> object:
            drawn.append(state.name)
            return draw(state, known)  # type: ignore[arg-type]  # of Django's own making

        monkeypatch.setattr(migrations.state.ModelState, "render", seen)
        state = ProjectState()
        _ = state.apps  # drawn before, as it is between two migrations

        through(empty, MakeTables(TABLES), state)

        assert sorted(drawn) == ["Branch", "Leaf"]

    def test_says_which(self) -> None:
        assert MakeTables(TABLES).describe() == "Make the tables of Leaf, Branch"


class TestTell:
    def test_tells_each_database_its_own_both_ways(self, empty: BaseDatabaseWrapper) -> None:
        step = in_pairs(
            lambda _, vendor: [
                (f"CREATE TABLE oak_{one} (says text DEFAULT '100 % {vendor}')", f"DROP TABLE oak_{one}")
                for one in ("leaf", "branch")
            ]
        )

        made = through(empty, step, ProjectState())
        left = through(empty, step, ProjectState(), back=True)

        assert (made, left) == (NAMES, set())

    def test_draws_no_model(self, empty: BaseDatabaseWrapper) -> None:
        before = ProjectState()

        through(empty, Tell(lambda *_: ["SELECT 1"], lambda *_: []), before)

        assert "apps" not in vars(before)

    def test_says_what_it_is(self) -> None:
        assert Tell(lambda *_: [], lambda *_: []).describe().startswith("Tell the database")


class TestColumns:
    def test_are_those_of_every_model(self) -> None:
        state = ProjectState.from_apps(apps)
        every = [one._meta for one in apps.get_models()]

        found = {told.label: columns_of(state, told.label) for told in every}

        # Those that an abstract model gives come in another order there, which changes nothing.
        assert {label: (table, sorted(columns)) for label, (table, columns) in found.items()} == {
            told.label: (told.db_table, sorted(str(one.column) for one in told.concrete_fields))
            for told in every
        }

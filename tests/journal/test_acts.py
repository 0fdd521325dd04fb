"""Nothing changes without an entry: what every room's acts have in common, told from their text."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db.models import Model

from tallystick.journal.governed import Governed
from tests.house.conftest import modules, tree

ROOMS = Path("src/tallystick")
MANY = frozenset({"bulk_create", "bulk_update", "abulk_create", "abulk_update", "_raw_delete", "aupdate"})
CHANGING = frozenset({"update", "delete"})
ROWS = frozenset({"objects", "filter", "exclude", "all", "visible_to"})

# file and call: why it leaves no entry unwritten
EXCEPTIONS = {
    ("journal/operations.py", "bulk_create"): "the nodes of the tree are written with their entry",
    ("journal/redacting.py", "_raw_delete"): "words go by an order of two persons, which is an entry",
    (
        "cases/operations/attaching.py",
        "_raw_delete",
    ): "bytes go with the words that they came with, by the same order and entry",
    (
        "parties/operations/people.py",
        "delete",
    ): "second factors are rows of another's, and the act is recorded",
}

# models that no act changes: why no entry tells of their rows
NO_RECORDS = {"Look": "when somebody looked at their home is no content, and nobody's but their own"}
# acts with two places that write: why one may write more than once
SEVERAL = {
    (
        "decisions",
        "open_motion",
    ): "each seat that a conflict puts aside has its own entry, after that of the vote",
    ("decisions", "close_vote"): "each seat whose holder never declared has its own entry, before the close",
    ("decisions", "stand_aside"): "of the seat, or of whoever declares without holding one",
}
# what holds the transaction of an act: why the act itself does not
INNER = {"decisions._cast": "cast_vote looks first without the lock, then all over again within it"}

Function = ast.FunctionDef | ast.AsyncFunctionDef


def rooms_with_acts() -> list[Path]:
    return sorted(
        room for room in ROOMS.iterdir() if room.name != "journal" and list(room.rglob("operations*"))
    )


def functions(room: Path) -> dict[str, Function]:
    """Return the functions of a room's acts, and of what stands beside them, by name."""
    files = [*room.rglob("operations.py"), *room.rglob("operations/*.py")]
    return {
        node.name: node for file in files for node in tree(file).body if isinstance(node, ast.FunctionDef)
    }


def is_act(function: Function) -> bool:
    """Tell an act from what helps it: it is public, and takes all it needs by name."""
    return not function.name.startswith("_") and not function.args.args and bool(function.args.kwonlyargs)


def called(function: Function) -> Iterator[str]:
    for node in ast.walk(function):
        if isinstance(node, ast.Call):
            if isinstance(node.func, ast.Name):
                yield node.func.id
            elif isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
                yield node.func.attr


def entries(function: Function, beside: dict[str, Function]) -> int:
    """Count the places where an act writes an entry, itself or through what stands beside it."""
    return sum(
        1 if name == "record" else entries(beside[name], beside)
        for name in called(function)
        if name == "record" or (name in beside and name != function.name)
    )


def acts() -> list[tuple[str, Function]]:
    return [
        (room.name, function)
        for room in rooms_with_acts()
        for function in functions(room).values()
        if is_act(function)
    ]


def many_at_once(file: Path) -> Iterator[str]:
    """Return the calls of a file that change or remove several rows at once."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            if node.func.attr in MANY:
                yield node.func.attr
            inside = {part.attr for part in ast.walk(node.func.value) if isinstance(part, ast.Attribute)}
            if node.func.attr in CHANGING and inside & ROWS:
                yield node.func.attr


def of_rooms(model: type[Model]) -> bool:
    name = model.__module__
    return name.startswith("tallystick.") and not name.startswith("tallystick.journal.")


class TestModels:
    @pytest.mark.parametrize(
        "model", [model for model in apps.get_models() if of_rooms(model)], ids=lambda model: model.__name__
    )
    def test_of_every_room_are_governed(self, model: type[Model]) -> None:
        assert issubclass(model, Governed) is (model.__name__ not in NO_RECORDS)

    def test_are_there_to_be_asked(self) -> None:
        assert {"Person", "Submission"} <= {model.__name__ for model in apps.get_models() if of_rooms(model)}


class TestActs:
    @pytest.mark.parametrize(
        ("room", "act"), acts(), ids=lambda one: one if isinstance(one, str) else one.name
    )
    def test_write_one_entry_each(self, room: str, act: Function) -> None:
        assert entries(act, functions(ROOMS / room)) == (2 if (room, act.name) in SEVERAL else 1)

    @pytest.mark.parametrize("act", [act for _, act in acts()], ids=lambda act: act.name)
    def test_stand_or_fall_with_their_entry(self, act: Function) -> None:
        decorators = [ast.unparse(decorator) for decorator in act.decorator_list]
        told = {argument.arg for argument in act.args.kwonlyargs}

        inner = {name for name in called(act) if f"decisions.{name}" in INNER}
        assert "transaction.atomic" in decorators or inner
        assert {"by", "at"} <= told

    def test_are_all_that_is_public_and_changes_rows(self) -> None:
        helping = [
            f"{room.name}.{name}"
            for room in rooms_with_acts()
            for name, function in functions(room).items()
            if not is_act(function) and "transaction.atomic" in map(ast.unparse, function.decorator_list)
        ]

        assert helping == list(INNER)

    def test_are_there_to_be_asked(self) -> None:
        assert {room for room, _ in acts()} >= {"parties", "runs"}


class TestManyAtOnce:
    def test_is_done_nowhere_but_for_a_reason(self) -> None:
        found = {
            (str(file.relative_to(ROOMS)), call)
            for room in {"journal", "site", *(room.name for room in rooms_with_acts())}
            for file in modules(str(ROOMS / room))
            for call in many_at_once(file)
        }

        assert found == set(EXCEPTIONS)


class TestScan:
    def test_counts_entries_through_what_stands_beside(self, tmp_path: Path) -> None:
        file = tmp_path / "operations.py"
        file.write_text(
            "def none(*, by, at): pass\n"
            "def one(*, by, at): record(act='a')\n"
            "def two(*, by, at):\n    record(act='a')\n    _more()\n"
            "def _more(): record(act='b')\n"
            "def through(*, by, at): people.one(by=by, at=at)\n"
        )

        found = functions(tmp_path)

        counted = {name: entries(one, found) for name, one in found.items() if is_act(one)}
        assert counted == {"none": 0, "one": 1, "two": 2, "through": 1}

    def test_sees_many_rows_changed_at_once(self, tmp_path: Path) -> None:
        file = tmp_path / "views.py"
        file.write_text(
            "Run.objects.filter(a=1).update(b=2)\nhashed.update(b'')\nrows.all().delete()\n"
            "Run.objects.bulk_create([])\nrow.delete()\n"
        )

        assert sorted(many_at_once(file)) == ["bulk_create", "delete", "update"]

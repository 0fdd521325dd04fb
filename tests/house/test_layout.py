"""The house keeps its shape."""

import ast
from pathlib import Path

from tests.house.conftest import HOUSE, modules, rooms, tree

BANNED = frozenset(
    {"utils", "helpers", "services", "common", "misc", "base", "core", "lib", "manager", "exceptions"}
)
ROOMS = [
    "assessments",
    "cases", "challenges", "decisions", "demo", "derogations", "evidence", "findings", "journal", "measures",
    "month",
    "parties", "processes", "risks", "rulebook", "runs", "site",
]  # fmt: skip
LONGEST_FILE = 400
# The checker is one file on purpose: who distrusts an installation reads it whole, and copies it (record 14).
LONGER_FILES = {"src/tally_verify.py": 1950}
LONGEST_FUNCTION = 40


def functions(path: Path) -> list[ast.FunctionDef | ast.AsyncFunctionDef]:
    return [node for node in ast.walk(tree(path)) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)]


def only_defines(path: Path) -> bool:
    """Tell whether a module has shapes and names only, and so nothing that could fail."""
    return not functions(path)


def may_be_tested_in(path: Path) -> list[Path]:
    """Return where the tests of a module may stand: tests/<room>/test_<module>.py.

    A package inside a room has a folder of its own, or its name before the module's.
    """
    room, *inner = path.relative_to(HOUSE).with_suffix("").parts
    named = [*inner[:-1], f"test_{inner[-1]}.py"]
    return [Path("tests", room, *named), Path("tests", room, f"test_{'_'.join(inner)}.py")]


def texts(*roots: str) -> dict[str, str]:
    return {str(path): path.read_text(encoding="utf-8") for path in modules(*roots)}


class TestNames:
    def test_are_no_drawers(self) -> None:
        named = [path for root in ("src", "tests", "bench", "docs") for path in Path(root).rglob("*")]

        assert [str(path) for path in named if path.stem.strip("_") in BANNED] == []


class TestFiles:
    def test_stay_readable(self) -> None:
        lengths = {name: len(text.splitlines()) for name, text in texts("src", "tests", "bench").items()}

        assert {
            name: length for name, length in lengths.items() if length > LONGER_FILES.get(name, LONGEST_FILE)
        } == {}

    def test_have_functions_that_fit_a_screen(self) -> None:
        lengths = {
            f"{path}:{function.lineno} {function.name}": (function.end_lineno or 0) - function.lineno + 1
            for path in modules("src", "tests", "bench")
            for function in functions(path)
        }

        assert {name: length for name, length in lengths.items() if length > LONGEST_FUNCTION} == {}

    def test_say_what_they_are_for(self) -> None:
        assert [str(path) for path in modules("src") if not ast.get_docstring(tree(path))] == []

    def test_import_by_whole_names_and_hide_no_circle(self) -> None:
        imports = [
            (f"{path}:{node.lineno}", node)
            for path in modules("src", "tests", "bench")
            for node in ast.walk(tree(path))
            if isinstance(node, ast.ImportFrom)
        ]

        assert [place for place, node in imports if node.level] == []
        assert [
            place for place, node in imports if "TYPE_CHECKING" in {name.name for name in node.names}
        ] == []

    def test_have_no_remark_that_something_is_still_to_be_done(self) -> None:
        wanting = ("TO" + "DO", "FIX" + "ME", "X" * 3)

        assert [
            name for name, text in texts("src", "tests", "bench").items() if any(w in text for w in wanting)
        ] == []


class TestRooms:
    def test_are_those_of_the_contract(self) -> None:
        assert [room.name for room in rooms()] == ROOMS

    def test_say_what_they_are_for_and_nothing_else(self) -> None:
        said = {str(room): tree(room / "__init__.py") for room in rooms()}

        assert [
            room for room, init in said.items() if not (ast.get_docstring(init) or "").endswith(".")
        ] == []
        assert [room for room, init in said.items() if len(init.body) != 1] == []


class TestModules:
    def test_have_their_tests(self) -> None:
        written = [path for path in modules(str(HOUSE)) if path.stem not in ("__init__", "__main__")]

        untested = [
            str(path)
            for path in written
            if not only_defines(path) and not any(file.is_file() for file in may_be_tested_in(path))
        ]

        assert untested == []

    def test_beside_the_rooms_have_their_tests(self) -> None:
        beside = [path for path in modules("src") if HOUSE not in path.parents]

        folders = {path: Path("tests", path.stem.removeprefix("tally_")) for path in beside}

        assert Path("src/tally_verify.py") in folders
        assert [str(path) for path, folder in folders.items() if not list(folder.glob("test_*.py"))] == []

"""SQL is written by Ibis. What an engine says otherwise stands in one file."""

import ast
import re
from pathlib import Path

from tests.house.conftest import modules, tree

DIALECT = Path("src/tallystick/measures/dialect.py")
# It stands apart from the project, and reads an SQLite database with nothing but the standard library.
CHECKER = Path("src/tally_verify.py")
# It sets triggers of the databases that keep rows, for migrations: Ibis writes none.
TRIGGERS = Path("src/tallystick/decisions/kept_tables.py")
SQL = re.compile(
    r"\b(SELECT\b.*\bFROM|INSERT\s+INTO|CREATE\s+(OR\s+REPLACE\s+)?(TEMP\w*\s+)?(TABLE|VIEW|MACRO)|GROUP\s+BY"
    r"|DELETE\s+FROM|UPDATE\s+\w+\s+SET|COPY\s*\(|ATTACH\s+')",
    re.DOTALL,
)
CALLS = frozenset({"sql", "raw_sql"})


def written_sql(path: Path) -> list[str]:
    """Return the strings of a module that are SQL, and the calls that take it; docstrings may speak of it."""
    found = []
    remarks = {
        node.value
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.JoinedStr):
            whole = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "…" for part in node.values
            )
            found += [f"line {node.lineno}: {whole[:40]!r}"] if SQL.search(whole) else []
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in remarks:
            found += [f"line {node.lineno}: {node.value[:40]!r}"] if SQL.search(node.value) else []
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in CALLS:
            found.append(f"line {node.lineno}: .{node.func.attr}(…)")
    return found


class TestSql:
    def test_stands_in_the_dialect_alone(self) -> None:
        apart = (DIALECT, CHECKER, TRIGGERS)
        found = {str(path): written_sql(path) for path in modules("src") if path not in apart}

        assert {path: places for path, places in found.items() if places} == {}

    def test_is_found_where_it_stands(self, tmp_path: Path) -> None:
        file = tmp_path / "a.py"
        file.write_text(
            '"""SELECT a FROM b."""\nx = f"SELECT {a} FROM b"\ny = "SELECT *\\nFROM b"\ncon.sql(y)\n'
        )

        assert [place.split(":")[0] for place in written_sql(file)] == ["line 2", "line 3", "line 4"]

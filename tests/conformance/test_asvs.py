"""The table of ASVS names every requirement once, and tests and pages that there are."""

import ast
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

GUIDE = Path("docs/guide")
TABLE = GUIDE / "asvs.md"
# How many requirements each part of a chapter has in version 5.0.0.
PARTS = {
    6: (3, 12, 8, 6, 8, 4, 2, 4),
    7: (3, 4, 2, 5, 3, 2),
    8: (4, 4, 3, 2),
    16: (1, 5, 4, 3, 4),
}
KINDS = ("met", "in part", "not met", "not applicable")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| ([^|]+) \| ([^|]+) \|$", re.MULTILINE)
NODE = re.compile(r"`(tests/[^`]+)`")
PAGE = re.compile(r"\]\(([a-z-]+\.md)\)")


def rows() -> list[tuple[str, str, str]]:
    return ROW.findall(TABLE.read_text(encoding="utf-8"))


@cache
def defined_in(file: str) -> frozenset[str]:
    """Return the tests that a file defines: Class::test."""
    tree = ast.parse(Path(file).read_text(encoding="utf-8"))
    return frozenset(
        f"{one.name}::{test.name}"
        for one in tree.body
        if isinstance(one, ast.ClassDef)
        for test in one.body
        if isinstance(test, ast.FunctionDef) and test.name.startswith("test_")
    )


def is_there(file: str, test: str) -> bool:
    return test in defined_in(file)


class TestTable:
    def test_has_every_requirement_once_and_in_order(self) -> None:
        wanted = [
            f"{chapter}.{part}.{number}"
            for chapter, counts in PARTS.items()
            for part, count in enumerate(counts, 1)
            for number in range(1, count + 1)
        ]

        assert [name for name, _, _ in rows()] == wanted

    @pytest.mark.parametrize("stands", [pytest.param(stands, id=name) for name, _, stands in rows()])
    def test_names_tests_and_pages_that_there_are_or_a_reason(self, stands: str) -> None:
        kind, _, why = stands.partition(": ")
        nodes, pages = NODE.findall(stands), PAGE.findall(stands)

        assert kind in KINDS
        assert [node for node in nodes if not is_there(*node.split("::", 1))] == []
        assert [page for page in pages if not (GUIDE / page).is_file()] == []
        if kind in ("met", "in part"):
            assert nodes or pages
        if kind != "met":
            assert len(NODE.sub("", why).split()) >= 5

    def test_counts_what_stands_below(self) -> None:
        counted = Counter((name.partition(".")[0], stands.partition(":")[0]) for name, _, stands in rows())
        text = TABLE.read_text(encoding="utf-8")

        for chapter, parts in PARTS.items():
            numbers = [sum(parts), *(counted[str(chapter), kind] for kind in KINDS)]
            line = next(one for one in text.splitlines() if one.startswith(f"| V{chapter} "))
            assert line.split(" | ")[1:] == [*map(str, numbers[:-1]), f"{numbers[-1]} |"]

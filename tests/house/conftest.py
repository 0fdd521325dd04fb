"""What the house tests look at: the files of the project, and what is in a module."""

import ast
from functools import cache
from pathlib import Path

HOUSE = Path("src/tallystick")
# Made by tools or kept out of the repository; nothing in them was written here.
NOT_OURS = frozenset(
    {".git", ".venv", ".boot", "build", "__pycache__", "node_modules", ".hypothesis", "data", "received"}
)
MOST_BYTES = 2_000_000


def rooms() -> list[Path]:
    return sorted(path for path in HOUSE.iterdir() if path.is_dir() and path.name[0] not in "_.")


def modules(*roots: str) -> list[Path]:
    """Return the Python files under the roots, but for the steps of tables, which Django writes."""
    found = (path for root in roots for path in Path(root).rglob("*.py"))
    return sorted(path for path in found if not (NOT_OURS | {"migrations"}) & set(path.parts))


def project_files() -> list[Path]:
    """Return every text file that belongs to the project."""
    found = []
    ahead = [Path()]
    while ahead:
        for path in ahead.pop().iterdir():
            if path.name in NOT_OURS or path.name.endswith(("_cache", ".egg-info")) or path.is_symlink():
                continue
            if path.is_dir():
                ahead.append(path)
            elif path.stat().st_size <= MOST_BYTES and b"\0" not in path.read_bytes()[:1000]:
                found.append(path)
    return sorted(found)


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))

"""Whatever is written, the loader tells what is wrong with it and never falls over.

TALLY_FUZZ says how many cases: 300 as a habit, 10,000 for assurance.
"""

import os
import random
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tallystick.rulebook.coverage import coverage
from tallystick.rulebook.diff import diff
from tallystick.rulebook.load import Loaded, load
from tests.rulebook.conftest import SMALL, Folder

HABIT = 300
CASES = int(os.environ.get("TALLY_FUZZ", HABIT))
SEC = Path("rulebooks/sec")
GUIDE = Path("docs/guide/rulebook-problems.md")
Mutation = Callable[[bytes, random.Random], bytes]

KEYS = sorted({line.split(":")[0].strip() for text in SMALL.values() for line in text.splitlines()})
WORDS = ["no", "yes", "[]", "{}", "[a]", "{a: b}", "''", "-1", "1e9", "9" * 5000, "2021-02-30", "2021-W01-1"]
TOKENS = [b"[", b"]", b"{", b"}", b":", b"-", b"\n", b"  ", b"&a ", b"*a", b"!!x ", b"? ", b"| ", b"---\n"]
SCALARS = st.sampled_from([*KEYS, *WORDS]) | st.text(max_size=12)
TREES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(KEYS), inner, max_size=5),
    max_leaves=12,
)


# As a habit the same cases every time, so that a failure is of the change; for assurance, new ones.
_KEPT = settings(deadline=None, derandomize=CASES <= HABIT, suppress_health_check=[HealthCheck.too_slow])
SPOILT = settings(_KEPT, max_examples=CASES)
ANYTHING = settings(_KEPT, max_examples=max(1, CASES // 3))


def flip_bytes(raw: bytes, dice: random.Random) -> bytes:
    changed = bytearray(raw)
    for _ in range(dice.randint(1, 4)):
        changed[dice.randrange(len(changed))] = dice.randrange(256)
    return bytes(changed)


def swap_tokens(raw: bytes, dice: random.Random) -> bytes:
    words = raw.split(b" ")
    one, other = dice.randrange(len(words)), dice.randrange(len(words))
    words[one], words[other] = words[other], words[one]
    return b" ".join(words)


def insert_a_token(raw: bytes, dice: random.Random) -> bytes:
    at = dice.randrange(len(raw) + 1)
    return raw[:at] + dice.choice(TOKENS) + raw[at:]


def delete_a_piece(raw: bytes, dice: random.Random) -> bytes:
    start = dice.randrange(len(raw))
    return raw[:start] + raw[start + dice.randint(1, 40) :]


def repeat_a_line(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    line = dice.choice(lines)
    lines.insert(dice.randrange(len(lines) + 1), line)
    return b"".join(lines)


def lose_a_line(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    del lines[dice.randrange(len(lines))]
    return b"".join(lines)


def change_a_value(raw: bytes, dice: random.Random) -> bytes:
    lines = raw.splitlines(keepends=True)
    at = dice.randrange(len(lines))
    key = lines[at].partition(b":")[0]
    lines[at] = key + b": " + dice.choice(WORDS).encode() + b"\n"
    return b"".join(lines)


MUTATIONS: tuple[Mutation, ...] = (
    flip_bytes,
    swap_tokens,
    insert_a_token,
    delete_a_piece,
    repeat_a_line,
    lose_a_line,
    change_a_value,
)


def documented() -> re.Pattern[str]:
    """Return what matches every problem that the guide page explains; … stands for anything."""
    rows = [line for line in GUIDE.read_text(encoding="utf-8").splitlines() if line.startswith("| `")]
    told = [
        two or one for row in rows for two, one in re.findall(r"``(.+?) ?``|`([^`]+)`", row.split(" | ")[0])
    ]
    return re.compile("|".join(re.escape(one).replace("…", ".*") for one in told), re.DOTALL)


DOCUMENTED = documented()


def check(loaded: Loaded) -> None:
    """Every problem is one that a person can find, look up and mend; without any, there is a rulebook."""
    assert (loaded.rulebook is None) == bool(loaded.problems)
    if loaded.rulebook is not None:
        assert coverage(loaded.rulebook).clauses == len(loaded.rulebook.clauses)
        assert diff(loaded.rulebook, loaded.rulebook) == ()
    for problem in loaded.problems:
        assert problem.line >= 1
        assert problem.column >= 1
        assert problem.what.strip()
        assert problem.remedy.strip()
        assert "\n" not in str(problem)
        assert DOCUMENTED.fullmatch(problem.what) or problem.remedy == "Write it as YAML 1.2."


def written(tree: object) -> str:
    """Return the tree as text that reads as it: flow style, strings as they are."""
    if isinstance(tree, dict):
        return "{" + ", ".join(f"{key}: {written(value)}" for key, value in tree.items()) + "}"
    return "[" + ", ".join(map(written, tree)) + "]" if isinstance(tree, list) else str(tree)


@pytest.fixture(scope="module")
def folders(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, ...]:
    """The small code, and a copy of the real one with a few files of each kind."""
    small = Folder(tmp_path_factory.mktemp("small"))
    for name, text in SMALL.items():
        small.write(name, text)
    real = tmp_path_factory.mktemp("real")
    shutil.copy(SEC / "code.yaml", real)
    for folder in sorted(path for path in SEC.iterdir() if path.is_dir() and path.name != "examples"):
        (real / folder.name).mkdir()
        for file in sorted(folder.glob("*.yaml"))[:3]:
            shutil.copy(file, real / folder.name)
    return small.root, real


class TestGuide:
    def test_explains_the_problems_of_every_kind(self) -> None:
        assert DOCUMENTED.fullmatch("no parameter is called 'trd'")
        assert DOCUMENTED.fullmatch("a table needs `by`, and a single value has none")
        assert not DOCUMENTED.fullmatch("something went wrong")


class TestLoad:
    @SPOILT
    @given(st.integers(0, 2**32), st.integers(1, 3))
    def test_tells_what_is_wrong_in_a_real_file_that_was_spoilt(
        self, folders: tuple[Path, ...], seed: int, times: int
    ) -> None:
        dice = random.Random(seed)  # noqa: S311 - not for secrets: a seed repeats the case
        root = dice.choice(folders)
        file = dice.choice(sorted(root.rglob("*.yaml")))
        before = spoilt = file.read_bytes()
        for _ in range(times):
            spoilt = dice.choice(MUTATIONS)(spoilt or b"\n", dice)
        file.write_bytes(spoilt)

        try:
            check(load(root))
        finally:
            file.write_bytes(before)

    @ANYTHING
    @given(name=st.sampled_from(sorted(SMALL)), key=st.sampled_from(KEYS), tree=TREES)
    def test_tells_what_is_wrong_with_a_value_that_anybody_might_write(
        self, folders: tuple[Path, ...], name: str, key: str, tree: object
    ) -> None:
        file = folders[0] / name
        before = file.read_text(encoding="utf-8")
        kept = [line for line in before.splitlines() if not line.startswith(f"{key}:")]
        file.write_text("\n".join([*kept, f"{key}: {written(tree)}", ""]), encoding="utf-8")

        try:
            check(load(folders[0]))
        finally:
            file.write_text(before, encoding="utf-8")

    @ANYTHING
    @given(name=st.sampled_from(sorted(SMALL)), tree=TREES)
    def test_tells_what_is_wrong_with_a_file_that_is_something_else(
        self, folders: tuple[Path, ...], name: str, tree: object
    ) -> None:
        file = folders[0] / name
        before = file.read_bytes()
        file.write_text(written(tree), encoding="utf-8")

        try:
            check(load(folders[0]))
        finally:
            file.write_bytes(before)

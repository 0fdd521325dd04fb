"""L5: a log that is not what was signed is not written to."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tallystick.journal import kept, keys, queries, standing
from tallystick.journal.models import Entry, Log, Node, Payload
from tallystick.journal.notes import SigningKey
from tallystick.journal.signing import sign_checkpoint
from tests.journal.conftest import AT, ORIGIN, act
from tests.journal.guards import remove, tamper
from tests.journal.lived import altered

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("log")]


@pytest.fixture
def signed(home: Path) -> Path:
    sign_checkpoint(home, AT)
    act(50)
    sign_checkpoint(home, AT)
    act(51)
    return home


def cut(size: int) -> None:
    """Set the log back to a size, as an older backup would."""
    nodes = queries.frontier(size)
    remove(Payload, entry__gte=size)
    remove(Entry, seq__gte=size)
    for level in range(5):
        remove(Node, level=level, number__gte=size >> level)
    tamper(Log, {}, size=size, root=nodes.root, at=Entry.objects.get(seq=size - 1).at)


def written_anew() -> None:
    for model in (Payload, Entry, Node, Log):
        remove(model)
    for number in range(9):
        act(number + 70)


def other_key(home: Path) -> None:
    (kept.folder(home) / keys.STATED).write_text(f"{SigningKey.new(ORIGIN).public.written}\n")


def folder_for(file: Path) -> None:
    file.unlink()
    file.mkdir()


class TestProblem:
    def test_is_none_with_a_log_that_grew(self, signed: Path) -> None:
        assert standing.problem(signed) == ""

    def test_is_none_where_nothing_was_signed(self, home: Path) -> None:
        assert standing.problem(home) == ""

    @pytest.mark.parametrize("size", range(1, 8))
    def test_is_a_log_that_is_shorter(self, signed: Path, size: int) -> None:
        cut(size)

        assert standing.problem(signed) == f"journal shorter than last signed checkpoint {size} < 8"

    def test_counts_as_people_read(self, signed: Path) -> None:
        kept.keep(signed, 9004, kept.text_of(signed, 8))

        assert "of 9,004 entries, cannot be trusted: It is of 8 entries." in standing.problem(signed)

    def test_is_an_empty_database(self, signed: Path) -> None:
        for model in (Payload, Entry, Node, Log):
            remove(model)

        assert standing.problem(signed) == "journal shorter than last signed checkpoint 0 < 8"

    def test_is_a_log_that_was_written_anew(self, signed: Path) -> None:
        written_anew()

        assert standing.problem(signed) == "journal altered: it is not what was signed with 8 entries"

    @pytest.mark.parametrize(
        ("hinder", "said"),
        [
            (lambda _: remove(Node, level=3, number=0), "does not hold together: Nodes at the edge"),
            (lambda _: remove(Node, level=0, number=8), "does not hold together: Nodes at the edge"),
            (lambda _: tamper(Node, {"level": 3}, hash=bytes(32)), "The root of the head is not"),
            (lambda _: tamper(Log, {}, root=bytes(32)), "The root of the head is not"),
            (lambda _: tamper(Log, {}, at=AT.replace(year=2031)), "The head has another time"),
            (lambda home: (kept.folder(home) / keys.STATED).write_bytes(b"\xff"), "cannot be read"),
            (lambda home: folder_for(kept.file_of(home, 8)), "cannot be trusted: [Errno"),
            (lambda _: tamper(Log, {}, size=12), "The head counts 12 entries; there are 9"),
            (lambda home: kept.keep(home, 8, ""), "cannot be trusted: A checkpoint has three lines"),
            (lambda home: kept.keep(home, 8, "a\n8\nb\n"), "cannot be trusted: A checkpoint has three"),
            (lambda home: kept.keep(home, 8, kept.text_of(home, 7)), "It is of 7 entries"),
            (lambda home: kept.keep(home, 8, altered(kept.text_of(home, 8), 9)), "does not verify"),
            (other_key, "No known key of the log has signed it"),
            (lambda home: (kept.folder(home) / keys.STATED).unlink(), "No known key of the log"),
            (lambda home: (kept.folder(home) / keys.STATED).write_text("odd\n"), "cannot be read"),
        ],
    )
    def test_is_told(self, signed: Path, hinder: Callable[[Path], object], said: str) -> None:
        hinder(signed)

        assert said in standing.problem(signed)

    def test_is_a_node_that_is_missing_below_what_was_signed(self, signed: Path) -> None:
        for number in range(8):
            act(60 + number)
        remove(Node, level=3, number=0)

        assert "nodes of the journal are missing" in standing.problem(signed)

import datetime as dt
import os
import random
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from tallystick.measures import counted, partials
from tallystick.measures.partials import Shelf, key, rule
from tallystick.rulebook.rulebook import Rulebook

DAY = dt.date(2021, 7, 1)


def sums(numerator: int = 1, changes_on: dt.date | None = None, size: int = 1) -> pa.Table:
    """Return sums of one day; with `changes_on`, of an event that is still open."""
    row: dict[str, Any] = dict.fromkeys([*counted.SUMS, counted.DOUBTFUL, counted.DEPENDS], 0)
    row |= {"day": DAY, "numerator": numerator, "changes_on": changes_on}
    row |= {"open": 1, "depends": 1} if changes_on else {}
    return pa.Table.from_pylist([row] * size, counted.empty(()).schema)


def on(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


class TestShelf:
    def test_finds_what_was_kept(self, tmp_path: Path) -> None:
        Shelf(tmp_path / "M").keep("k", on("2021-07-09"), sums(7))

        found = Shelf(tmp_path / "M")

        assert found.find("k", on("2020-01-01")) == sums(7)
        assert found.find("l", on("2021-07-09")) is None

    @pytest.mark.parametrize("most", [0, 127, 128, 40_000, 2**40])
    def test_gives_numbers_their_size_back(self, tmp_path: Path, most: int) -> None:
        kept = sums(most).append_column("party", pa.array([most % 2**31], pa.int32()))

        Shelf(tmp_path).keep("k", DAY, kept)

        found = Shelf(tmp_path).find("k", DAY)
        assert found is not None
        assert found.select(kept.column_names) == kept

    def test_keeps_nothing_without_a_folder(self) -> None:
        shelf = Shelf(None)

        shelf.keep("k", DAY, sums())

        assert shelf.find("k", DAY) is None

    @pytest.mark.parametrize(
        ("known_on", "holds"),
        [("2021-07-08", False), ("2021-07-09", True), ("2021-07-19", True), ("2021-07-20", False)],
    )
    def test_finds_sums_of_open_events_only_while_they_hold(
        self, tmp_path: Path, known_on: str, *, holds: bool
    ) -> None:
        Shelf(tmp_path).keep("k", on("2021-07-09"), sums(changes_on=on("2021-07-20")))

        assert (Shelf(tmp_path).find("k", on(known_on)) is not None) == holds

    def test_holds_sums_of_what_has_passed_from_then_on(self, tmp_path: Path) -> None:
        passed = sums().set_column(7, counted.DEPENDS, pa.array([1], pa.int64()))
        Shelf(tmp_path).keep("k", on("2021-07-09"), passed)

        assert Shelf(tmp_path).find("k", on("2021-07-08")) is None
        assert Shelf(tmp_path).find("k", on("2029-07-08")) == passed

    @pytest.mark.parametrize("left", [0, 1, 31, 32, 100, -1])
    def test_does_not_trust_a_file_that_was_cut_short(self, tmp_path: Path, left: int) -> None:
        Shelf(tmp_path).keep("k", DAY, sums(7))
        (file,) = tmp_path.iterdir()
        file.write_bytes(file.read_bytes()[:left])

        assert Shelf(tmp_path).find("k", DAY) is None
        Shelf(tmp_path).keep("k", DAY, sums(7))
        assert Shelf(tmp_path).find("k", DAY) == sums(7)

    def test_does_not_trust_a_file_in_which_any_byte_differs(self, tmp_path: Path) -> None:
        Shelf(tmp_path).keep("k", DAY, sums(7))
        (file,) = tmp_path.iterdir()
        written = file.read_bytes()

        for place in range(0, len(written), 7):
            file.write_bytes(written[:place] + bytes([written[place] ^ 1]) + written[place + 1 :])
            assert Shelf(tmp_path).find("k", DAY) is None

    def test_is_not_stopped_by_a_place_that_cannot_be_written(self, tmp_path: Path) -> None:
        (tmp_path / "M").write_text("a file where a folder should be")

        Shelf(tmp_path / "M").keep("k", DAY, sums())

        assert Shelf(tmp_path / "M").find("k", DAY) is None
        assert [path.name for path in tmp_path.iterdir()] == ["M"]

    def test_is_not_stopped_by_files_that_are_not_its_own(self, tmp_path: Path) -> None:
        for name in ("k.sums", "k_2021-07-01.sums", "notes.txt", "k_a_b_c.sums"):
            (tmp_path / name).write_text("something else")
        (tmp_path / "k__.sums").mkdir()

        assert Shelf(tmp_path).find("k", on("2021-07-09")) is None

    def test_removes_what_a_stopped_writer_left_aside(self, tmp_path: Path) -> None:
        (tmp_path / "k__.sums.1-1.part").write_bytes(b"half")

        Shelf(tmp_path).keep("l", DAY, sums())

        assert [path.name for path in tmp_path.iterdir()] == ["l__.sums"]

    def test_shows_all_of_one_of_several_writers_at_any_moment(self, tmp_path: Path) -> None:
        several = [sums(number, size=500 * number) for number in (1, 2, 3)]
        Shelf(tmp_path).keep("k", DAY, several[0])
        stop = time.monotonic() + 1
        seen: list[pa.Table | None] = []

        def write(table: pa.Table) -> None:
            while time.monotonic() < stop:
                Shelf(tmp_path).keep("k", DAY, table)

        writers = [threading.Thread(target=write, args=(table,)) for table in several]
        for writer in writers:
            writer.start()
        while time.monotonic() < stop:
            seen.append(Shelf(tmp_path).find("k", DAY))
        for writer in writers:
            writer.join()

        assert seen
        assert all(any(table == one for one in several) for table in seen)
        assert not list(tmp_path.glob("*.part"))

    def test_survives_writers_that_are_killed(self, tmp_path: Path) -> None:
        program = (
            "import sys; from pathlib import Path\n"
            "from tests.measures.test_partials import DAY, Shelf, sums\n"
            "tables = [sums(number, size=30_000) for number in (1, 2)]\nprint('ready', flush=True)\n"
            "while True:\n  [Shelf(Path(sys.argv[1])).keep('k', DAY, table) for table in tables]"
        )
        surroundings = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        command = [sys.executable, "-c", program, str(tmp_path)]
        chance = random.Random(7)  # noqa: S311 - only moments

        for _ in range(2):
            with subprocess.Popen(command, env=surroundings, stdout=subprocess.PIPE) as writer:  # noqa: S603
                assert writer.stdout is not None
                writer.stdout.readline()
                time.sleep(0.1 + chance.random() / 5)
                writer.send_signal(signal.SIGKILL)
            found = Shelf(tmp_path).find("k", DAY)
            assert found in (sums(1, size=30_000), sums(2, size=30_000))

        Shelf(tmp_path).keep("k", DAY, sums(3))
        assert Shelf(tmp_path).find("k", DAY) == sums(3)
        assert not list(tmp_path.glob("*.part"))


class TestKey:
    def test_is_the_same_whatever_the_measure_says_for_its_readers(self, sec: Rulebook) -> None:
        measure = sec.measures["DSP-PM1.4"]

        retitled = measure.model_copy(update={"title": "Another title", "note": "And a note"})

        assert rule(retitled, sec) == rule(measure, sec)

    @pytest.mark.parametrize(
        "changes", [{"where": {"mode": ("scheduled",)}}, {"by": ("party",)}, {"to": "answered_at"}]
    )
    def test_differs_with_what_the_measure_counts(self, sec: Rulebook, changes: dict[str, object]) -> None:
        measure = sec.measures["DSP-PM1.4"]

        assert rule(measure.model_copy(update=changes), sec) != rule(measure, sec)

    def test_differs_with_the_rule_and_with_every_input(self) -> None:
        keys = {key("r", {"file": "a"}), key("s", {"file": "a"}), key("r", {"file": "b"}), key("r", {})}

        assert len(keys) == 4

    def test_differs_with_what_else_it_rests_on(self, sec: Rulebook) -> None:
        measure = sec.measures["DSP-PM1.4"]

        assert rule(measure, sec, {"exceptions": []}) != rule(measure, sec, {"exceptions": [["R-1", ""]]})

    def test_differs_with_the_engine(self, sec: Rulebook, monkeypatch: pytest.MonkeyPatch) -> None:
        before = rule(sec.measures["DSP-PM1.4"], sec)

        monkeypatch.setattr(partials, "engine", lambda: "0.0.0+another")

        assert rule(sec.measures["DSP-PM1.4"], sec) != before

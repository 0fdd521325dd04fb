import datetime as dt
import os
from pathlib import Path

import pyarrow as pa
import pytest

from tallystick.measures.duty_files import MOST_STATES, RESPONSES, TRIGGERS, Cupboard, Made, State

DAY = dt.date(2021, 7, 1)
TABLE = pa.table({"row": pa.array([0, 1], pa.int32()), "device_id": ["D1", None]})
STATE = State(
    {DAY: Made("e1", "t1", first=5, last=9, open=True), None: Made("e2", "")}, {DAY: Made("e3", "r1")}
)


@pytest.fixture
def cupboard(tmp_path: Path) -> Cupboard:
    return Cupboard(tmp_path / "AREA-D1")


class TestState:
    def test_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        (tmp_path / "state").write_bytes(STATE.written())

        assert State.read(tmp_path / "state") == STATE

    @pytest.mark.parametrize("left", [0, 10, 64, 65, -1])
    def test_is_nothing_where_it_was_cut_short(self, tmp_path: Path, left: int) -> None:
        (tmp_path / "state").write_bytes(STATE.written()[:left])

        assert State.read(tmp_path / "state") is None

    def test_is_like_another_in_the_files_they_have_in_common(self) -> None:
        assert STATE.likeness({DAY: "e1", None: "other"}, {DAY: "e3"}) == 2
        assert State({}, {}).likeness({DAY: "e1"}, {}) == 0


class TestCupboard:
    def test_reads_what_it_keeps(self, cupboard: Cupboard) -> None:
        name = cupboard.keep(TRIGGERS, DAY, TABLE)

        assert cupboard.read(TRIGGERS, DAY, name) == TABLE
        assert (cupboard.folder / "trigger_day=2021-07-01" / f"{name}.parquet").exists()

    def test_names_equal_rows_alike_however_they_lie_in_memory(self, cupboard: Cupboard) -> None:
        pieces = pa.concat_tables([TABLE.slice(0, 1), TABLE.slice(1)])

        assert cupboard.keep(TRIGGERS, DAY, pieces) == cupboard.keep(TRIGGERS, DAY, TABLE)

    def test_writes_no_file_twice(self, cupboard: Cupboard) -> None:
        name = cupboard.keep(TRIGGERS, None, TABLE)
        file = cupboard.folder / "trigger_day=all" / f"{name}.parquet"
        before = file.stat().st_ino

        cupboard.keep(TRIGGERS, None, TABLE)

        assert file.stat().st_ino == before

    def test_needs_no_file_for_no_rows(self, cupboard: Cupboard) -> None:
        assert cupboard.keep(RESPONSES, DAY, TABLE.slice(0, 0)) == ""
        assert not cupboard.folder.exists()

    def test_does_not_trust_what_is_not_as_its_name_says(self, cupboard: Cupboard) -> None:
        name = cupboard.keep(RESPONSES, DAY, TABLE)
        other = cupboard.keep(RESPONSES, DAY, TABLE.slice(0, 1))
        folder = cupboard.folder / "response_day=2021-07-01"
        (folder / f"{name}.parquet").write_bytes((folder / f"{other}.parquet").read_bytes())

        assert cupboard.read(RESPONSES, DAY, name) is None
        assert cupboard.read(RESPONSES, DAY, "0" * 16) is None
        assert cupboard.keep(RESPONSES, DAY, TABLE) == name
        assert cupboard.read(RESPONSES, DAY, name) == TABLE

    def test_sweeps_out_old_states_and_what_no_other_names(self, cupboard: Cupboard) -> None:
        names = []
        for number in range(2 * MOST_STATES + 1):
            name = cupboard.keep(TRIGGERS, DAY, TABLE.append_column("n", pa.array([number, number])))
            cupboard.keep_state("rule", f"{number:02}", State({DAY: Made("e", name)}, {}))
            os.utime(cupboard.folder / "states" / f"rule-{number:02}.json", ns=(number, number))
            names.append(name)

        cupboard.sweep()

        assert len(list(cupboard.states("rule"))) == MOST_STATES
        kept = {path.stem for path in (cupboard.folder / "trigger_day=2021-07-01").iterdir()}
        assert kept == set(names[-MOST_STATES:])

    def test_sweeps_nothing_while_there_are_few_states(self, cupboard: Cupboard) -> None:
        name = cupboard.keep(TRIGGERS, DAY, TABLE)
        cupboard.keep_state("rule", "0", State({}, {}))

        cupboard.sweep()

        assert cupboard.read(TRIGGERS, DAY, name) == TABLE

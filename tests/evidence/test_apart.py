import signal
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.evidence import apart
from tallystick.evidence.apart import run_apart
from tallystick.evidence.limits import Limits
from tallystick.evidence.refusals import UnableToRead
from tests.evidence.desk import GOOD, Desk, csv_of, plan, row, told

START = "import json, os, sys, time; errand = json.load(sys.stdin); "


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def run(desk: Desk, **limits: Any) -> dict[str, dict[str, Any]]:
    made = replace(plan(), limits=Limits(**limits))
    return run_apart(made, desk.put(csv_of(GOOD)), desk.scratch(), {"count": {}}, None)


class TestRunApart:
    def test_answers_what_the_job_found(self, desk: Desk) -> None:
        assert run(desk)["count"]["counted"] == 1

    def test_answers_though_what_it_used_breaks_as_it_is_torn_down(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(apart, "START", "import atexit, os; atexit.register(os.abort); " + apart.START)

        assert run(desk)["count"]["counted"] == 1

    @pytest.mark.parametrize(
        ("act", "why"),
        [
            ("os.kill(os.getpid(), 11)", r"its reader stopped \(signal 11\)"),
            ("sys.exit(3)", r"its reader stopped \(code 3\)"),
            ("pass", r"its reader stopped \(code 0\)"),
            (
                f"os.kill(os.getpid(), {signal.SIGXCPU:d})",
                "could not be read within 1 seconds and 4,294 MB of memory. Split it.",
            ),
            ("time.sleep(60)", "could not be read within 1 seconds"),
        ],
    )
    def test_says_so_where_the_process_breaks(
        self, desk: Desk, act: str, why: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(apart, "START", START + act)

        with pytest.raises(UnableToRead, match=why):
            run(desk, seconds=1)

    def test_tells_how_far_it_is_and_how_far_it_may_be(
        self, desk: Desk, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        act = (
            "files = errand['files']; os.write(files['progress'], b'10 100\\n'); "
            "os.write(files['answer'], b'{\"counted\": 7}')"
        )
        monkeypatch.setattr(apart, "START", START + act)
        news: list[tuple[int, int | None]] = []
        file = desk.put(bytes(250))

        answers = run_apart(plan(), file, desk.scratch(), {"count": {}}, lambda *told: news.append(told))

        assert answers == {"count": {"counted": 7}}
        assert news == [(10, 25)]

    def test_does_not_run_out_of_files_whatever_has_to_be_read(self, desk: Desk) -> None:
        lines = [
            GOOD,
            GOOD,
            row(request_id="R-2", asked_at="2020-10-25T01:30:00", party="caf\u00e9"),
            row(request_id="R-3", mode="x", due_on="31/12/2020", done="1e3"),
            '"R-4\n",x',
        ]

        reading = desk.read_apart(csv_of(*lines).decode().encode("cp1252"), encoding="cp1252")

        assert [one.split(":")[0] for one in told(reading)] == ["refused", "held", *["refused"] * 4]

    def test_bounds_the_memory_of_the_reader(self, desk: Desk) -> None:
        with pytest.raises(UnableToRead, match="memory"):
            desk.read_apart(csv_of(GOOD), limits=Limits(memory=300_000_000))

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tallystick.demo.truth import (
    Planted,
    Truth,
    TruthFigure,
    TruthFile,
    TruthFinding,
    TruthLine,
    TruthRoll,
    UnableToReadTruth,
    digest,
    read_truth,
    write_truth,
)

JULY = "2021-07"
TRUTH = Truth(
    code="sec",
    scale="small",
    seed=1,
    known_on="2021-08-20",
    periods=(JULY,),
    measures=("AREA-G", "CPM6"),
    lines=(TruthLine("AREA-G", JULY, "ALFA|HUB-1|removed|2021-07-01T09:00:00Z", "ALFA"),),
    findings=(TruthFinding("AREA-G", JULY, "ALFA", "below_minimum"),),
    figures=(
        TruthFigure("AREA-G", JULY, "", 9, 10, open=1),
        TruthFigure("AREA-G", JULY, "party=ALFA", 0, 1),
        TruthFigure("CPM6", JULY, "", 44_640, 44_640),
    ),
    rolls=(TruthRoll("RDP-ROLL", JULY, 8, 8, 12, 4, 1),),
    files=(TruthFile("evidence/001-a.csv", "alerts", None, JULY, "2021-08-12T08:00:00Z", "ab", 3, 1, 1, 1),),
    planted=(Planted("late", "AREA-G", JULY, "hub_returns", "ALFA|HUB-1", lawful=False, why="It is."),),
)
Change = Callable[[dict[str, Any]], object]
CHANGES: dict[str, tuple[Change, str]] = {
    "a line is gone": (lambda t: t["lines"].pop(), "lines holds 0 rows, and the heading says 1"),
    "a finding is gone": (lambda t: t["findings"].pop(), "findings holds 0 rows"),
    "a figure is gone": (
        lambda t: (t["figures"].pop(), t["rows"].update(figures=2)),
        "whole of every measure",
    ),
    "a line is repeated": (
        lambda t: (t["lines"].append(t["lines"][0]), t["rows"].update(lines=2)),
        "a row of lines is repeated",
    ),
    "a column is gone": (lambda t: t["lines"][0].pop("key"), "row 1 of lines does not have the columns"),
    "a column is new": (lambda t: t["files"][0].update(sender="DSP"), "row 1 of files does not have"),
    "a number is text": (lambda t: t["figures"][0].update(numerator="9"), "numerator in row 1 of figures"),
    "a flag is a number": (lambda t: t["planted"][0].update(lawful=0), "lawful in row 1 of planted"),
    "a measure is not named": (lambda t: t["measures"].remove("AREA-G"), "lines has a row outside"),
    "a period is not named": (lambda t: t["periods"].append("2021-06"), "whole of every measure"),
    "a part is gone": (lambda t: t.pop("rolls"), "its parts are not those of the format"),
    "the day is no day": (lambda t: t.update(known_on="July"), "known_on is 'July'"),
    "the seed is no number": (lambda t: t.update(seed="one"), "seed is not a int"),
}


@pytest.fixture
def file(tmp_path: Path) -> Path:
    write_truth(TRUTH, tmp_path / "truth.json")
    return tmp_path / "truth.json"


class TestReadTruth:
    def test_reads_what_was_written(self, file: Path) -> None:
        assert read_truth(file) == TRUTH
        assert Truth.read(file.parent) == TRUTH

    @pytest.mark.parametrize("what", CHANGES)
    def test_refuses_the_file_when(self, what: str, file: Path) -> None:
        change, says = CHANGES[what]
        written = json.loads(file.read_text())
        change(written)
        file.write_text(json.dumps(written))

        with pytest.raises(UnableToReadTruth, match=says):
            read_truth(file)

    @pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"format": "another 1"}', "\x00"])
    def test_refuses_what_is_no_truth_file(self, content: str, file: Path) -> None:
        file.write_text(content)

        with pytest.raises(UnableToReadTruth, match="truth"):
            read_truth(file)

    def test_refuses_a_name_that_stands_twice(self, file: Path) -> None:
        file.write_text(file.read_text().replace('"code": "sec"', '"code": "gas", "code": "sec"'))

        with pytest.raises(UnableToReadTruth, match="stands twice"):
            read_truth(file)

    def test_says_that_a_file_is_missing(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToReadTruth, match="cannot be read"):
            Truth.read(tmp_path)


class TestWriteTruth:
    def test_writes_one_row_a_line(self, file: Path) -> None:
        lines = file.read_text().splitlines()

        assert sum('"measure": "AREA-G"' in line for line in lines) == 5


class TestDigest:
    def test_is_the_hash_of_the_bytes(self) -> None:
        assert digest(b"").startswith("e3b0c442")

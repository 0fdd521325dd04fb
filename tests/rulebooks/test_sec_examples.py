"""The examples of the Smart Energy Code: figures that papers report, and worked examples to be run."""

import csv
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tallystick.rulebook.load import load
from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.text import Text

FOLDER = Path(__file__).parents[2] / "rulebooks" / "sec"
EXAMPLES = FOLDER / "examples"


@cache
def sec() -> Rulebook:
    rulebook = load(FOLDER).rulebook
    assert rulebook is not None
    return rulebook


def reported(month: str) -> list[dict[str, str]]:
    with (EXAMPLES / f"reported_{month}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


class TestReportedFigures:
    @pytest.mark.parametrize("month", ["2018-07", "2018-08", "2021-07", "2021-08"])
    def test_fit_the_stream_and_name_measures_that_exist(self, month: str) -> None:
        rows = reported(month)

        assert [set(row) for row in rows] == [set(sec().streams["reported"].columns)] * len(rows)
        assert [row["measure"] for row in rows if row["measure"] not in sec().measures] == []
        assert {row["report"] for row in rows} <= {one.key for one in sec().reports()}
        assert {row["period"] for row in rows} == {month}

    @pytest.mark.parametrize(
        ("month", "measure", "cells"),
        [
            ("2018-07", "CPM1", {"status": "above Target"}),
            ("2018-07", "CSPN-HUB-ON-TIME", {"share": "25"}),
            ("2018-08", "CSR-VARIANCE", {"numerator": "407397", "denominator": "868301"}),
            ("2018-08", "SR-VARIANCE", {"numerator": "1209004", "denominator": "7004230"}),
            ("2018-08", "RDP-ROLL", {"opened": "7", "resolved": "7", "open_at_end": "5"}),
            ("2021-07", "CPM1", {"share": "97.13"}),
            ("2021-07", "CSPN-PM2", {"share": "71.01"}),
            ("2021-07", "CSPN-PM3.1", {"share": "98.62"}),
            ("2021-07", "DSP-PM11", {"share": "33.70"}),
            ("2021-07", "S1SP-DXC-PM1.1", {"status": "Performance measurement not reported"}),
            ("2021-08", "RDP-ROLL", {"opened": "8", "resolved": "12", "open_at_end": "4"}),
        ],
    )
    def test_are_those_of_the_papers(self, month: str, measure: str, cells: dict[str, str]) -> None:
        (row,) = [row for row in reported(month) if row["measure"] == measure]
        numbers = ("numerator", "denominator", "share", "opened", "resolved", "open_at_end")
        stated = {name: row[name] for name in (*numbers, "status") if row[name]}

        assert {name: stated.get(name) for name in cells} == cells
        assert {name for name in numbers if row[name]} == set(cells) - {"status"}

    @pytest.mark.parametrize(
        "measure", ["CPM4", "CSPN-PM6.3", "CSPN-PM7.1", "CSPN-PM7.4", "SIE-PM1.2", "CAP-PM4.1"]
    )
    def test_invent_no_number_where_the_paper_has_none(self, measure: str) -> None:
        (row,) = [row for row in reported("2021-07") if row["measure"] == measure]

        assert not any(row[name] for name in ("numerator", "denominator", "share", "resolved"))
        assert row["commentary"]

    def test_leave_the_hubs_of_the_north_without_an_explanation(self) -> None:
        (row,) = [row for row in reported("2018-07") if row["measure"] == "CSPN-HUB-ON-TIME"]

        assert row["commentary"] == ""


def examples() -> list[dict[str, Any]]:
    files = [file for file in sorted(EXAMPLES.glob("*.yaml")) if not file.name.startswith("votes")]
    return [one for file in files for one in Text(file).value]


class TestWorkedExamples:
    def test_name_clauses_streams_and_columns_that_exist(self) -> None:
        for example in examples():
            assert [one for one in example["clause"] if one not in sec().clauses] == []
            for stream, rows in example["evidence"].items():
                columns = sec().streams[stream].columns
                needed = {name for name, column in columns.items() if column.required}
                for row in rows:
                    assert set(row) <= set(columns), (example["example"], stream, row)
                    assert needed <= set(row), (example["example"], stream, row)

    def test_use_only_the_words_of_each_enum(self) -> None:
        for example in examples():
            for stream, rows in example["evidence"].items():
                for name, column in sec().streams[stream].columns.items():
                    words = {row[name] for row in rows if name in row}
                    assert not column.values or words <= set(column.values), (example["example"], name)

    def test_show_every_kind_of_measure(self) -> None:
        shown = {
            sec().measures[one["measure"]].kind for each in examples() for one in each["expect"]["figures"]
        }

        assert shown == {measure.kind for measure in sec().measures.values()}

    def test_show_every_area(self) -> None:
        duties = {
            sec().obligations[sec().measures[one["measure"]].obligation].area
            for each in examples()
            for one in each["expect"]["figures"]
        }

        assert duties >= set("abcdefgh")

    def test_have_a_sentence_of_their_own(self) -> None:
        sentences = [each["example"] for each in examples()]

        assert len(set(sentences)) == len(sentences)

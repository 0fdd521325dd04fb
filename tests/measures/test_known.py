import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from tallystick.measures.known import Known
from tallystick.measures.reported import statements
from tallystick.month.examples import Example, known_of
from tallystick.rulebook.rulebook import Rulebook

DAY = "2021-07-05T12:00:00+01:00"
PAYLOAD = {"payload_id": "P1", "provider": "CSPN", "category": "1", "requested_at": DAY, "completed_at": DAY}
LISTED = {"stream": "firmware_payloads", "row_key": "CSPN|P1", "reason": "Trial", "approved_by": "Panel"}


def known(sec: Rulebook, folder: Path, **evidence: list[dict[str, Any]]) -> Known:
    example = Example.model_validate(
        {
            "example": "What is known",
            "clause": ["H13.1"],
            "period": "2021-07",
            "known_on": "2021-09-28",
            "evidence": {stream: tuple(rows) for stream, rows in evidence.items()},
            "expect": {},
        }
    )
    return known_of(sec, example, folder)


class TestKnown:
    def test_ends_at_the_end_of_the_civil_day(self, sec: Rulebook, tmp_path: Path) -> None:
        found = known(sec, tmp_path, firmware_payloads=[PAYLOAD])

        end = dt.datetime(2021, 9, 28, 23, tzinfo=dt.UTC)
        assert found.asked.until == end.timestamp() * 1_000_000

    @pytest.mark.parametrize(
        ("listed", "excluded"),
        [
            (LISTED, True),
            ({**LISTED, "row_key": "CSPC|P1"}, False),
            ({**LISTED, "row_key": "P1"}, False),
            ({**LISTED, "stream": "alerts"}, False),
            ({**LISTED, "until_on": "2021-07-05"}, False),
            ({**LISTED, "until_on": "2021-07-06"}, True),
        ],
    )
    def test_marks_the_rows_on_the_exception_list(
        self, sec: Rulebook, tmp_path: Path, listed: dict[str, str], *, excluded: bool
    ) -> None:
        found = known(sec, tmp_path, firmware_payloads=[PAYLOAD], exceptions=[listed])

        source = found.source("firmware_payloads")

        table = source.table.select(left_out=source.excluded("requested_at")).to_pyarrow()
        assert table["left_out"].to_pylist() == [excluded]


class TestStatements:
    def test_keep_the_words_and_the_submission_of_each_report(self, sec: Rulebook, tmp_path: Path) -> None:
        row = {"report": "RPT-PMR", "measure": "CPM1", "period": "2021-07", "share": "97.13"}

        (said,) = statements(known(sec, tmp_path, reported=[row]))["CPM1", "2021-07"]

        assert (said.share, said.numerator, said.commentary) == ("97.13", None, None)
        assert said.submission.startswith("E-")

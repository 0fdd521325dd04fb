import io
from pathlib import Path

import pytest

from tallystick.evidence.csv_rows import CsvSource
from tallystick.evidence.event_logs import LogSource
from tallystick.evidence.reading_job import opened
from tallystick.evidence.xlsx_rows import XlsxSource
from tallystick.rulebook.streams import Stream
from tests.evidence.desk import GOOD, LOG, REQUESTS, Desk, csv_of, plan
from tests.evidence.test_event_logs import EVENTS, HEADER, XES


class TestOpened:
    @pytest.mark.parametrize(
        ("content", "what", "format_", "kind"),
        [
            (csv_of(GOOD), REQUESTS, "csv", CsvSource),
            (csv_of(*EVENTS, header=HEADER), LOG, "csv", LogSource),
            (csv_of(header="case_id,desk,opened_at,closed_at,last"), LOG, "csv", CsvSource),
            (XES, LOG, "xes", LogSource),
        ],
    )
    def test_is_what_the_file_and_the_stream_are(
        self, content: bytes, what: Stream, format_: str, kind: type
    ) -> None:
        assert type(opened(io.BytesIO(content), plan(what, format_))) is kind

    def test_is_a_sheet_of_a_workbook(self, tmp_path: Path) -> None:
        book = io.BytesIO(Desk(tmp_path).workbook(GOOD.split(",")))

        assert type(opened(book, plan(format_="xlsx"))) is XlsxSource

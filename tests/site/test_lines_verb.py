import csv
import io
from pathlib import Path

from tests.site.conftest import Tally

MONTH = ("--period", "2021-07", "--as-known-on", "2021-09-28")


class TestLines:
    def test_prints_the_rows_that_failed_as_csv(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(
            "payload_id,provider,category,requested_at,completed_at\n"
            "=cmd,CSPN,1,2021-07-01T10:00:00Z,2021-07-11T11:00:00Z\n"
        )
        at = ("--stream", "firmware_payloads", "--received-at", "2021-08-03T14:00")
        run("receive", str(tmp_path / "sent.csv"), *at)

        rows = list(csv.DictReader(io.StringIO(run("lines", "CSPN-PM2", *MONTH).output)))

        assert [(row["measure"], row["key"], row["subject"]) for row in rows] == [
            ("CSPN-PM2", "CSPN|=cmd", "CSPN")
        ]

"""Refused rows go back to their sender, are mended, and come in again as a correction."""

import datetime as dt
from pathlib import Path

from tallystick.evidence.here import run_here
from tallystick.evidence.reading import How, read_with
from tallystick.evidence.submissions import Origin, Receipt, Summary
from tallystick.rulebook.periods import Span
from tests.evidence.conftest import CODE, REQUESTS, Archive, in_words, request

HEADER = "request_id,party,kind,asked_at,answered_at,due_on,tries,well"
SENT = f"""{HEADER}
R-1,ALFA,gas,2021-07-01T10:00:00+01:00,,,,
R-2,ALFA,gas,2021-13-01T10:00:00+01:00,,,3,yes
"""


def take_in(archive: Archive, file: Path, day: int) -> Receipt:
    received = dt.datetime(2021, 8, day, tzinfo=dt.UTC)
    scratch = archive.folder / f"scratch-{day}"
    scratch.mkdir()
    how = How(received_at=received, party="ALFA")
    reading = read_with(run_here, file, REQUESTS, CODE, scratch=scratch, how=how)
    told = Origin(file, received, received, "ALFA", Span.parse("2021-07"))
    return archive.store.receive(reading, REQUESTS, CODE, told)


class TestRefusedRows:
    def test_come_in_again_and_leave_the_others_alone(self, archive: Archive) -> None:
        (archive.folder / "july.csv").write_text(SENT)
        first = take_in(archive, archive.folder / "july.csv", 2).submission
        back = (archive.store.root / "submissions" / first.id / "refused.csv").read_text()
        (archive.folder / "mended.csv").write_text(back.replace("2021-13", "2021-07"))

        second = take_in(archive, archive.folder / "mended.csv", 3).submission

        assert (first.accepted, first.refused) == (1, 1)
        assert (second.correction_of, second.summary) == (first.id, Summary(added=1))
        at = "2021-07-01T10:00:00+01:00"
        assert archive.rows(REQUESTS) == in_words(
            REQUESTS,
            [
                request("R-1", "ALFA", at, kind="gas"),
                request("R-2", "ALFA", at, kind="gas", tries=3, well="yes"),
            ],
        )

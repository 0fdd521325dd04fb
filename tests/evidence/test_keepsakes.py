import csv
import json

import pyarrow as pa
import pytest

from tallystick.evidence.reading import RowProblem
from tallystick.evidence.receiving import UnableToReceive
from tests.evidence.conftest import (
    CODE,
    JULY,
    REQUESTS,
    Archive,
    origin,
)


class TestSetAside:
    def test_gives_every_one_of_many_refused_rows_back(self, archive: Archive) -> None:
        refused = archive.folder / "scratch" / "back.csv"
        refused.write_text("party,problem\n" + "".join(f"P{n},late\n" for n in range(25_000)))

        receipt = archive.send(REQUESTS, [], "july", refused_rows=25_000, refused=refused)

        folder = archive.store.root / "submissions" / receipt.submission.id
        with (folder / "refused.csv").open(newline="") as file:
            found = list(csv.reader(file))
        assert found == [
            ["party", "problem", "correction_of"],
            *([f"P{n}", "late", receipt.submission.id] for n in range(25_000)),
        ]

    def test_keeps_the_file_as_sent_and_what_its_sender_must_mend(
        self, archive: Archive, problem: RowProblem
    ) -> None:
        refused = archive.folder / "scratch" / "back.csv"
        refused.write_text('party,correction_of,problem\nALFA,E-x,"no, ""never"""\n')

        receipt = archive.send(
            REQUESTS, JULY, "july", held_rows=1, refused_rows=1, refused=refused, problems=(problem,)
        )

        submission = receipt.submission
        folder = archive.store.root / "submissions" / submission.id
        assert (archive.store.root / "received" / submission.sha256).read_text() == "a file called july"
        with (folder / "refused.csv").open(newline="") as file:
            assert list(csv.reader(file)) == [
                ["party", "problem", "correction_of"],
                ["ALFA", 'no, "never"', submission.id],
            ]
        with pa.OSFile(str(folder / "held.arrow")) as file:
            assert pa.ipc.open_file(file).read_all().num_rows == 4
        assert json.loads((folder / "problems.json").read_text()) == [problem.as_json()]

    def test_refuses_a_file_that_changed_since_it_was_read(self, archive: Archive) -> None:
        reading, sent = archive.read(REQUESTS, JULY, "july")
        sent.write_text("something else")

        with pytest.raises(UnableToReceive, match="july changed while it was being taken in"):
            archive.store.receive(reading, REQUESTS, CODE, origin(sent))

        assert not archive.store.snapshot("small").streams()
        assert set(archive.files()) == {"format", "locks/readers", "locks/writer"}

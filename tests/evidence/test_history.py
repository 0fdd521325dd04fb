import datetime as dt

from tallystick.evidence.contents import Contents
from tallystick.evidence.files import Files
from tallystick.evidence.history import History
from tallystick.evidence.layout import Layout
from tallystick.evidence.staging import Staging
from tests.evidence.conftest import JULY, REQUESTS, Archive, request

FIRST = dt.date(2021, 7, 1)


def history(archive: Archive) -> History:
    contents = Contents.in_force(archive.store.root)
    staging = Staging(Files(), archive.store.root / "tmp", archive.store.root)
    submissions = contents.submissions("small", "requests")
    return History("small", Layout.of(REQUESTS), contents.labels("small"), staging, submissions)


class TestHistory:
    def test_orders_what_acts_on_a_day_by_when_it_was_received(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "late", on="2021-08-05")
        archive.send(REQUESTS, [JULY[1]], "early", on="2021-08-03")
        archive.send(REQUESTS, [JULY[2]], "another-day", on="2021-08-04")

        assert [one.file for one in history(archive).acting(FIRST)] == ["early", "late"]

    def test_passes_over_what_came_before_there_were_rows(self, archive: Archive) -> None:
        archive.send(REQUESTS, [], "empty", on="2021-08-02", party="ALFA", period="2021-07")
        archive.send(REQUESTS, [JULY[0]], "first", on="2021-08-03")

        assert [one.file for one in history(archive).acting(FIRST)] == ["first"]
        assert history(archive).acting(dt.date(2021, 7, 9)) == []

    def test_folds_step_by_step_to_what_folding_at_once_gives(self, archive: Archive) -> None:
        for n, party in enumerate(("ALFA", "BRVO", "ALFA", "CHLY")):
            row = request(f"R-{n}", party, f"2021-07-01T1{n}:00Z")
            archive.send(REQUESTS, [row], f"{n}", on=f"2021-08-0{n + 1}")
        past = history(archive)
        current = Contents.in_force(archive.store.root).kept("small", "requests").days[FIRST]

        rows, dropped = past.fold(FIRST, None, past.acting(FIRST))

        assert past.pair_of(FIRST, rows) == current
        assert [len(dropped[one.id]) for one in past.submissions] == [0, 0, 1, 0]

    def test_has_no_pair_of_no_rows(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "a")
        past = history(archive)

        assert past.pair_of(FIRST, past.rows(FIRST, None)) is None

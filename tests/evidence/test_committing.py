import datetime as dt

from tests.evidence.conftest import JULY, REQUESTS, Archive, request, stands


class TestSettle:
    def test_keeps_no_merged_day_that_nobody_needs_any_more(self, archive: Archive) -> None:
        for n in range(4):
            row = request(f"R-{n}", f"P{n}", "2021-07-01T10:00Z")
            archive.send(REQUESTS, [row], f"{n}", on=f"2021-08-0{n + 1}")

        pairs = [name for name in archive.files() if name.endswith(".ids.parquet")]
        assert len(pairs) == 5  # four parts and what stands now

    def test_keeps_what_somebody_still_reads(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "a")
        archive.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")
        reading = archive.store.snapshot("small")
        files = list(reading.days("requests").values())

        archive.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "c", on="2021-08-04")
        assert all(file.main.exists() and file.ids.exists() for file in files)
        assert "pending.json" in archive.files()

        del reading
        archive.send(REQUESTS, [], "d", on="2021-08-05", party="CHLY")
        assert not any(file.main.exists() or file.ids.exists() for file in files)
        assert "pending.json" not in archive.files()

    def test_keeps_what_comes_to_stand_again_while_somebody_reads(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "a")
        archive.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")
        reading = archive.store.snapshot("small")
        day = dt.date(2021, 7, 1)
        digest = reading.days("requests")[day].digest
        archive.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "c", on="2021-08-04")
        archive.send(REQUESTS, [], "d", on="2021-08-05", party="CHLY", period="2021-07")

        del reading
        archive.send(REQUESTS, [], "e", on="2021-08-06", party="DLTA")

        assert archive.store.snapshot("small").days("requests")[day].digest == digest
        assert stands(archive, JULY[:2])

from tallystick.evidence.submissions import Summary
from tests.evidence.conftest import FORECASTS, JULY, METERS, REQUESTS, Archive, in_words, request, stands


class TestEffects:
    def test_replaces_what_the_sender_said_of_the_day_before(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")

        changed = {**JULY[1], "tries": 5}
        receipt = archive.send(
            REQUESTS, [changed, request("R-8", "BRVO", "2021-07-01T09:00Z")], "b", on="2021-08-03"
        )

        assert stands(archive, [JULY[0], changed, request("R-8", "BRVO", "2021-07-01T09:00Z"), *JULY[2:]])
        assert receipt.submission.summary == Summary(added=1, replaced=1)

    def test_counts_what_stood_already_and_what_is_gone(self, archive: Archive) -> None:
        rows = [request(f"R-{n}", "ALFA", "2021-07-01T10:00Z", tries=n) for n in range(5)]
        archive.send(REQUESTS, rows, "a")

        receipt = archive.send(REQUESTS, [*rows[:2], {**rows[2], "tries": 9}], "b", on="2021-08-03")

        assert receipt.submission.summary == Summary(replaced=1, unchanged=2, withdrawn=2)

    def test_puts_a_late_file_in_its_place(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[1]], "later", on="2021-08-05")

        receipt = archive.send(REQUESTS, [{**JULY[1], "tries": 7}], "earlier", on="2021-08-03")

        assert stands(archive, [JULY[1]])
        assert stands(archive, [{**JULY[1], "tries": 7}], known_on="2021-08-04")
        assert receipt.submission.summary == Summary(added=1, overtaken=1)

    def test_replaces_row_by_row_where_the_stream_says_so(self, archive: Archive) -> None:
        meters = [
            {"meter_id": f"M{n}", "from_at": "2021-07-01T00:00Z", "party": "ALFA", "seen_on": "2021-07-02"}
            for n in range(3)
        ]
        archive.send(METERS, meters, "a")

        moved = [{**meters[1], "seen_on": "2021-07-09"}, {**meters[1], "from_at": "2021-07-05T00:00Z"}]
        receipt = archive.send(METERS, moved, "b", on="2021-08-03")

        expected = in_words(METERS, [meters[0], meters[2], *moved])
        assert sorted(archive.rows(METERS), key=str) == sorted(expected, key=str)
        assert receipt.submission.summary == Summary(added=1, replaced=1)
        assert list(archive.store.snapshot("small").days("meters")) == [None]

    def test_replaces_by_columns_where_there_are_no_days(self, archive: Archive) -> None:
        rows = [{"party": party, "month": "2021-07-01", "forecast": 10} for party in ("ALFA", "BRVO")]
        archive.send(FORECASTS, rows, "a")

        archive.send(FORECASTS, [{**rows[1], "forecast": 12}], "b", on="2021-08-03", period="2021-07")

        expected = in_words(FORECASTS, [rows[0], {**rows[1], "forecast": 12}])
        assert sorted(archive.rows(FORECASTS), key=str) == sorted(expected, key=str)

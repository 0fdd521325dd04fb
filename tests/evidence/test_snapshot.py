import datetime as dt

import pytest

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.files import InUse, locked
from tallystick.evidence.submissions import Origin
from tests.evidence.conftest import CODE, JULY, REQUESTS, VISITS, Archive, in_words, request, stands


def known(archive: Archive, day: str | None = None) -> str:
    on = dt.date.fromisoformat(day) if day else None
    return archive.store.snapshot("small", known_on=on, zone=archive.code.zone).id


class TestSnapshot:
    def test_answers_as_known_on_a_day(self, archive: Archive) -> None:
        changed = {**JULY[1], "tries": 5}
        archive.send(REQUESTS, JULY, "a", on="2021-08-02")
        archive.send(REQUESTS, [changed], "b", on="2021-08-04")

        assert stands(archive, [], known_on="2021-08-01")
        assert stands(archive, JULY, known_on="2021-08-03")
        assert stands(archive, [JULY[0], changed, *JULY[2:]], known_on="2021-08-04")

    def test_counts_days_of_receipt_on_the_codes_own_clock(self, archive: Archive) -> None:
        reading, sent = archive.read(REQUESTS, JULY, "a")
        late = dt.datetime(2021, 8, 2, 23, 30, tzinfo=dt.UTC)
        archive.store.receive(reading, REQUESTS, CODE, Origin(sent, late, late))

        assert stands(archive, [], known_on="2021-08-02")
        assert stands(archive, JULY, known_on="2021-08-03")

    def test_has_the_id_it_had_when_the_day_was_today(self, archive: Archive) -> None:
        ids = {}
        for day, party in (("2021-08-02", "CHLY"), ("2021-08-03", "BRVO"), ("2021-08-04", "ALFA")):
            archive.send(REQUESTS, [request(f"R-{party}", party, "2021-07-01T10:00Z")], party, on=day)
            archive.send(REQUESTS, [], f"empty-{party}", on=day, party=party, period="2021-07")
            archive.send(REQUESTS, [request(f"R-{party}", party, "2021-07-01T10:00Z")], party + "2", on=day)
            ids[day] = known(archive)

        assert {day: known(archive, day) for day in ids} == ids
        assert len(set(ids.values())) == 3

    def test_folds_again_only_once_what_was_known(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "a", on="2021-08-02")
        archive.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")
        archive.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "c", on="2021-08-04")

        first = known(archive, "2021-08-03")
        written = {name for name in archive.files() if "known-" in name}
        again = known(archive, "2021-08-03")

        assert len(written) == 2
        assert first == again
        assert {name for name in archive.files() if "known-" in name} == written
        archive.send(VISITS, [], "d")
        assert written <= archive.files().keys()

    def test_takes_a_part_for_what_was_known_where_one_file_filled_the_day(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[0]], "a", on="2021-08-02")
        archive.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")

        assert stands(archive, [JULY[0]], known_on="2021-08-02")
        assert not any("known-" in name for name in archive.files())

    def test_knows_no_label_that_came_later(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[1]], "a", on="2021-08-02")
        archive.send(REQUESTS, [JULY[0]], "b", on="2021-08-03")

        then = archive.store.snapshot("small", known_on=dt.date(2021, 8, 2))

        assert then.labels("party") == ("BRVO",)
        assert archive.store.snapshot("small").labels("party") == ("BRVO", "ALFA")

    def test_lists_submissions_as_they_were_received(self, archive: Archive) -> None:
        for name, day in (("late", "2021-08-05"), ("early", "2021-08-03"), ("middle", "2021-08-04")):
            archive.send(REQUESTS, [request(f"R-{name}", name, "2021-07-01T10:00Z")], name, on=day)
        archive.send(VISITS, [], "other", on="2021-08-01")

        snapshot = archive.store.snapshot("small")

        assert [one.file for one in snapshot.submissions("requests")] == ["early", "middle", "late"]
        assert [one.file for one in snapshot.submissions()] == ["other", "early", "middle", "late"]

    def test_knows_which_days_were_vouched_for(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY[:3], "a", on="2021-08-02")
        archive.send(REQUESTS, [], "b", on="2021-09-03", party="ALFA", period="2021-08")

        then = archive.store.snapshot("small", known_on=dt.date(2021, 8, 2))
        now = archive.store.snapshot("small")

        assert then.covered("requests") == {dt.date(2021, 7, 1), dt.date(2021, 7, 2)}
        assert len(now.covered("requests")) == 2 + 31
        assert now.covered("visits") == frozenset()
        assert not now.received("visits")

    def test_does_not_change_while_more_is_received(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "a", on="2021-08-02")
        snapshot = archive.store.snapshot("small")

        archive.send(REQUESTS, [{**JULY[1], "tries": 5}], "b", on="2021-08-03")

        assert [file.rows for file in snapshot.days("requests").values()] == [2, 1, 1]

    def test_lets_go_of_the_files_when_it_is_let_go(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "a")
        readers = archive.store.root / "locks" / "readers"
        snapshot = archive.store.snapshot("small")
        with pytest.raises(InUse), locked(readers, wait=False):
            pass

        del snapshot

        with locked(readers, wait=False):
            pass

    def test_differs_where_more_was_vouched_for(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "a")
        before = known(archive)

        archive.send(REQUESTS, [], "b", on="2021-08-03", party="CHLY", period="2021-07")

        assert known(archive) != before
        assert stands(archive, JULY)

    def test_tells_that_a_record_is_damaged(self, archive: Archive) -> None:
        receipt = archive.send(REQUESTS, JULY, "a")
        (archive.store.root / "submissions" / f"{receipt.submission.id}.json").write_text("{")

        with pytest.raises(UnableToOpenStore, match=r"\.json is missing or damaged\. Restore the store"):
            archive.store.snapshot("small").submissions()

    def test_of_a_day_all_of_whose_rows_were_withdrawn_has_no_file(self, archive: Archive) -> None:
        archive.send(REQUESTS, [JULY[1]], "a", on="2021-08-02")
        archive.send(REQUESTS, [JULY[0]], "b", on="2021-08-03")
        for n, party in enumerate(("ALFA", "BRVO")):
            archive.send(REQUESTS, [], party, on=f"2021-08-0{4 + n}", party=party, period="2021-07")
        archive.send(REQUESTS, [JULY[0]], "c", on="2021-08-09")

        assert stands(archive, [], known_on="2021-08-05")
        assert archive.rows(REQUESTS) == in_words(REQUESTS, [JULY[0]])

import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tallystick.evidence.submissions import Origin, Submission, Summary, submission_id
from tallystick.rulebook.periods import Span
from tests.evidence.conftest import CODE, JULY, REQUESTS, Archive, origin

AT = dt.datetime(2021, 8, 2, 9, tzinfo=dt.UTC)


class TestOrigin:
    def test_has_times_with_an_offset(self) -> None:
        with pytest.raises(ValueError, match="carry an offset"):
            Origin(Path("a.csv"), AT, AT.replace(tzinfo=None))

    def test_is_called_what_its_sender_called_it(self) -> None:
        assert Origin(Path("in/a.csv"), AT, AT).called == "a.csv"
        assert Origin(Path("in/a.csv"), AT, AT, name="July.csv").called == "July.csv"


class TestSubmission:
    def test_is_read_as_it_was_written(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "a").submission
        second = archive.send(
            REQUESTS, JULY[:1], "b", party="ALFA", period="2021-07", on="2021-08-03"
        ).submission
        third = archive.send(
            REQUESTS, [{**JULY[0], "tries": 8}], "c", party="ALFA", correction_of=second.id, on="2021-08-04"
        ).submission

        for one in (first, second, third):
            assert Submission.from_json(json.loads(json.dumps(one.as_json()))) == one
        assert second.speaks_for == (("ALFA",),)
        assert third.reach == (dt.date(2021, 7, 1),)

    def test_has_a_fingerprint_that_the_clock_does_not_touch(self, archive: Archive) -> None:
        one = archive.send(REQUESTS, JULY, "a").submission

        assert replace(one, taken_in_at=AT).fingerprint() == one.fingerprint()
        assert replace(one, received_at=AT).fingerprint() != one.fingerprint()

    def test_vouches_for_the_days_of_its_period(self, archive: Archive) -> None:
        one = archive.send(REQUESTS, JULY[:1], "a", party="ALFA", period="2021-07").submission

        assert one.vouches_for(dt.date(2021, 7, 17))
        assert not one.vouches_for(dt.date(2021, 8, 1))
        assert one.acts_on(dt.date(2021, 7, 17))


class TestSubmissionId:
    def test_is_another_for_another_file_stream_party_period_or_code(self, archive: Archive) -> None:
        reading, sent = archive.read(REQUESTS, JULY, "a")
        told = origin(sent)

        ids = [
            submission_id(reading, CODE.key, "requests", told),
            submission_id(replace(reading, sha256="0" * 64), CODE.key, "requests", told),
            submission_id(replace(reading, correction_of="E-1"), CODE.key, "requests", told),
            submission_id(reading, "sec", "requests", told),
            submission_id(reading, CODE.key, "visits", told),
            submission_id(reading, CODE.key, "requests", replace(told, party="ALFA")),
            submission_id(reading, CODE.key, "requests", replace(told, period=Span.parse("2021-07"))),
        ]

        assert len(set(ids)) == len(ids)
        assert ids[0] == submission_id(reading, CODE.key, "requests", replace(told, received_at=AT))
        assert all(len(one) == len("E-0123456789") and one.startswith("E-") for one in ids)


class TestSummary:
    def test_adds_up(self) -> None:
        assert Summary(1, 2, 3, 4, 5) + Summary(1, 1, 1, 1, 1) == Summary(2, 3, 4, 5, 6)

    def test_changes_nothing_only_when_all_rows_stood(self) -> None:
        assert Summary(unchanged=3).changes_nothing
        assert not any(
            one.changes_nothing
            for one in (Summary(1), Summary(0, 1), Summary(0, 0, 0, 1), Summary(overtaken=1))
        )

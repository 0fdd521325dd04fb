import datetime as dt

import pytest
from django.test import RequestFactory

from tallystick.journal.models import Reading
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.parties.readings import note, note_class, strictest
from tallystick.parties.request import Request
from tallystick.runs.models import Submission

AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)


@pytest.fixture
def request_(administrator: Acting) -> Request:
    made: Request = RequestFactory().get("/sec/evidence?state=held")  # type: ignore[assignment]  # as middleware makes it
    made.acting = administrator
    return made


def row(classification: str) -> Submission:
    return Submission(code="sec", classification=classification)


class TestNote:
    def test_names_the_one_row_that_was_read(self, request_: Request) -> None:
        read = row("amber")

        note(request_, "submission", [read], AT)

        kept = Reading.objects.get()
        assert (kept.kind, kept.handle, kept.classification) == ("submission", read.handle, "amber")
        assert (kept.actor, kept.capacity) == (request_.acting.actor.handle, "System administrator")

    def test_names_the_address_of_a_list_under_its_strictest_class(self, request_: Request) -> None:
        note(request_, "submission", [row("green"), row("red"), row("amber")], AT)

        kept = Reading.objects.get()
        assert (kept.handle, kept.classification, kept.address) == ("", "red", "/sec/evidence?state=held")

    @pytest.mark.parametrize("rows", [[], ["white"], ["green", "white"]])
    def test_leaves_what_is_open_unnoted(self, request_: Request, rows: list[str]) -> None:
        note(request_, "submission", [row(one) for one in rows], AT)

        assert not Reading.objects.exists()


class TestNoteClass:
    @pytest.mark.parametrize(("classification", "count"), [("green", 0), ("amber", 1), ("red", 1)])
    def test_notes_what_is_confidential(self, request_: Request, classification: str, count: int) -> None:
        note_class(request_, Subject("sec", "run", "H", classification), AT)

        assert Reading.objects.count() == count


class TestStrictest:
    def test_is_the_class_that_fewest_may_read(self) -> None:
        assert strictest([row("green"), row("red"), row("amber")]) == "red"

    def test_of_nothing_is_open(self) -> None:
        assert strictest([]) == "white"

import os
from collections.abc import Iterator

import pytest
from pytest_django import Settings

from tallystick.parties.acting import Acting
from tallystick.runs import uploads
from tallystick.runs.models import Submission
from tests.runs.conftest import NOW

pytestmark = pytest.mark.django_db


class TestKeep:
    def test_writes_the_file_for_its_owner_alone(self, jo: Acting) -> None:
        kept = uploads.keep([b"a,b\n", b"1,2\n"], filename="x.csv", person=jo.person)

        assert kept.path.read_bytes() == b"a,b\n1,2\n"
        assert kept.path.stat().st_mode & 0o077 == 0
        assert (kept.size, len(kept.sha256)) == (8, 64)

    def test_stops_at_the_first_byte_too_many(self, jo: Acting, settings: Settings) -> None:
        settings.UPLOAD_BYTES = 10
        given = []

        def endless() -> Iterator[bytes]:
            while True:
                given.append(1)
                yield b"12345"

        with pytest.raises(uploads.UnableToKeepUpload, match="larger than"):
            uploads.keep(endless(), filename="x.csv", person=jo.person)

        assert len(given) == 3
        assert list((settings.HOME / "uploads").iterdir()) == []

    def test_bounds_what_one_person_has_waiting(self, jo: Acting, sam: Acting, settings: Settings) -> None:
        settings.UPLOADS_OF_ONE = 10
        Submission(
            code="sec", stream="x", received_at=NOW, person=jo.person, state=Submission.PREVIEWED, size=8
        ).save()

        with pytest.raises(uploads.UnableToKeepUpload, match="wait to be taken in"):
            uploads.keep([b"123"], filename="x.csv", person=jo.person)

        assert uploads.keep([b"123"], filename="x.csv", person=sam.person).size == 3


class TestSweep:
    def test_removes_only_what_nobody_decides_on_any_more(self, jo: Acting) -> None:
        old, young, needed = (
            uploads.keep([b"x"], filename="x", person=jo.person) for _ in ("old", "young", "needed")
        )
        Submission(
            handle=needed.handle, code="sec", stream="x", received_at=NOW, state=Submission.PREVIEWED
        ).save()
        for one in (old, needed):
            os.utime(one.path, (1000, 1000))

        removed = uploads.sweep(older_than=2000)

        assert (removed, old.path.exists()) == (1, False)
        assert young.path.exists()
        assert needed.path.exists()

    def test_has_nothing_to_do_before_the_first_upload(self) -> None:
        assert uploads.sweep(older_than=2000) == 0


class TestPathOf:
    @pytest.mark.parametrize("handle", ["", "../../etc/passwd", "a" * 20, "0" * 21])
    def test_names_nothing_outside(self, handle: str) -> None:
        with pytest.raises(ValueError, match="twenty letters"):
            uploads.path_of(handle)


class TestCleaned:
    @pytest.mark.parametrize(
        ("sent", "shown"),
        [
            ("../../etc/passwd", "passwd"),
            ("C:\\files\\july.csv", "july.csv"),
            ("evil\u202etxt.exe\x00", "eviltxt.exe"),
            ("", "unnamed"),
            ("x" * 500, "x" * 120),
        ],
    )
    def test_is_the_last_part_without_what_cannot_be_seen(self, sent: str, shown: str) -> None:
        assert uploads.cleaned(sent) == shown

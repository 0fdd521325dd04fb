import os
from pathlib import Path

import pytest

from tallystick.evidence.limits import Limits
from tallystick.evidence.preflight import preflight
from tallystick.evidence.refusals import UnableToRead
from tests.evidence.desk import GOOD, csv_of, packed


class TestPreflight:
    @pytest.mark.parametrize(
        ("content", "name"), [(csv_of(GOOD), "a.csv"), (packed(csv_of(GOOD)), "a.csv.gz")]
    )
    def test_tells_the_format(self, content: bytes, name: str, tmp_path: Path) -> None:
        file = tmp_path / "received"
        file.write_bytes(content)

        with file.open("rb") as opened:
            assert preflight(opened, name, Limits()) == name[2:]

    def test_refuses_what_is_no_file(self) -> None:
        read, write = os.pipe()

        with (
            os.fdopen(read, "rb", buffering=0) as opened,
            os.fdopen(write, "wb"),
            pytest.raises(UnableToRead, match="This is not a file"),
        ):
            preflight(opened, "a.csv", Limits())

    def test_refuses_a_file_that_is_too_large_before_reading_it(self, tmp_path: Path) -> None:
        file = tmp_path / "received"
        with file.open("wb") as made:
            made.truncate(3 * 1024**3)

        with (
            file.open("rb") as opened,
            pytest.raises(UnableToRead, match="has 3,221 MB; the limit is 2,147 MB"),
        ):
            preflight(opened, "a.csv", Limits())

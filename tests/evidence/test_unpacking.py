import gzip
import io

import pytest

from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.unpacking import content


class TestContent:
    def test_of_gzip_is_what_it_holds(self) -> None:
        held = bytes(range(256)) * 20_000
        unpacked = content(io.BytesIO(gzip.compress(held) + gzip.compress(b"end")), packed=True, most=10**7)

        assert b"".join(iter(lambda: unpacked.read(100_000), b"")) == held + b"end"

    def test_of_a_plain_file_is_the_file(self) -> None:
        file = io.BytesIO(b"x")

        assert content(file, packed=False, most=0) is file

    def test_stops_at_the_cap(self) -> None:
        unpacked = content(io.BytesIO(gzip.compress(bytes(1_000_001))), packed=True, most=1_000_000)

        with pytest.raises(UnableToRead, match="unpacks to more than 1 MB"):
            b"".join(iter(lambda: unpacked.read(1 << 16), b""))

import io

import pytest

from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.xml_text import DoctypeWatch, WatchedXml


class TestDoctypeWatch:
    def test_sees_what_is_split_between_pieces(self) -> None:
        watch = DoctypeWatch()
        watch.look(b"<?xml version='1.0'?><!DOC")

        with pytest.raises(UnableToRead, match="contains a DTD"):
            watch.look(b"TYPE x>")

    @pytest.mark.parametrize(
        "start", ["<?xml version='1.0' encoding='UTF-16'?>", '<?xml encoding="ebcdic-cp-us" ?>']
    )
    def test_refuses_encodings_that_hide_it(self, start: str) -> None:
        with pytest.raises(UnableToRead, match="is XML that is not UTF-8"):
            DoctypeWatch().look(start.encode())


class TestWatchedXml:
    def test_passes_on_what_it_saw(self) -> None:
        assert WatchedXml(io.BytesIO(b"<log/>")).read(100) == b"<log/>"

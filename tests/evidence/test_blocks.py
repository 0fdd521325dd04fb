from dataclasses import asdict
from typing import get_type_hints

from tallystick.evidence.blocks import UNKNOWN, Source, Traits
from tallystick.evidence.csv_rows import CsvSource
from tallystick.evidence.event_logs import LogSource
from tallystick.evidence.xlsx_rows import XlsxSource


class TestTraits:
    def test_are_all_feared_where_nothing_is_known(self) -> None:
        assert asdict(UNKNOWN) == dict.fromkeys(get_type_hints(Traits), True)


class TestSource:
    def test_is_what_every_kind_of_file_opens_as(self) -> None:
        asked = {name for name in vars(Source) if not name.startswith("_")} - {"header"}

        assert all(hasattr(kind, name) for kind in (CsvSource, LogSource, XlsxSource) for name in asked)

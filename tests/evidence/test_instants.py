import datetime as dt
from zoneinfo import ZoneInfo

import pyarrow as pa
from hypothesis import given
from hypothesis import strategies as st

from tallystick.evidence.cells import instant, judged
from tallystick.evidence.civil_time import CivilTime
from tallystick.evidence.instants import days, instants
from tallystick.evidence.plan import ColumnPlan

CIVIL = CivilTime(ZoneInfo("Europe/London"))
DUE = ColumnPlan("due_on", "day")
offsets = st.sampled_from(["", "Z", "+00:00", "+01:00", "-05:30", "+14:00", "+14:30", "+0100", "x"])
moments = st.datetimes(dt.datetime(1890, 1, 1), dt.datetime(2110, 1, 1))  # noqa: DTZ001  wall clock


@st.composite
def written(draw: st.DrawFn) -> str:
    """Return a time as somebody may write it, rightly or nearly so."""
    moment = draw(moments)
    text = moment.strftime(
        draw(st.sampled_from(["%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M:%S", "%Y-%m-%dT%H:%M"]))
    )
    digits = draw(st.integers(0, 7))
    fraction = f".{moment.microsecond:06}0"[: digits + 1] if digits else ""
    text = text.zfill(len("2021-07-01T09:30:00")) + fraction + draw(offsets)
    if draw(st.booleans()):
        return text
    place = draw(st.integers(0, len(text) - 1))
    return text[:place] + draw(st.sampled_from("0279-:. ")) + text[place + 1 :]


class TestInstants:
    @given(st.lists(st.one_of(st.none(), written()), max_size=30))
    def test_are_what_each_cell_alone_says(self, cells: list[str | None]) -> None:
        times = instants(pa.array(cells, pa.string()), CIVIL)

        for place, cell in enumerate(cells):
            alone = instant(cell or "", CIVIL)
            if times.done[place]:
                assert alone.state == (
                    "refused" if times.missing[place] else "held" if times.repeated[place] else ""
                )
                assert times.missing[place] or alone.value == times.values[place]

    def test_of_the_usual_forms_are_read_here(self) -> None:
        cells = ["2021-07-01T09:30:00Z", None, "2021-07-01T10:30:00", "2021-07-01T10:30:00.25+01:00"]

        times = instants(pa.array(cells), CIVIL)

        assert times.done.tolist() == [True, False, True, True]
        assert (times.values[[0, 2, 3]] - times.values[0]).tolist() == [0, 0, 250_000]

    def test_of_a_slice_are_those_of_the_slice(self) -> None:
        cells = pa.array(["2021-07-01T09:30:00Z", "2021-07-01T09:30:01Z", "2021-07-01T09:30:02Z"])

        assert instants(cells.slice(2), CIVIL).values[0] - instants(cells, CIVIL).values[0] == 2_000_000


class TestDays:
    @given(st.lists(st.from_regex(r"(19|20|21)[0-9]{2}-[01][0-9]-[0-3][0-9]x?", fullmatch=True), max_size=40))
    def test_are_what_each_cell_alone_says(self, cells: list[str]) -> None:
        found = days(pa.array(cells, pa.string()))

        for place, cell in enumerate(cells):
            alone = judged(cell, DUE, CIVIL)
            assert bool(found.done[place]) == (alone.state == "")
            assert not found.done[place] or found.values[place] == alone.value

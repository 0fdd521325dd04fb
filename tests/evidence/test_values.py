import numpy as np
import pyarrow as pa

from tallystick.evidence.layout import INSTANT, Layout
from tallystick.evidence.values import base, instants, whole
from tests.evidence.conftest import METERS, REQUESTS, VISITS

DAY = 86_400_000_000


class TestWhole:
    def test_gives_numbers_and_where_there_is_none(self) -> None:
        values, absent = whole(pa.chunked_array([[5, None], [7]], pa.int64()))

        assert absent is not None
        assert absent.tolist() == [False, True, False]
        assert values[~absent].tolist() == [5, 7]
        assert values[1] == 5  # within the range of the rest

    def test_gives_days_and_instants_as_numbers(self) -> None:
        assert whole(pa.chunked_array([[3]], pa.date32()))[0].tolist() == [3]
        assert whole(pa.chunked_array([[3]], INSTANT))[0].tolist() == [3]

    def test_of_nothing_but_empty_cells_is_nought(self) -> None:
        values, absent = whole(pa.chunked_array([[None, None]], pa.int64()))

        assert absent is not None
        assert values.tolist() == [0, 0]
        assert absent.all()


class TestBase:
    def test_is_the_partition_instant_the_days_midnight_or_1970(self) -> None:
        at = pa.table({"asked_at": pa.array([7], INSTANT)})
        on = pa.table({"on_day": pa.array([2], pa.date32())})

        assert base(at, Layout.of(REQUESTS)).tolist() == [7]
        assert base(on, Layout.of(VISITS)).tolist() == [2 * DAY]
        assert base(at, Layout.of(METERS)).tolist() == [0]


class TestInstants:
    def test_undo_the_counting_from_the_base(self) -> None:
        rows = pa.table(
            {"asked_at": pa.array([7, 8], INSTANT), "answered_at": pa.array([5, None], pa.int64())}
        )

        asked, _ = instants(rows, Layout.of(REQUESTS), "asked_at")
        answered, absent = instants(rows, Layout.of(REQUESTS), "answered_at")

        assert asked.tolist() == [7, 8]
        assert answered[0] == 12
        assert absent is not None
        assert np.flatnonzero(absent).tolist() == [1]

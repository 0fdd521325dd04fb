"""All who answer the same question find the same, group by group; so what is timed is the same work."""

from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pytest

from bench import frames, handwritten, layout, ours
from bench.limits import limits

LABELS = ["region", "party", "srv"]
FIRST_DAY = 18_779  # 2021-06-01, in days since 1970
Groups = dict[tuple[Any, ...], tuple[int, int, int]]


def in_words(table: pa.Table, folder: Path) -> pa.Table:
    """Return the table with words for codes."""
    for name in LABELS:
        words = list(handwritten.words(folder / "store", name))
        said = [None if code is None else words[code] for code in table[name].to_pylist()]
        table = table.set_column(table.column_names.index(name), name, pa.array(said))
    return table


def groups(table: pa.Table, sums: tuple[str, str, str]) -> Groups:
    rows = table.to_pylist()
    return {
        (row["day"], *(row[name] for name in LABELS)): (row[sums[0]], row[sums[1]], row[sums[2]])
        for row in rows
    }


def of_ours(folder: Path) -> Groups:
    table = in_words(ours.Ours(folder / "store").measured("ANSWERED"), folder)
    days = pa.array(table["day"].cast(pa.int32()).to_numpy() - FIRST_DAY)
    numbered = table.set_column(table.column_names.index("day"), "day", days)
    return groups(numbered, ("numerator", "denominator", "held"))


def of_pandas(grouped: Any, day: Any) -> Groups:
    table = grouped.reset_index()
    rows = table[["day", *LABELS, *frames.SUMS]].itertuples(index=False)
    return {(day(one[0]), *map(str, one[1:4])): (int(one[4]), int(one[5]), int(one[6])) for one in rows}


@pytest.fixture(scope="module")
def expected(small: Path) -> Groups:
    return of_ours(small)


class TestFinestGrain:
    def test_counts_every_row_once(self, expected: Groups) -> None:
        assert sum(whole + held for _, whole, held in expected.values()) == 3_000

    def test_is_the_same_in_pandas(self, small: Path, expected: Groups) -> None:
        most = pd.DataFrame(limits(), columns=["srv", "mode", "most"])

        grouped = frames.pandas_finest(small, most)

        assert of_pandas(grouped, lambda day: day.date().toordinal() - 737_942) == expected

    def test_is_the_same_in_tuned_pandas(self, small: Path, expected: Groups) -> None:
        most = pd.Series({(kind, mode): limit for kind, mode, limit in limits()}, dtype="float64")

        grouped = frames.tuned_pandas_finest(small, most)

        assert of_pandas(grouped, lambda day: day - FIRST_DAY) == expected

    def test_is_the_same_in_polars(self, small: Path, expected: Groups) -> None:
        grouped = frames.polars_finest(small, frames.polars_limits()).to_arrow()

        days = pa.array(grouped["day"].to_numpy() - FIRST_DAY)
        assert groups(grouped.set_column(0, "day", days), ("numerator", "denominator", "held")) == expected


class TestTwelveGrains:
    def test_add_up_to_the_same_by_hand_from_stored_and_from_received_files(self, small: Path) -> None:
        found = ours.grains(small)()

        assert handwritten.stored_grains(small)() == found
        assert handwritten.received_grains(small)() == found

    def test_add_up_to_the_whole_at_each(self, small: Path) -> None:
        tables = ours.twelve(ours.Ours(small / "store").measured("ANSWERED"))

        assert len(tables) == 12
        assert {sum(one["denominator"].to_pylist()) for one in tables.values()} == {
            sum(tables[()]["denominator"].to_pylist())
        }


class TestScan:
    def test_reads_every_row(self, small: Path) -> None:
        assert handwritten.stored_scan(small)() == {"rows": 3_000}


class TestBytesARow:
    def test_are_less_for_the_columns_that_measures_read(self, small: Path) -> None:
        sizes = layout.bytes_a_row(small)

        assert 0 < sizes["read"] < sizes["main"] < sizes["stored"]

from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from tallystick.evidence.coding import Vocabulary, coded, encoded_schema, learned
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.ordering import arranged
from tallystick.evidence.pairs import Pair, Place, packed, read_pair
from tests.evidence.conftest import CODE, JULY, REQUESTS, typed

LAYOUT = Layout.of(REQUESTS)


def rows(submission: str = "E-1") -> pa.Table:
    table, vocabulary = typed(REQUESTS, JULY), Vocabulary(LAYOUT)
    batches = [vocabulary.encode(batch) for batch in table.to_batches()]
    encoded = pa.Table.from_batches(batches, encoded_schema(LAYOUT))
    labels = learned([table], LAYOUT, Labels())
    return arranged(coded(encoded, LAYOUT, CODE.zone, vocabulary.codes(labels), submission), LAYOUT)


class TestPacked:
    def test_is_read_as_it_was_written(self, tmp_path: Path) -> None:
        pair = packed(rows(), LAYOUT)
        place = Place.within(tmp_path, pair.known.digest)
        place.main.write_bytes(pair.main)
        place.beside.write_bytes(pair.beside)

        read = read_pair(place, LAYOUT)

        assert read.select(rows().column_names).to_pylist() == rows().to_pylist()
        assert pair.known.rows == 4

    def test_has_the_name_of_its_bytes(self) -> None:
        one, again, other = packed(rows(), LAYOUT), packed(rows(), LAYOUT), packed(rows("E-2"), LAYOUT)

        assert one.known == again.known
        assert bytes(one.main) == bytes(other.main)
        assert one.known.digest != other.known.digest

    def test_takes_a_name_it_is_given(self) -> None:
        assert packed(rows(), LAYOUT, "known").known.digest == "known"

    def test_keeps_numbers_as_differences_and_codes_in_a_dictionary(self) -> None:
        group = pq.ParquetFile(pa.BufferReader(packed(rows(), LAYOUT).main)).metadata.row_group(0)
        found = {group.column(n).path_in_schema: group.column(n) for n in range(group.num_columns)}

        assert "DELTA_BINARY_PACKED" in found["answered_at"].encodings
        assert "RLE_DICTIONARY" in found["party"].encodings
        assert {one.compression for one in found.values()} == {"ZSTD"}
        assert all(one.is_stats_set for one in found.values())


class TestPair:
    def test_is_read_as_it_was_noted(self) -> None:
        pair = Pair("0123456789abcdef", 3, "a" * 64, "b" * 64)

        assert Pair.from_json(pair.as_json()) == pair

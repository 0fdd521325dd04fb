import datetime as dt

import pyarrow as pa

from tallystick.evidence.folding import NOTHING
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tallystick.evidence.scope import as_table, in_words
from tests.evidence.conftest import REQUESTS

LAYOUT = Layout.of(REQUESTS)
LABELS = Labels({"party": ("BRVO", "ALFA")})
NAMES = ("request_id", "party", "tries", "due_on")
SPOKEN = pa.table(
    {
        "request_id": pa.array(["R-1", None], pa.string()),
        "party": pa.array([1, NOTHING], pa.int64()),
        "tries": pa.array([1, NOTHING], pa.int64()),
        "due_on": pa.array([(dt.date(2021, 7, 1) - dt.date(1970, 1, 1)).days, NOTHING], pa.int64()),
    }
)


class TestInWords:
    def test_gives_labels_as_words_and_leaves_other_numbers(self) -> None:
        assert in_words(SPOKEN, LAYOUT, LABELS) == (("R-1", "ALFA", 1, 18809), (None, None, None, None))


class TestAsTable:
    def test_undoes_it(self) -> None:
        assert as_table(NAMES, in_words(SPOKEN, LAYOUT, LABELS), LAYOUT, LABELS).equals(SPOKEN)

    def test_takes_a_word_no_row_has_for_none_of_the_codes(self) -> None:
        found = as_table(("party",), [("CHLY",)], LAYOUT, LABELS)["party"].to_pylist()

        assert found[0] not in (0, 1, NOTHING)

    def test_of_nothing_has_the_columns(self) -> None:
        assert as_table(NAMES, (), LAYOUT, LABELS).schema.equals(SPOKEN.schema)

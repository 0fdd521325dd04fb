import datetime as dt

import pyarrow as pa

from tallystick.evidence.coding import code_rows, learned
from tallystick.evidence.labels import Labels
from tallystick.evidence.layout import Layout
from tests.evidence.conftest import CODE, METERS, REQUESTS, VISITS, request, typed

SECOND = 1_000_000
ROWS = [
    request("R-2", "BRVO", "2021-07-01T10:00:00+01:00", kind="gas", answered_at="2021-07-01T10:00:30+01:00"),
    request("R-1", "BRVO", "2021-07-01T10:00:00+01:00", kind="gas", due_on="2021-07-05", tries=3, well="yes"),
    request("R-9", "ALFA", "2021-07-01T09:00:00+01:00", answered_at="2021-07-02T00:00:00+01:00"),
    request("R-5", "ALFA", "2021-07-01T08:00:00+01:00", kind="air"),
]


def coded(rows: list[dict[str, object]] | None = None) -> tuple[pa.Table, pa.Table]:
    table = typed(REQUESTS, ROWS if rows is None else rows)
    labels = learned([table], Layout.of(REQUESTS), Labels({"kind": ("gas",)}))
    return code_rows(table, REQUESTS, CODE, labels, submission="E-1")


class TestCodeRows:
    def test_sorts_by_the_streams_columns_then_time_then_key(self) -> None:
        _, beside = coded()

        assert beside["request_id"].to_pylist() == ["R-9", "R-1", "R-2", "R-5"]

    def test_gives_labels_the_codes_they_have_and_none_to_an_empty_cell(self) -> None:
        main, _ = coded()

        assert main["kind"].to_pylist() == [None, 0, 0, 1]
        assert main["party"].to_pylist() == [0, 1, 1, 0]
        assert main["well"].to_pylist() == [None, 0, None, None]

    def test_counts_instants_from_the_partition_instant_and_says_their_civil_day(self) -> None:
        main, beside = coded()

        assert main["answered_at"].to_pylist() == [15 * 3600 * SECOND, None, 30 * SECOND, None]
        assert main["answered_at__day"].to_pylist() == [dt.date(2021, 7, 2), None, dt.date(2021, 7, 1), None]
        assert "asked_at" not in main.column_names
        assert beside["asked_at"].to_pylist()[0] == dt.datetime(2021, 7, 1, 8, tzinfo=dt.UTC)

    def test_keeps_counts_and_days_as_they_are(self) -> None:
        main, _ = coded()

        assert main["tries"].to_pylist() == [None, 3, None, None]
        assert main["due_on"].to_pylist() == main["due_on__day"].to_pylist()
        assert main["due_on"].to_pylist()[1] == dt.date(2021, 7, 5)

    def test_numbers_both_tables_alike_and_says_where_each_row_came_from(self) -> None:
        main, beside = coded()

        assert main["row"].to_pylist() == beside["row"].to_pylist() == [0, 1, 2, 3]
        assert beside["_submission"].to_pylist() == ["E-1"] * 4
        assert beside["_row"].to_pylist() == [4, 3, 2, 5]

    def test_counts_from_the_days_midnight_where_the_partition_is_a_day(self) -> None:
        table = typed(
            VISITS,
            [
                {
                    "visit_id": "V",
                    "party": "ALFA",
                    "area": "N",
                    "on_day": "2021-07-01",
                    "left_at": "2021-07-01T09:00Z",
                }
            ],
        )

        main, beside = code_rows(table, VISITS, CODE, learned([table], Layout.of(VISITS), Labels()))

        assert main["left_at"].to_pylist() == [9 * 3600 * SECOND]
        assert main["on_day"].to_pylist() == main["on_day__day"].to_pylist() == [dt.date(2021, 7, 1)]
        assert beside.column_names == ["row", "visit_id", "on_day__day", "_submission", "_row"]

    def test_counts_from_1970_where_there_is_no_partition(self) -> None:
        row = {"meter_id": "M", "from_at": "1970-01-02T00:00Z", "party": "ALFA", "seen_on": "2021-07-01"}
        table = typed(METERS, [row])

        main, beside = code_rows(table, METERS, CODE, learned([table], Layout.of(METERS), Labels()))

        assert main["from_at"].to_pylist() == [86_400 * SECOND]
        assert beside.column_names == ["row", "meter_id", "_submission", "_row"]

    def test_of_no_rows_gives_the_columns_alone(self) -> None:
        main, beside = coded([])

        assert (main.num_rows, beside.num_rows) == (0, 0)
        assert main.schema.equals(Layout.of(REQUESTS).main())
        assert beside.schema.equals(Layout.of(REQUESTS).beside())


class TestLearned:
    def test_hears_every_labelled_column_of_every_table(self) -> None:
        tables = [typed(REQUESTS, ROWS[:2]), typed(REQUESTS, ROWS[2:])]

        labels = learned(tables, Layout.of(REQUESTS), Labels())

        assert labels.words == {"party": ("ALFA", "BRVO"), "kind": ("air", "gas"), "well": ("yes",)}

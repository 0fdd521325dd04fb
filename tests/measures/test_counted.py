import ibis
import pyarrow as pa

from tallystick.measures import counted
from tests.measures.conftest import MakeSource

ALERT = {"provider": "CSPN", "party": "ALFA", "kind": "power_outage", "raised_at": "2021-07-01T10:00:00Z"}


class TestAtoms:
    def test_give_nought_and_never_nothing_where_a_condition_is_unknown(
        self, make_source: MakeSource
    ) -> None:
        rows = make_source("alerts", [{**ALERT, "alert_id": "1", "hubs": None}])

        table = counted.atoms(
            rows, "raised_at", numerator=rows.table.hubs > 3, denominator=ibis.literal(True)
        )

        (row,) = table.to_pyarrow().to_pylist()
        assert (row["numerator__"], row["denominator__"]) == (0, 1)


class TestCollected:
    def test_adds_up_to_whole_numbers_even_where_every_value_is_absent(self, make_source: MakeSource) -> None:
        rows = make_source(
            "alerts", [{**ALERT, "alert_id": str(number), "hubs": None} for number in range(3)]
        )
        atoms = counted.atoms(
            rows, "raised_at", numerator=rows.table.hubs > 3, denominator=ibis.literal(True)
        )

        table = counted.collected(atoms, "raised_at__day", ("party",))

        assert table["numerator"].to_pylist() == [0]
        assert table["denominator"].to_pylist() == [3]
        assert table.schema.field("numerator").type == pa.int64()


class TestFailing:
    def test_is_what_counts_and_not_in_full(self, make_source: MakeSource) -> None:
        rows = make_source("alerts", [{**ALERT, "alert_id": str(hubs), "hubs": hubs} for hubs in (1, 5)])
        atoms = counted.atoms(
            rows, "raised_at", numerator=rows.table.hubs > 3, denominator=ibis.literal(True)
        )

        failed = atoms.filter(counted.failing(atoms)).to_pyarrow()

        assert failed["alert_id"].to_pylist() == ["1"]


class TestEmpty:
    def test_has_the_shape_of_sums(self, make_source: MakeSource) -> None:
        rows = make_source("alerts", [{**ALERT, "alert_id": "1"}])
        atoms = counted.atoms(rows, "raised_at", numerator=ibis.literal(True), denominator=ibis.literal(True))
        table = counted.collected(atoms, "raised_at__day", ("party",))

        assert counted.empty(("party",)).schema.equals(table.schema)

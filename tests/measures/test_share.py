from typing import Any

from tallystick.measures.share import share
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource


def delivery(**cells: Any) -> dict[str, Any]:
    return {
        "order_id": "O1",
        "region": "north",
        "due_on": "2021-07-05",
        "delivered_on": "2021-07-05",
        "quantity": 10,
        "rejected": 0,
        **cells,
    }


def counts(table: Any) -> tuple[int, int, int]:
    rows = table.to_pyarrow().to_pylist()
    return tuple(sum(row[f"{name}__"] for row in rows) for name in ("numerator", "denominator", "held"))


class TestShare:
    def test_adds_quantities_less_what_was_rejected(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = make_source("hub_deliveries", [delivery(), delivery(order_id="O2", quantity=30, rejected=3)])

        assert counts(share(rows, sec.measures["CSPN-CH1.1"])) == (37, 40, 0)

    def test_counts_rows_that_meet_the_condition(self, sec: Rulebook, make_source: MakeSource) -> None:
        install = {"party": "ALFA", "region": "central", "area": "AB1", "variant": "mesh", "hub_id": "H"}
        at = "2021-07-05T12:00:00+01:00"
        rows = make_source(
            "hub_installs",
            [
                {
                    **install,
                    "install_id": "1",
                    "installed_at": at,
                    "outcome": "install_success",
                    "connected_at": at,
                },
                {**install, "install_id": "2", "installed_at": at, "outcome": "no_sm_wan"},
                {**install, "install_id": "3", "installed_at": at, "outcome": "abandoned"},
            ],
        )

        assert counts(share(rows, sec.measures["CSPC-PM1.1"])) == (1, 2, 0)

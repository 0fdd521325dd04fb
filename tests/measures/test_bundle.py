from pathlib import Path
from typing import Any

import pytest

from tallystick.measures import bundle
from tallystick.measures.evaluate import _of_rows
from tallystick.measures.known import Known
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.world import World


def alert(number: int, provider: str, kind: str, hubs: int | str = "", party: str = "ALFA") -> dict[str, Any]:
    at = f"2021-07-01T10:00:{number:02}Z"
    named = {"alert_id": f"A{number}", "provider": provider, "kind": kind, "party": party, "hubs": hubs}
    return {**named, "raised_at": at, "delivered_at": at}


@pytest.fixture
def known(sec: Rulebook, tmp_path: Path) -> Known:
    world = World(sec, tmp_path)
    rows = [
        alert(1, "CSPN", "device"),
        alert(2, "CSPC", "dcc", party="BRVO"),
        alert(3, "CSPN", "power_outage", 50),
        alert(4, "CSPN", "power_outage", 51, party="BRVO"),
        alert(5, "CSPN", "power_outage"),
    ]
    world.send("alerts", rows, "2021-07-05")
    return world.known("2021-07-20")


def sums(known: Known, *keys: str) -> dict[str, list[dict[str, Any]]]:
    measures = [known.rulebook.measures[key] for key in keys]
    tables = bundle.sums(known, measures, None, lambda rows, one: _of_rows(known, rows, one), placed=False)
    return {key: sorted(table.to_pylist(), key=str) for key, table in tables.items()}


class TestSums:
    def test_choose_the_labels_of_each_measure(self, known: Known) -> None:
        found = sums(known, "CSPN-ALERTS", "CSPC-ALERTS", "CSPS-ALERTS")

        parties = known.snapshot.labels("party")
        told = {
            key: [(parties[row["party"]], row["denominator"]) for row in rows] for key, rows in found.items()
        }
        assert told == {"CSPN-ALERTS": [("ALFA", 1)], "CSPC-ALERTS": [("BRVO", 1)], "CSPS-ALERTS": []}

    def test_have_no_group_in_which_no_row_meets_a_bound(self, known: Known) -> None:
        found = sums(known, "CSPN-PM12.1", "CSPN-PM12.2", "CSPN-ALERTS")

        parties = known.snapshot.labels("party")
        told = {
            key: [(parties[row["party"]], row["denominator"]) for row in rows] for key, rows in found.items()
        }
        assert told == {
            "CSPN-PM12.1": [("ALFA", 1)],
            "CSPN-PM12.2": [("BRVO", 1)],
            "CSPN-ALERTS": [("ALFA", 1)],
        }

    def test_take_rules_that_differ_in_labels_alone_for_one(self, known: Known) -> None:
        keys = ("CSPN-ALERTS", "CSPC-ALERTS", "CSPN-PM12.1", "CSPN-PM12.2")

        taken = bundle._taken(known.source("alerts"), [known.rulebook.measures[key] for key in keys])

        assert [one.core.number for one in taken] == [0, 0, 1, 2]

from typing import Any

import ibis
import pytest

from tallystick.measures.source import marked, recoded
from tallystick.rulebook.measures import AtLeastAtMost
from tests.measures.conftest import MakeSource

ALERT = {"provider": "CSPN", "party": "ALFA", "kind": "power_outage", "raised_at": "2021-07-01T10:00:00Z"}


def alerts(make_source: MakeSource) -> Any:
    rows = [{**ALERT, "alert_id": str(hubs), "hubs": hubs} for hubs in (None, 49, 50, 51)]
    return make_source("alerts", rows)


class TestMeets:
    @pytest.mark.parametrize(
        ("bounds", "expected"),
        [
            (AtLeastAtMost(at_most=50), {"49", "50"}),
            (AtLeastAtMost(at_least=51), {"51"}),
            (AtLeastAtMost(at_least=50, at_most=50), {"50"}),
        ],
    )
    def test_takes_both_ends_of_a_bound_and_no_absent_count(
        self, make_source: MakeSource, bounds: AtLeastAtMost, expected: set[str]
    ) -> None:
        source = alerts(make_source)

        kept = source.table.filter(source.meets({"hubs": bounds})).to_pyarrow()

        assert set(kept["alert_id"].to_pylist()) == expected

    def test_meets_no_label_that_nobody_ever_sent(self, make_source: MakeSource) -> None:
        source = alerts(make_source)

        assert source.table.filter(source.meets({"party": ("ZZZZ",)})).count().to_pyarrow().as_py() == 0


class TestInstant:
    def test_is_the_same_whatever_the_row_is_counted_from(self, make_source: MakeSource) -> None:
        at = "2021-07-01T10:00:00.000001Z"
        divided = make_source("alerts", [{**ALERT, "alert_id": "1", "raised_at": at, "delivered_at": at}])
        whole = make_source(
            "incidents", [{"incident_id": "1", "category": "1", "responsible": "DCC", "raised_at": at}]
        )

        found = {
            one.table.select(at=one.instant(name)).to_pyarrow()["at"][0].as_py()
            for one, name in ((divided, "raised_at"), (divided, "delivered_at"), (whole, "raised_at"))
        }

        assert found == {1_625_133_600_000_001}


class TestMarked:
    def test_marks_rows_by_their_place_and_leaves_the_others(self, make_source: MakeSource) -> None:
        source = alerts(make_source)
        marks = source.table.filter(source.table.alert_id == "50").select(*source.place).mutate(seen=True)

        rows = marked(source.table, marks, source.place).to_pyarrow().to_pylist()

        assert {row["alert_id"]: row["seen"] for row in rows} == {
            "None": None,
            "49": None,
            "50": True,
            "51": None,
        }


class TestRecoded:
    def test_lets_columns_of_different_names_be_compared(self, make_source: MakeSource) -> None:
        install = {"install_id": "1", "hub_id": "H", "party": "ALFA", "region": "north", "area": "A"}
        at = {"installed_at": "2021-07-01T10:00:00Z", "outcome": "install_success"}
        mine = make_source("hub_installs", [{**install, **at, "variant": "MESH"}])
        area = {"area": "A", "from_on": "2021-01-01", "region": "north", "covered": "yes"}
        theirs = make_source("coverage", [{**area, "required_variant": "MESH"}])

        code = theirs.table.select(code=recoded(theirs, "required_variant", mine, "variant"))

        assert code.to_pyarrow()["code"].to_pylist() == mine.table.to_pyarrow()["variant"].to_pylist()

    def test_is_null_for_a_label_that_mine_never_carried(self, make_source: MakeSource) -> None:
        area = {"area": "A", "from_on": "2021-01-01", "region": "north", "covered": "yes"}
        theirs = make_source("coverage", [{**area, "required_variant": "ODD"}])
        mine = make_source("hub_installs", [])

        table = theirs.table.select(
            code=ibis.coalesce(recoded(theirs, "required_variant", mine, "variant"), -1)
        )

        assert table.to_pyarrow()["code"].to_pylist() == [-1]

from typing import Any

import pytest

from tallystick.measures.matches import matches
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource


def install(**cells: Any) -> dict[str, Any]:
    return {
        "install_id": "I1",
        "hub_id": "H1",
        "party": "ALFA",
        "region": "north",
        "area": "AB1",
        "variant": "mesh",
        "installed_at": "2021-07-05T12:00:00+01:00",
        "outcome": "install_success",
        **cells,
    }


def covered(**cells: Any) -> dict[str, Any]:
    return {
        "area": "AB1",
        "from_on": "2021-01-01",
        "region": "north",
        "required_variant": "mesh",
        "covered": "yes",
        **cells,
    }


def counts(table: Any) -> tuple[int, int, int]:
    rows = table.to_pyarrow().to_pylist()
    return tuple(sum(row[f"{name}__"] for row in rows) for name in ("numerator", "denominator", "held"))


class TestMatches:
    @pytest.mark.parametrize(
        ("register", "expected"),
        [
            ([covered()], (1, 1, 0)),
            ([covered(required_variant="single")], (0, 1, 0)),
            ([covered(area="ZZ9")], (0, 0, 1)),
            ([covered(until_on="2021-07-05")], (0, 0, 1)),
            ([covered(until_on="2021-07-06")], (1, 1, 0)),
            ([covered(from_on="2021-07-06")], (0, 0, 1)),
            (
                [covered(until_on="2021-07-01", required_variant="single"), covered(from_on="2021-07-01")],
                (1, 1, 0),
            ),
        ],
    )
    def test_compares_with_the_register_of_the_day(
        self, sec: Rulebook, make_source: MakeSource, register: list[Any], expected: tuple[int, int, int]
    ) -> None:
        rows = make_source("hub_installs", [install()])
        listed = make_source("coverage", register)

        assert counts(matches(rows, listed, sec.measures["AREA-B"])) == expected

    @pytest.mark.parametrize(
        ("until_on", "expected"), [(None, (1, 1, 0)), ("2021-07-05", (0, 1, 0)), ("2021-07-06", (1, 1, 0))]
    )
    def test_asks_only_to_be_listed_where_nothing_has_to_agree(
        self, sec: Rulebook, make_source: MakeSource, until_on: str | None, expected: tuple[int, int, int]
    ) -> None:
        device = {"device_id": "D1", "from_at": "2021-07-05T12:00:00+01:00", "device_kind": "esme"}
        rows = make_source(
            "inventory", [{**device, "mpxn": "M1", "party": "ALFA", "model": "X", "firmware": "1"}]
        )
        product = {"model": "X", "firmware": "1", "from_on": "2020-01-01", "until_on": until_on}

        listed = make_source("certified_products", [product])

        assert counts(matches(rows, listed, sec.measures["AREA-A"])) == expected

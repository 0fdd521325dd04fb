import datetime as dt
from typing import Any

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.findings.grains import rolled_up
from tallystick.measures import counted

FIRST = dt.date(2021, 7, 1)
TOLD = ("day", "region", "party")
GRAINS = (TOLD, ("region", "party"), ("day", "party"), ("party",), ("day",), ())
ROWS = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.none() | st.integers(0, 2),
        st.integers(0, 1),
        st.tuples(*[st.integers(0, 9)] * len(counted.SUMS)) | st.just((0,) * len(counted.SUMS)),
    ),
    max_size=20,
)


def table(drawn: list[Any]) -> pa.Table:
    """Return a daily table of (day, region, party, sums)."""
    schema = counted.empty(("region", "party")).schema
    rows = [
        {
            **dict.fromkeys(schema.names, 0),
            "day": FIRST + dt.timedelta(days=day),
            "region": region,
            "party": party,
            "changes_on": None,
            **dict(zip(counted.SUMS, sums, strict=True)),
        }
        for day, region, party, sums in drawn
    ]
    return pa.Table.from_pylist(rows, schema)


def added_by_hand(drawn: list[Any], grain: tuple[str, ...]) -> dict[Any, list[int]]:
    found: dict[Any, list[int]] = {}
    for day, region, party, sums in drawn:
        cells = {"day": FIRST + dt.timedelta(days=day), "region": region, "party": party}
        own = found.setdefault(tuple(cells[name] for name in grain), [0] * len(sums))
        own[:] = [one + other for one, other in zip(own, sums, strict=True)]
    return found


class TestRolledUp:
    @given(ROWS)
    def test_adds_what_a_hand_adds_at_every_grain(self, drawn: list[Any]) -> None:
        finest = table([(*told, sums) for told, sums in added_by_told(drawn).items()])

        for grain, rolled in rolled_up(finest, GRAINS).items():
            assert rolled.column_names == [*grain, *counted.SUMS]
            found = {
                tuple(row[name] for name in grain): [row[name] for name in counted.SUMS]
                for row in rolled.to_pylist()
            }
            assert found == added_by_hand(drawn, grain)
            assert len(found) == rolled.num_rows

    def test_gives_groups_in_the_order_they_were_met(self) -> None:
        finest = table([(2, 1, 1, (1,) * 5), (0, 0, 0, (2,) * 5), (1, 1, 1, (3,) * 5)])

        (rolled,) = rolled_up(finest, [("region",)]).values()

        assert rolled["region"].to_pylist() == [1, 0]
        assert rolled["numerator"].to_pylist() == [4, 2]

    def test_takes_a_grain_in_another_order_of_columns_for_its_own(self) -> None:
        finest = table([(0, 1, 0, (1,) * 5)])

        found = rolled_up(finest, [("party", "region"), ("region", "party")])

        assert [one.column_names[:2] for one in found.values()] == [["party", "region"], ["region", "party"]]

    def test_keeps_the_types_of_its_columns(self) -> None:
        finest = table([(0, None, 0, (0,) * 5)])

        (rolled,) = rolled_up(finest, [TOLD]).values()

        assert rolled.schema.equals(finest.select([*TOLD, *counted.SUMS]).schema)

    def test_has_no_sum_of_nothing(self) -> None:
        assert [len(one) for one in rolled_up(table([]), GRAINS).values()] == [0] * len(GRAINS)

    def test_refuses_a_grain_that_the_sums_are_not_told_by(self) -> None:
        with pytest.raises(ValueError, match=r"told by day, region, party, not by party, device"):
            rolled_up(table([]), [("party", "device")])


def added_by_told(drawn: list[Any]) -> dict[Any, list[int]]:
    """Return the rows with each place of the finest grain once, as a daily table has them."""
    found = added_by_hand(drawn, TOLD)
    return {((day - FIRST).days, *rest): sums for (day, *rest), sums in found.items()}

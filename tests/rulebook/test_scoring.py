import datetime as dt
from decimal import Decimal

import pytest

from tallystick.rulebook.scoring import Grid
from tallystick.rulebook.terms import NoValueYet
from tests.rulebook.assured import GRID, assure
from tests.rulebook.conftest import Folder

FILE, FIRST = "scoring/grid.yaml", dt.date(2020, 1, 1)


@pytest.fixture
def assured(small: Folder) -> Folder:
    return assure(small)


@pytest.fixture
def grid(assured: Folder) -> Grid:
    found = assured.rulebook.scoring["grid"].value_on(FIRST)
    assert isinstance(found, Grid)
    return found


class TestGrid:
    @pytest.mark.parametrize(
        ("score", "title"), [(1, "Accept"), (2, "Accept"), (3, "Above appetite"), (4, "Above appetite")]
    )
    def test_reads_a_score_by_its_bands(self, grid: Grid, score: int, title: str) -> None:
        assert grid.band_of(score).title == title

    @pytest.mark.parametrize(("chance", "step"), [("0", 1), ("0.25", 1), ("0.2501", 2), ("1", 2)])
    def test_finds_the_step_that_a_chance_is_within(self, grid: Grid, chance: str, step: int) -> None:
        assert grid.step_of(Decimal(chance)) == step

    def test_says_which_score_is_that_of_a_top_risk(self, grid: Grid) -> None:
        assert [grid.is_top(one) for one in (3, 4)] == [False, True]

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('up_to: "1"}', 'up_to: "0.9"}', "the last step does not reach to certainty"),
            ('up_to: "0.25"', 'up_to: "1"', "Often does not reach further than Seldom"),
            ('from: "3"', 'from: "1"', "the band from 1 does not lie above that from 1"),
            ('appetite: "2"', 'appetite: "two"', 'write an amount in quotes, such as "6000" or "0.50"'),
        ],
    )
    def test_whose_steps_do_not_rise_is_none(self, assured: Folder, old: str, new: str, told: str) -> None:
        assured.rewrite(FILE, old, new)

        assert told.lower() in assured.lines()[0].lower()


class TestScoringMethod:
    def test_has_no_value_before_its_first(self, assured: Folder) -> None:
        with pytest.raises(NoValueYet):
            assured.rulebook.scoring["grid"].value_on(FIRST - dt.timedelta(days=1))

    def test_may_change_to_another_kind(self, assured: Folder) -> None:
        later = (
            "  2021-07-01: {kind: money, version: version 2, shape: pert, draws: 1000, seed: 7, "
            'quantiles: ["0.5"], bands: [{from: "0", position: accept, title: Accept}], appetite: "10", '
            "source: recalled}\n"
        )

        assured.write(FILE, GRID + later)

        method = assured.rulebook.scoring["grid"]
        assert [method.value_on(day).kind for day in (FIRST, dt.date(2021, 7, 1))] == ["grid", "money"]
        assert not method.value_on(dt.date(2021, 7, 1)).verified

    def test_of_no_kind_is_none(self, assured: Folder) -> None:
        assured.rewrite(FILE, "kind: grid", "kind: guess")

        assert "Use one of grid, money, tail." in assured.lines()[0]

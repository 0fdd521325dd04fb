from pathlib import Path

import pytest

from tallystick.demo.plant.book import Book
from tallystick.demo.plant.cast import SUPPLIERS
from tallystick.demo.plant.duties import WORST, owed
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Post
from tallystick.demo.plant.scales import FOCUS, KNOWN_ON, MONTHS, SCALES


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    book, scale = Book(KNOWN_ON, MONTHS), SCALES["small"]
    return Plan(1, scale, book, book, Post(tmp_path, scale))


class TestOwed:
    @pytest.mark.parametrize("measure", WORST)
    def test_has_one_party_below_the_minimum_in_july(self, measure: str, plan: Plan) -> None:
        shares = {one.party: 1 - sum(one.failing) / one.count for one in owed(plan, measure, FOCUS)}

        assert set(shares) == set(SUPPLIERS)
        assert min(shares, key=lambda party: shares[party]) == WORST[measure]
        assert shares[WORST[measure]] < 0.92

    def test_is_the_same_each_time(self, plan: Plan) -> None:
        assert owed(plan, "AREA-G", "2020-09") == owed(plan, "AREA-G", "2020-09")

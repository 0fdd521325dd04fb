import pytest

from tallystick.assessments.charges.analysis import analysed
from tallystick.assessments.models import Relief
from tests.assessments.market import DECIDED, DRAFTED, Market, charges_of

pytestmark = pytest.mark.django_db


class TestAnalysed:
    def test_tells_how_many_the_cap_bounds(self, market: Market) -> None:
        row = market.shown()
        market.corrected_charge(row, numerator=20)

        found = analysed(charges_of(row).values(), [], DRAFTED)

        assert (found.cap_bound, found.charged) == (
            1,
            len([one for one in charges_of(row).values() if one.computed]),
        )
        assert found.cap_share == int(100 / found.charged + 0.5)

    def test_has_parts_that_are_what_was_computed(self, market: Market) -> None:
        row = market.shown()
        market.corrected_charge(row, numerator=20)
        market.relieved(row)
        market.relieved(row, party=None, kind="deferred", cause="market", until_on=DECIDED)
        lines = list(charges_of(row).values())

        found = analysed(lines, Relief.objects.order_by("pk"), DRAFTED)

        parts = {one.title: one.pence for one in found.parts}
        assert sum(parts.values()) == sum(one.computed for one in lines)
        assert parts["Relieved: force majeure"] == 500_00
        assert parts["Put off"] > 0 == parts["Payable"]
        assert sum(one.share for one in found.parts) in (99, 100, 101)

    def test_of_nothing_has_no_share(self) -> None:
        found = analysed([], [], DRAFTED)

        assert (found.cap_share, {one.share for one in found.parts}) == (0, {0})

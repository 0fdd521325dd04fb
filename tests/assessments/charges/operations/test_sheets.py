import pytest

from tallystick.assessments.charges.operations.sheets import charged, seal_charges
from tests.assessments.market import Market, charges_of

pytestmark = pytest.mark.django_db


class TestCharged:
    def test_follows_from_the_scheme_and_the_figures_alone(self, market: Market) -> None:
        row = market.computed()
        did = [(one.party, one.numerator, one.denominator) for one in charges_of(row).values()]

        assert seal_charges(charged(row, did)) == row.seal
        assert seal_charges(charged(row, did, {"alfa"})) != row.seal


class TestWriteCharges:
    def test_says_what_is_collected(self, market: Market) -> None:
        row = market.computed()

        sheet = row.chargesheets.get()

        assert sheet.collected == sum(one.payable for one in charges_of(row).values())

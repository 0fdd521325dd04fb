import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.charges.operations.relieving import UnableToRelieve
from tallystick.assessments.models import Relief
from tests.assessments.market import DECIDED, DRAFTED, Market, acts, charges_of, fresh, key

pytestmark = pytest.mark.django_db


class TestRelieveCharges:
    def test_takes_nothing_and_leaves_what_was_computed(self, market: Market) -> None:
        row = market.shown()
        before = charges_of(row)

        market.relieved(row)

        after = charges_of(row)
        assert (after["ALFA"].computed, after["ALFA"].payable) == (before["ALFA"].computed, 0)
        assert after["ALFA"].is_relieved
        assert sum(one.net for one in after.values()) == 0
        assert fresh(row).version == 2
        assert acts()[-1] == "relieve_charges"

    def test_puts_off_without_another_sheet(self, market: Market) -> None:
        row = market.shown()

        [relief] = market.relieved(row, kind="deferred", cause="market", until_on=DECIDED)

        assert (relief.until_on, fresh(row).version) == (DECIDED, 1)
        assert charges_of(row)["ALFA"].payable > 0

    def test_is_for_everybody_who_pays_at_once(self, market: Market) -> None:
        row = market.shown()
        paying = {name for name, one in charges_of(row).items() if one.payable}

        made = market.relieved(row, party=None, cause="market")

        assert {one.party.name for one in made} == paying
        assert all(one.payable == one.received == 0 for one in charges_of(row).values())
        assert acts().count("relieve_charges") == 1

    def test_does_it_once_however_often_the_form_is_sent(self, market: Market) -> None:
        row, again = market.shown(), key()

        for _ in range(2):
            market.relieved(row, key=again)

        assert Relief.objects.count() == 1
        assert fresh(row).version == 2

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"why": " "}, "Say why"),
            ({"kind": "forgiven"}, "Choose what is done"),
            ({"kind": "deferred"}, "What is put off has a day"),
            ({"until_on": DECIDED}, "what is relieved has none"),
            ({"kind": "deferred", "until_on": DRAFTED}, "lies ahead"),
        ],
    )
    def test_refuses_what_is_not_whole(self, market: Market, told: dict[str, Any], match: str) -> None:
        with pytest.raises(UnableToRelieve, match=match):
            market.relieved(market.shown(), **told)

    def test_finds_nobody_who_pays_nothing(self, market: Market) -> None:
        with pytest.raises(UnableToRelieve, match="Nobody of them pays"):
            market.relieved(market.shown(), party=market.brvo)

    def test_waits_until_the_charges_are_shown(self, market: Market) -> None:
        with pytest.raises(UnableToRelieve, match="once charges are shown"):
            market.relieved(market.computed())

    def test_is_no_more_once_they_are_closed(self, market: Market) -> None:
        row = market.shown()
        market.charges(row, "close", DRAFTED + dt.timedelta(days=1), said={"why": "Only to look."})

        with pytest.raises(UnableToRelieve):
            market.relieved(row, DRAFTED + dt.timedelta(days=1))

import datetime as dt
from decimal import Decimal

import pytest

from tallystick.rulebook.rulebook import Rulebook
from tallystick.rulebook.terms import NoValueYet
from tests.rulebook.conftest import Folder

FILE, FIRST = "charges/late.yaml", dt.date(2020, 1, 1)
SCHEME = """\
key: late
title: Charge for late replies
measure: REPLY
values:
  2020-01-01:
    status: proposed
    target: "95"
    rate: {amount: "2.50", events: 10}
    cap: {amount: "500", basis: party}
    pots:
      met: {share: "0.9", to: met, by: events}
      all: {share: "0.1", to: all, by: equal}
    rounding: {places: 1}
    clause: [C7.2]
    source: assumed
"""


@pytest.fixture
def charging(small: Folder) -> Folder:
    small.write(FILE, SCHEME)
    return small


class TestChargeScheme:
    def test_says_what_a_point_costs_from_its_day_on(self, charging: Folder) -> None:
        scheme = charging.rulebook.charges["late"]

        assert scheme.value_on(FIRST).rate.amount == Decimal("2.50")
        assert scheme.value_on(FIRST).verified is False
        with pytest.raises(NoValueYet):
            scheme.value_on(FIRST - dt.timedelta(days=1))

    @pytest.mark.parametrize(
        ("old", "new", "told"),
        [
            ('share: "0.1"', 'share: "0.2"', "the shares of the pots do not sum to 1"),
            ("measure: REPLY", "measure: REPLAY", "Did you mean 'REPLY'?"),
            ("clause: [C7.2]", "clause: [C7.9]", "Did you mean 'C7.2'?"),
            ("status: proposed", "status: propose", "Did you mean 'proposed'?"),
            ("places: 1", "places: 9", "'9' does not fit"),
        ],
    )
    def test_that_says_what_cannot_be_is_refused(
        self, charging: Folder, old: str, new: str, told: str
    ) -> None:
        charging.rewrite(FILE, old, new)

        assert told in charging.lines()[0]

    def test_of_the_sec_charges_nobody(self, sec: Rulebook) -> None:
        values = [value for one in sec.charges.values() for value in one.values.values()]

        assert values
        assert {(one.status, one.verified) for one in values} == {("proposed", False)}

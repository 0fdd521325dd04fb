import datetime as dt
from typing import Any

import pytest

from tallystick.parties.rulebooks import rulebook_of
from tallystick.risks.models import OperatingPeriod, Risk, Wording
from tallystick.risks.operations.opening import UnableToOpenRegister
from tests.risks.cast import BEFORE, CODE, Cast, acts, key, last_said


class TestOpening:
    def test_begins_with_the_risks_of_the_rulebook(self, cast: Cast) -> None:
        period = cast.opened()

        told = rulebook_of(CODE).risks
        assert [one.reference for one in Risk.objects.order_by("pk")] == sorted(told) != []
        words = Wording.objects.get(risk__reference="R-02")
        assert (words.title, words.number, words.verified) == (told["R-02"].title, 1, False)
        assert words.factors["1"] == told["R-02"].factors[0].says
        assert words.factor_owed["1"] == "OBL-AREA-B"
        assert (period.body, period.publicity) == (cast.pab, "issued")
        assert acts() == ["open_register"]
        said, facts = last_said()
        assert said == f"opened the register of 2022-23 with {len(told)} risks of the rulebook"
        assert f"{words.handle}.risk_that" in facts["worded"]
        assert f"{words.handle}.factors.1" in facts["worded"]

    def test_goes_on_with_what_is_there(self, cast: Cast) -> None:
        cast.opened(BEFORE)
        count = Risk.objects.count()

        cast.opened()

        assert Risk.objects.count() == count
        assert last_said()[0] == "opened the register of 2022-23 with 0 risks of the rulebook"

    def test_is_done_once_by_a_form(self, cast: Cast) -> None:
        form = key()
        first = cast.opened(key=form)

        assert cast.opened(key=form) == first
        assert acts() == ["open_register"]
        with pytest.raises(UnableToOpenRegister, match="opened 2022-23 before"):
            cast.opened(BEFORE, key=form)

    @pytest.mark.parametrize(
        ("told", "says"),
        [
            ({"until_on": dt.date(2022, 4, 1)}, "ends after it begins"),
            ({"method": "by_eye"}, "no way to score 'by_eye'"),
            ({"body": "nobody"}, "no body 'nobody'"),
            ({"from_on": dt.date(2022, 3, 31)}, "2021-22 is open from 2021-04-01"),
            ({"key": ""}, "no key"),
        ],
    )
    def test_is_refused(self, cast: Cast, told: dict[str, Any], says: str) -> None:
        cast.opened(BEFORE)

        with pytest.raises(UnableToOpenRegister, match=says):
            cast.opened(**told)

        assert OperatingPeriod.objects.count() == 1

    def test_names_a_period_that_an_address_can_carry(self, cast: Cast) -> None:
        with pytest.raises(UnableToOpenRegister, match="letters, digits and hyphens"):
            cast.opened("2022/23")

    def test_is_for_the_office(self, cast: Cast) -> None:
        with pytest.raises(UnableToOpenRegister, match="The office keeps"):
            cast.opened(by=cast.hal)

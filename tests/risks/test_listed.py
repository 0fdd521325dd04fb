import datetime as dt
from decimal import Decimal

import pytest

from tallystick.risks.listed import Listed, before_of, register, short
from tallystick.risks.models import OperatingPeriod
from tests.risks.cast import BEFORE, Cast


def listed(cast: Cast, period: OperatingPeriod, earlier: OperatingPeriod | None = None) -> dict[str, Listed]:
    return {one.risk.reference: one for one in register(cast.jo, period, earlier)}


class TestRegister:
    def test_has_the_worst_first(self, cast: Cast) -> None:
        period = cast.opened()
        for risk, steps in {"R-01": (5, 4, 3, 3), "R-02": (5, 4, 3, 5), "R-03": (5, 4, 4, 4)}.items():
            cast.scored(risk, steps)

        rows = list(listed(cast, period).values())

        assert [one.risk.reference for one in rows[:4]] == ["R-03", "R-02", "R-01", "R-04"]
        assert [one.title for one in rows[:4]] == ["Above appetite", "Above appetite", "Within", "No score"]
        assert [one.pill for one in rows[1:4]] == ["below_minimum", "met", "no_level"]

    @pytest.mark.parametrize(("net", "trend"), [((4, 4), "rose"), ((3, 4), "steady"), ((2, 4), "fell")])
    def test_compares_with_the_period_before(self, cast: Cast, net: tuple[int, int], trend: str) -> None:
        earlier = cast.opened(BEFORE)
        cast.scored("R-02", (5, 4, 3, 4), earlier)
        period = cast.opened()
        cast.scored("R-02", (5, 4, *net))

        assert listed(cast, period, earlier)["R-02"].trend == trend
        assert listed(cast, period)["R-02"].trend == ""

    def test_compares_by_the_same_method_alone(self, cast: Cast) -> None:
        earlier = cast.opened(BEFORE, method="money")
        score = cast.scored("R-02", period=cast.opened())

        assert before_of(score, [score], earlier) is None
        assert before_of(None, [score], earlier) is None

    def test_keeps_what_ended_in_the_periods_that_were(self, cast: Cast) -> None:
        past = cast.opened("2020-21", until_on=dt.date(2021, 3, 31))
        now = cast.opened(BEFORE)
        cast.split("R-02", "Variant", "Region")

        assert "R-02" in listed(cast, past)
        assert "R-02" not in listed(cast, now)


class TestScores:
    def test_are_told_without_pence_that_are_none(self) -> None:
        assert (short(Decimal("16.00")), short(Decimal("1234.50"))) == ("16", "1,234.50")

import datetime as dt
from decimal import Decimal

import pytest

from tallystick.risks.listed import Listed, before_of, register
from tallystick.risks.models import OperatingPeriod
from tallystick.risks.operations.wording import Worded, add_risk
from tests.risks.cast import BEFORE, DAY, Cast, key, words_of


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
        assert "R-09" in listed(cast, now)

    def test_leaves_out_what_came_after_a_period(self, cast: Cast) -> None:
        past = cast.opened("2020-21", until_on=dt.date(2021, 3, 31))
        later = cast.doing(cast.jo, DAY + dt.timedelta(days=1))
        add_risk(worded=Worded(words_of("A new one"), "Seen in July.", key()), **later)

        assert "R-09" not in listed(cast, past)
        assert "R-01" in listed(cast, past)

    def test_shows_what_was_approved_beside_a_draft_of_a_revision(self, cast: Cast) -> None:
        period = cast.opened()
        cast.scored("R-02")
        cast.approved()
        approved = listed(cast, period)["R-02"]

        cast.scored("R-02", (5, 4, 2, 4))

        revised = listed(cast, period)["R-02"]
        assert (approved.is_draft, approved.draft, approved.approved) == (False, "approved", None)
        assert (revised.is_draft, revised.draft) == (True, "revision")
        assert revised.approved == approved.score

    def test_tells_scores_as_their_method_has_them(self, cast: Cast) -> None:
        period = cast.opened(method="money")
        losses = {"events": "4", "low": "1000", "central": "5000", "high": "20000"}
        inputs = {f"{side}_{name}": value for side in ("inherent", "net") for name, value in losses.items()}
        cast.scored("R-02", method="money", inputs=inputs)

        rows = listed(cast, period)

        assert rows["R-02"].told(Decimal("1234.50")) == "£1,234.50"
        assert rows["R-01"].told(Decimal(16)) == "16"

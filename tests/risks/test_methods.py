import datetime as dt

from tallystick.risks.methods import method_of, position_of, title_of, value_of
from tests.risks.cast import CODE, DAY, Cast


class TestMethods:
    def test_are_those_of_the_day(self) -> None:
        found = value_of(CODE, "five_by_five", DAY)

        assert found is not None
        assert found[0] == dt.date(2021, 8, 6)
        assert value_of(CODE, "five_by_five", dt.date(2021, 8, 5)) is None
        assert value_of(CODE, "by_eye", DAY) is None

    def test_are_named_with_their_version(self) -> None:
        found = value_of(CODE, "five_by_five", DAY)

        assert found is not None
        assert title_of(CODE, "five_by_five", found[1]) == "5 by 5, version 0.2"
        assert title_of(CODE, "by_eye", None) == "by_eye"


class TestPositions:
    def test_follow_from_the_net_score_and_the_appetite(self, cast: Cast) -> None:
        cast.opened()
        steps = {"R-01": (5, 4, 3, 5), "R-02": (5, 4, 3, 4), "R-03": (5, 4, 3, 3)}

        found = {risk: position_of(cast.scored(risk, told)) for risk, told in steps.items()}

        assert found == {"R-01": "above", "R-02": "watch", "R-03": "within"}

    def test_are_none_where_the_rulebook_forgot_the_method(self, cast: Cast) -> None:
        cast.opened()
        score = cast.scored("R-02")
        score.method_on = dt.date(2020, 1, 1)

        assert method_of(score) is None
        assert position_of(score) is None

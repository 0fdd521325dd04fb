from tallystick.risks.operations.entries import class_for, free_reference, places
from tests.risks.cast import CODE, Cast, on


class TestReferences:
    def test_go_on_after_the_last(self, cast: Cast) -> None:
        first = free_reference(CODE)
        cast.opened()

        assert (first, free_reference(CODE)) == ("R-01", "R-09")


class TestClass:
    def test_is_that_of_the_day_or_stricter(self, cast: Cast) -> None:
        assert class_for(cast.jo) == "white"
        assert class_for(cast.jo, "amber") == "amber"
        later = on(cast.jo, cast.jo.day.replace(year=2022))
        assert class_for(later) == "green"  # from 27 September 2021 White is not published


class TestPlaces:
    def test_name_each_factor_by_itself(self, cast: Cast) -> None:
        cast.opened()

        words = cast.reworded("R-02")

        assert {one.partition(".")[2] for one in places(words)} == {
            "title",
            "risk_that",
            "resulting_in",
            "why",
        }

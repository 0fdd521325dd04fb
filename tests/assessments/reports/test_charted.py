from tallystick.assessments.reports.charted import chart
from tests.assessments.reports.test_effects import effect, months, years_before


class TestChart:
    def test_is_drawn_twice_with_the_months_of_both_sides_in_its_table(self) -> None:
        told = months([900, 904, 902, 901, 903, 900], [960, 961, 962])

        found = chart(effect(*years_before(), *told), "x")

        assert found is not None
        assert found.wide is not None
        assert found.wide.startswith("<svg")
        assert found.rows[-1] == ("October 2021", "962", "1,000", "96.20%", "after")
        assert [row[-1] for row in found.rows].count("after") == 3
        assert "before July 2021" in found.caption

    def test_is_none_where_there_are_too_few_months(self) -> None:
        assert chart(effect(*months([900, 910], [950])), "x") is None

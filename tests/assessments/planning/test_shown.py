import pytest

from tallystick.assessments.optimiser.question import Question
from tallystick.assessments.planning.drawn import draw
from tallystick.assessments.planning.shown import Row, heads_of, named, rows_of, year_of
from tallystick.assessments.planning.terms import Terms
from tests.assessments.planning.asked import APRIL, BUDGET, asked, rules


def listed(question: Question, **whys: str) -> dict[str, Row]:
    paid, free, _ = rows_of(draw(question, 0), question, rules(), whys)
    return {one.key: one for one in (*paid, *free)}


class TestRowsOf:
    def test_lists_the_best_value_first_and_what_is_free_apart(self) -> None:
        question = asked()

        paid, free, others = rows_of(draw(question, 0), question, rules(), {})

        assert [one.value for one in paid] == sorted((one.value for one in paid), reverse=True)
        assert {one.cost for one in free} == {"£0"}
        assert others == ["Derogations"]

    def test_says_why_each_is_in_or_out(self) -> None:
        rows = listed(asked())

        assert rows["monitoring"].why.startswith("Without it ")
        assert rows["field_visits"].why.startswith("Its money and hours do more elsewhere")
        assert rows["breach"].why == "It comes after Remedies, which begins no quarter earlier."
        assert rows["monitoring"].risks == "R-01 to R-08"

    def test_says_who_put_in_or_left_out_and_what_that_costs(self) -> None:
        question = asked(fixed={"field_visits": True, "comparison": False})

        rows = listed(question, field_visits="The Panel asked for it.", comparison="Not this year")

        assert rows["field_visits"].why.startswith("Put in by a person: The Panel asked for it. By the")
        assert rows["comparison"].why.startswith("Left out by a person: Not this year.")
        assert rows["field_visits"].is_fixed
        assert not rows["comparison"].is_in

    def test_says_what_one_waits_for(self) -> None:
        rows = listed(asked(fixed={"monitoring": False}))

        assert rows["comparison"].why == "It waits for Central monitoring, not in the plan."


class TestYearOf:
    def test_has_each_technique_in_its_months(self) -> None:
        bars = {one.name: one for one in year_of(draw(asked(), 0), rules(), APRIL, Terms(BUDGET))}

        guidance = bars["Coverage check guidance"]
        assert [(one.months, one.words) for one in guidance.spans] == [(1, ""), (2, "Webinar"), (9, "")]
        assert guidance.spans[1].shade == "pv"
        assert (guidance.spoken, bars["Central monitoring"].spoken) == ("May to June", "all year")
        assert all(sum(one.months for one in bar.spans) == 12 for bar in bars.values())

    def test_begins_with_the_first_month_of_the_period(self) -> None:
        assert heads_of(APRIL)[0] == "Apr"


class TestNamed:
    @pytest.mark.parametrize(
        ("references", "told"),
        [
            ({"R-01", "R-02", "R-03"}, "R-01 to R-03"),
            ({"R-01", "R-02", "R-05"}, "R-01, R-02, R-05"),
            (set(), ""),
        ],
    )
    def test_joins_those_in_a_row(self, references: set[str], told: str) -> None:
        assert named(references) == told

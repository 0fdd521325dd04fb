from decimal import Decimal

import pytest

from tallystick.assessments.planning.asking import Exposed, exposed_of, exposure_of, hash_of, segments_of
from tallystick.assessments.planning.terms import NEVER
from tests.assessments.planning.asked import APRIL, asked, costing, risks, rules


class TestSegmentsOf:
    @pytest.mark.parametrize(
        ("caused_by", "found"),
        [
            (("supplier",), ("large_supplier", "small_supplier")),
            (("network",), ("electricity_network", "gas_network")),
            (("small_supplier", "supplier"), ("small_supplier", "large_supplier")),
            (("dcc",), ("dcc",)),
        ],
    )
    def test_are_the_categories_behind_a_role(
        self, caused_by: tuple[str, ...], found: tuple[str, ...]
    ) -> None:
        assert segments_of(caused_by, rules().code) == found

    def test_are_all_categories_of_everybody(self) -> None:
        assert len(segments_of(("user",), rules().code)) == len(rules().code.categories)


class TestExposureOf:
    def test_spreads_a_net_score_in_equal_parts(self) -> None:
        found = exposure_of(risks(), rules().code)

        assert found["R-02", "large_supplier"] == found["R-02", "small_supplier"] == 8.0
        assert sum(found.values()) == pytest.approx(88)

    def test_is_everybodys_where_nobody_is_said_to_cause_it(self) -> None:
        found = exposure_of([Exposed("R-09", "", (), Decimal(10))], rules().code)

        assert set(found.values()) == {2.0}


class TestYear:
    def test_begins_with_its_own_month(self) -> None:
        assert (APRIL.months[0], APRIL.months[-1], APRIL.quarter(3), APRIL.quarter(4)) == (4, 3, 4, 1)

    def test_runs_a_technique_in_its_months(self) -> None:
        known = rules().techniques["conformity_review"]

        assert APRIL.months_of(known) == (12, 1, 2)

    def test_lets_what_would_be_over_begin_with_the_quarter_it_waits_for(self) -> None:
        known = rules().techniques["coverage_guidance"]  # in May and June

        assert APRIL.months_of(known, 3) == (10, 11)
        assert APRIL.months_of(known, NEVER) == ()


class TestQuestionOf:
    @pytest.mark.parametrize(
        ("per", "once", "of_each"),
        [("year", 3_000_00, 0), ("application", 3_000_00, 0), ("category", 0, 3_000_00)],
    )
    def test_has_the_money_in_pence_once_or_for_each_category(
        self, per: str, once: int, of_each: int
    ) -> None:
        question = asked(among=costing(rules(), "tenancy_questionnaire", per))

        reached = [one for one in question.options if one.technique == "tenancy_questionnaire"]
        assert len(reached) > 1
        assert question.of["tenancy_questionnaire"].cost == once
        assert {one.cost for one in reached} == {of_each}
        assert question.spent([one.key for one in reached]) == once + of_each * len(reached)

    def test_has_no_effect_where_no_share_is_stated(self) -> None:
        question = asked()

        assert ("coverage_guidance", "gas_network") not in question.at
        assert question.at["coverage_guidance", "small_supplier"].effects == {"R-02": 0.4}

    def test_has_an_option_that_another_waits_for_though_it_does_nothing_there(self) -> None:
        question = asked(mature={"R-02": NEVER, "R-05": NEVER, "R-07": 4})

        assert question.at["remedies", "large_supplier"].effects == {"R-07": 0.3}
        assert "R-02" not in question.at["exception_lists", "large_supplier"].effects

    def test_counts_for_an_area_only_what_runs_once_it_is_mature(self) -> None:
        question = asked(mature={"R-02": 3})

        assert ("coverage_guidance", "large_supplier") not in question.at  # over by June
        assert "R-02" in question.at["monitoring", "large_supplier"].effects

    def test_takes_what_was_tried_for_tried(self) -> None:
        assert not asked().of["charges"].is_tried
        assert asked(tried=("remedies",)).of["charges"].is_tried

    def test_asks_for_the_share_of_a_level(self) -> None:
        assert asked(levels={"R-01": "substantial"}).coverage == {"R-01": 0.4}


class TestHashOf:
    def test_is_that_of_the_whole_question(self) -> None:
        first, same, other = asked(), asked(), asked(fixed={"charges": True})

        assert hash_of(first) == hash_of(same) != hash_of(other)


class TestExposedOf:
    def test_comes_back_as_it_was(self) -> None:
        assert [exposed_of(one.told) for one in risks()] == risks()

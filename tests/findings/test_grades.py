from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.findings.grades import WORST_FIRST, grade, grade_said, grade_share
from tallystick.rulebook.measures import Level

CPM1 = Level.model_validate({"target": "99", "minimum": "96", "source": "recalled"})
BAND = Level.model_validate({"band": ["90", "110"], "source": "recalled"})
MOST = Level.model_validate({"most": "3", "source": "assumed"})
DOWNWARD = Level.model_validate({"target": "5", "minimum": "10", "source": "assumed"})


class TestGrade:
    @pytest.mark.parametrize(
        ("numerator", "denominator", "expected"),
        [
            (99, 100, "met"),
            (98_996, 100_000, "below_target"),
            (989_999_999_999, 10**12, "below_target"),
            (96, 100, "below_target"),
            (95_999, 100_000, "below_minimum"),
            (0, 5, "below_minimum"),
            (0, 0, "no_events"),
        ],
    )
    def test_compares_before_any_rounding_and_lets_equality_pass(
        self, numerator: int, denominator: int, expected: str
    ) -> None:
        assert grade(numerator, denominator, CPM1) == expected

    @pytest.mark.parametrize(
        ("numerator", "expected"), [(90, "below_target"), (91, "met"), (109, "met"), (110, "below_target")]
    )
    def test_touches_the_edge_of_a_band(self, numerator: int, expected: str) -> None:
        assert grade(numerator, 100, BAND) == expected

    @pytest.mark.parametrize(
        ("numerator", "expected"), [(5, "met"), (6, "below_target"), (11, "below_minimum")]
    )
    def test_turns_round_where_less_is_better(self, numerator: int, expected: str) -> None:
        assert grade(numerator, 100, DOWNWARD, "down") == expected

    @pytest.mark.parametrize(("numerator", "expected"), [(3, "met"), (4, "below_target")])
    def test_judges_a_count_against_the_most_allowed(self, numerator: int, expected: str) -> None:
        assert grade(numerator, 0, MOST) == expected

    def test_says_so_without_a_level(self) -> None:
        assert grade(1, 2, None) == "no_level"

    @given(st.integers(0, 10**15), st.integers(1, 10**15), st.decimals(0, 100, places=3))
    def test_agrees_with_exact_fractions(self, part: int, whole: int, target: Decimal) -> None:
        part = min(part, whole)
        level = Level.model_construct(source="assumed", target=target, minimum=None, band=None, most=None)

        met = grade(part, whole, level) == "met"

        assert met == (Fraction(part, whole) >= Fraction(str(target)) / 100)


class TestGradeShare:
    def test_knows_the_figures_of_july_2021(self) -> None:
        shares = {
            "97.13": "below_target",
            "71.01": "below_minimum",
            "98.62": "below_target",
            "33.70": "below_minimum",
        }

        assert {one: grade_share(Fraction(one) / 100, CPM1) for one in shares} == shares


class TestGradeSaid:
    @pytest.mark.parametrize(
        ("said", "expected"),
        [
            ("Performance measurement not reported", "not_reported"),
            ("above Target", "met"),
            ("Above  target.", "met"),
            ("On Time", None),
            (None, None),
            ("", None),
        ],
    )
    def test_takes_the_words_of_a_report(self, said: str | None, expected: str | None) -> None:
        assert grade_said(said) == expected


class TestWorstFirst:
    def test_names_every_grade_once(self) -> None:
        assert sorted(WORST_FIRST) == [
            "below_minimum",
            "below_target",
            "met",
            "no_events",
            "no_level",
            "not_reported",
        ]

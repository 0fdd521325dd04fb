from dataclasses import replace

import pytest

from tallystick.month.assessment import Assessment, Figure
from tallystick.month.breakdown import adds_up, bare, by_category, by_provider
from tallystick.month.outline import Outline

CATEGORIES = {"Alderbrook Energy": "Large Supplier", "Brightwater Power": "Large Supplier"}


@pytest.fixture
def whole(july: Assessment) -> Figure:
    return Outline(july).figures["CPM1"]


def counted(whole: Figure, numerator: int, denominator: int, **more: object) -> Figure:
    return replace(whole, numerator=numerator, denominator=denominator, **more)  # type: ignore[arg-type]


class TestByProvider:
    def test_adds_the_measures_of_each(self, july: Assessment, whole: Figure) -> None:
        found = by_provider(whole, Outline(july).parts_of(whole))

        assert adds_up(whole, found)
        assert {one.group["provider"] for one in found} >= {"CSPN", "DSP"}
        north = next(one for one in found if one.group == {"provider": "CSPN"})
        assert (north.state, north.run, north.into) == ("below_minimum", None, whole.into)

    def test_is_nothing_where_a_part_is_missing(self, july: Assessment, whole: Figure) -> None:
        _, *rest = Outline(july).parts_of(whole)

        assert by_provider(whole, rest) == ()

    def test_is_nothing_where_there_is_one(self, whole: Figure) -> None:
        assert by_provider(whole, [replace(whole, provider="DSP")]) == ()


class TestByCategory:
    def test_adds_parties_of_each_and_names_what_is_of_none(self, whole: Figure) -> None:
        ten = counted(whole, 18, 20, target=None, minimum=None)
        parts = [
            counted(ten, 9, 10, group={"party": "Alderbrook Energy"}),
            counted(ten, 4, 5, group={"party": "Brightwater Power"}),
            counted(ten, 5, 5, group={"party": "Nobody Known"}),
        ]

        found = by_category(ten, parts, CATEGORIES)

        assert [(one.group["party_category"], one.numerator, one.denominator) for one in found] == [
            ("", 5, 5),
            ("Large Supplier", 13, 15),
        ]
        assert {one.state for one in found} == {"no_level"}

    def test_is_nothing_for_whoever_sees_some_of_them(self, whole: Figure) -> None:
        own = counted(whole, 9, 10, group={"party": "Alderbrook Energy"})

        assert by_category(whole, [own], CATEGORIES) == ()


class TestBare:
    def test_has_the_counts_and_nothing_of_the_past(self, whole: Figure) -> None:
        found = bare(whole)

        assert (found.numerator, found.denominator) == (whole.numerator, whole.denominator)
        assert (found.run, found.spc, found.change, found.flags, found.detail) == (None, None, None, (), {})

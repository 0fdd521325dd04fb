from collections import Counter

import pytest

from tallystick.assessments.comparisons.operations.sheets import aliases_for, made_of, seal_lines
from tallystick.assessments.matters.counts import OfParty
from tests.assessments.market import MEASURE, Market, fresh, lines_of, printed

pytestmark = pytest.mark.django_db


class TestAliasesFor:
    def test_are_each_anothers(self, market: Market) -> None:
        parties = [OfParty(one, one.name, 1, 1) for one in (market.alfa, market.brvo)]

        found = Counter(aliases_for(parties)[market.alfa.pk] for _ in range(40))

        assert set(found) == {"Party 01", "Party 02"}


class TestMadeOf:
    def test_has_a_level_only_where_one_is_shown(self, market: Market) -> None:
        lines = lines_of(market.drafted())

        assert {one.rating for one in lines.values() if one.state != "counted"} == {""}
        assert lines["ALFA"].rating == "below_minimum"
        assert lines["Supplier H"].rating == "below_target"

    def test_seals_the_same_lines_alike(self, market: Market) -> None:
        row = market.drafted()
        lines = list(row.sheets.get().lines.select_related("party"))
        done = [OfParty(one.party, one.party.name, one.numerator, one.denominator) for one in lines]

        made = made_of(row, done, {one.party_id: one.alias for one in lines})

        assert row.measure == MEASURE
        assert seal_lines(made[::-1]) == row.seal == row.sheets.get().seal


class TestPrintSheet:
    def test_puts_who_is_withheld_last_without_a_reason(self, market: Market) -> None:
        row = fresh(market.published(names=True))

        lines = printed(row)

        assert [one.state for one in lines] == ["counted"] * 8 + ["withheld"] * 6
        assert [one.rank for one in lines[:8]] == sorted(one.rank or 0 for one in lines[:8])
        assert {one.classification for one in lines} == {"green"}

from collections import Counter
from decimal import Decimal
from typing import Any

import pytest

from tallystick.assessments.comparisons.issues import OfIssues, read
from tallystick.assessments.comparisons.operations.sheets import (
    aliases_for,
    made_of,
    made_of_issues,
    print_sheet,
    seal_lines,
)
from tallystick.assessments.matters.counts import OfParty
from tests.assessments import league
from tests.assessments.market import MEASURE, Market, fresh, lines_of, printed

pytestmark = pytest.mark.django_db


class TestAliasesFor:
    def test_are_each_anothers(self, market: Market) -> None:
        parties = [market.alfa, market.brvo]

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

    def test_has_points_in_the_place_of_a_share(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        row = league.drafted(market, names=True)
        print_sheet(row)

        worst = printed(row)[-1]

        assert (worst.name, worst.share, worst.points, worst.rating) == ("ALFA", "", "8.789", "")
        assert worst.issues == "1 severe, 1.1 years; 1 minor, 10 days"

    def test_has_no_count_beside_an_alias(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        row = league.drafted(market)
        print_sheet(row)

        assert {(one.issues, one.numerator) for one in printed(row)} == {("", None)}
        assert len({one.points for one in printed(row)}) == len(league.OPEN) + 1


class TestMadeOfIssues:
    def test_gives_who_has_nothing_open_the_first_place(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

        lines = lines_of(league.drafted(market))

        assert [(lines[one].rank, lines[one].points) for one in ("Supplier F", "BRVO")] == [
            (1, Decimal("0.0000")),
            (11, Decimal("0.1095")),
        ]
        assert lines["Supplier D"].issues == {"moderate": [2, 80]}
        assert {one.denominator for one in lines.values()} == {0}

    def test_is_sealed_by_what_is_open(self, market: Market, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY
        row = league.drafted(market)
        lines = list(row.sheets.get().lines.select_related("party"))
        done = [OfIssues(one.party, one.party.name, read(one.issues)) for one in lines]

        made = made_of_issues(row, done, {one.party_id: one.alias for one in lines})

        assert seal_lines(made[::-1]) == row.seal

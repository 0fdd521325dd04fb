import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.comparisons.operations.publishing import (
    UnableToDraftPublication,
    take_publication_step,
)
from tallystick.assessments.matters.counts import Window
from tallystick.assessments.models import ComparedLine, PrintedLine, Publication
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken
from tallystick.processes.wishes import UnableToMove
from tests.assessments import league
from tests.assessments.market import (
    CLOSED,
    DECIDED,
    DID,
    DRAFTED,
    JULY,
    JUNE,
    MAY,
    Market,
    acts,
    at,
    fresh,
    key,
    lines_of,
    on,
    printed,
    stands,
)

pytestmark = pytest.mark.django_db


class TestDraftPublication:
    def test_freezes_what_each_did_with_its_place(self, market: Market) -> None:
        row = market.drafted()

        lines = lines_of(row)
        assert {name: (one.numerator, one.denominator) for name, one in lines.items()} == DID
        assert lines["BRVO"].rank == 1
        assert lines["BRVO"].rating == "met"
        assert (row.version, len(row.seal), row.publicity) == (1, 64, "draft")
        assert acts() == ["draft_publication"]

    def test_withholds_few_events_and_as_many_more_as_keep_them(self, market: Market) -> None:
        lines = lines_of(market.drafted())

        few = {name for name, one in lines.items() if one.state == "few"}
        more = {name for name, one in lines.items() if one.state == "withheld"}
        assert few == {"Supplier L", "Supplier M", "Supplier N"}
        assert len(few | more) == 6
        assert all(lines[name].rank is None for name in few | more)

    def test_sums_the_months_of_its_window_and_never_shares(self, market: Market) -> None:
        lines = lines_of(market.drafted(window=Window(JUNE, JULY)))

        assert (lines["ALFA"].numerator, lines["ALFA"].denominator) == (360, 400)

    def test_gives_aliases_that_no_order_tells(self, market: Market) -> None:
        orders = {tuple(one.alias for _, one in sorted(lines_of(market.drafted()).items())) for _ in range(4)}

        assert len(orders) > 1

    def test_drafts_once_however_often_its_form_is_sent(self, market: Market) -> None:
        again = key()

        rows = {market.drafted(key=again).pk for _ in range(2)}

        assert len(rows) == 1
        assert ComparedLine.objects.count() == len(DID)
        assert acts() == ["draft_publication"]
        with pytest.raises(UnableToDraftPublication, match="drafted PUB-2021"):
            market.drafted(key=again, why="Another reason")

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"measure": "CPM1"}, "no measure by which parties are compared"),
            ({"category": "nobody"}, "no category"),
            ({"why": " "}, "what the comparison is for"),
            ({"key": ""}, "no key"),
            ({"window": Window(MAY, JULY)}, "2021-05 has not landed"),
            ({"window": Window(JULY, JUNE)}, "window of 1 to 13 months"),
            ({"category": "gas_network"}, "Nobody of them"),
        ],
    )
    def test_refuses_what_cannot_be_compared(self, market: Market, told: dict[str, Any], match: str) -> None:
        with pytest.raises(UnableToDraftPublication, match=match):
            market.drafted(**told)

    def test_is_the_offices(self, market: Market) -> None:
        with pytest.raises(UnableToDraftPublication, match="The office drafts"):
            market.drafted(by=market.ada)


class TestDraftALeague:
    @pytest.fixture(autouse=True)
    def _told(self, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

    def test_freezes_what_each_has_open_on_the_day(self, market: Market) -> None:
        row = league.drafted(market)

        assert (row.kind, row.counted_on, row.measure) == ("league", DRAFTED, "")
        assert lines_of(row)["ALFA"].issues == {"severe": [1, 400], "minor": [1, 10]}
        assert len(lines_of(row)) == len(DID)
        assert acts() == ["draft_publication"]

    def test_drafts_once_however_often_its_form_is_sent(self, market: Market) -> None:
        again = key()

        assert len({league.drafted(market, key=again).pk for _ in range(2)}) == 1

    def test_needs_as_many_with_something_open_as_the_rulebook_asks(
        self, market: Market, settings: Any
    ) -> None:
        settings.OPEN_ISSUES = "tests.assessments.league.four"

        with pytest.raises(UnableToDraftPublication, match="5 parties under different owners have anything"):
            league.drafted(market)

    @pytest.mark.parametrize(
        ("told", "match"),
        [({"category": ""}, "one category"), ({"category": "gas_network"}, "owners are of this category")],
    )
    def test_is_of_one_category_of_enough(self, market: Market, told: dict[str, Any], match: str) -> None:
        with pytest.raises(UnableToDraftPublication, match=match):
            league.drafted(market, **told)

    def test_goes_the_way_of_every_comparison(self, market: Market) -> None:
        row = market.published(**league.LEAGUE)

        assert stands(row, DECIDED) == "published"
        assert [one.rank for one in printed(row)] == [1] * 9 + [10, 11, 12, 13, 14]


class TestTakePublicationStep:
    def test_goes_from_the_window_by_two_bodies_to_what_is_printed(self, market: Market) -> None:
        row = market.published(names=True)

        assert stands(row, DECIDED) == "published"
        assert (row.recommended_by, row.published_on, row.publicity) == ("pab", DECIDED, "issued")
        lines = printed(row)
        assert lines[0].name == "BRVO"
        assert [one.share for one in lines if one.state == "withheld"] == [""] * 6
        assert {one.party_id for one in lines} == {None}

    def test_prints_aliases_unless_names_are_asked_for(self, market: Market) -> None:
        row = market.published()

        assert {one.name for one in printed(row)} == {one.alias for one in lines_of(row).values()}
        assert not {one.name for one in printed(row)} & set(DID)

    def test_prints_nothing_before_it_is_published(self, market: Market) -> None:
        market.recommended()

        assert not PrintedLine.objects.exists()

    def test_lets_no_body_do_both(self, market: Market) -> None:
        row = market.recommended()
        reference = market.decided_on_nobody(market.pab, CLOSED)

        with pytest.raises(UnableToTakeStep, match="PANEL"):
            market.moves(row, "publish", CLOSED, said={"reasons": "So agreed."}, decision=reference)

    def test_waits_until_every_query_is_answered(self, market: Market) -> None:
        row = market.opened()
        query = market.queried(row)
        market.passes(row)

        with pytest.raises(UnableToMove, match="every query is answered"):
            market.decides(fresh(row), "recommend", market.pab)
        market.answered(query)
        market.decides(fresh(row), "recommend", market.pab)

        assert stands(row, CLOSED) == "recommended"

    def test_is_before_the_body_whose_decision_leads_on(self, market: Market) -> None:
        bodies = []
        for row in (market.opened(), market.checked(), market.recommended()):
            bodies.append(row.body and row.body.key)
            assert {one.body_id for one in lines_of(row).values()} == {row.body_id}

        assert bodies == [None, "PAB", "PANEL"]

    def test_says_no_as_a_body_does(self, market: Market) -> None:
        row = market.recommended()

        market.decides(row, "refuse", market.panel, DECIDED, "REJECTED")

        assert stands(row, DECIDED) == "refused"
        assert fresh(row).publicity == "closed"
        assert not PrintedLine.objects.exists()

    def test_takes_a_step_once(self, market: Market) -> None:
        row, again = market.drafted(), key()

        steps = {market.moves(row, "open_window", key=again).pk for _ in range(2)}

        assert len(steps) == 1
        assert acts() == ["draft_publication", "take_publication_step"]

    @pytest.mark.parametrize("move", ["publish", "recommend", "correct", "archive", "close_window"])
    def test_makes_no_move_that_the_rule_has_not(self, market: Market, move: str) -> None:
        row = market.drafted()

        with pytest.raises((UnableToMove, UnableToTakeStep)):
            market.moves(row, move, said={"why": "So.", "reasons": "So."}, decision="DEC-2021-ABCDEF")
        assert stands(row) == "drafted"

    def test_is_not_moved_by_a_party(self, market: Market) -> None:
        row = market.drafted()

        with pytest.raises(UnableToMove):
            take_publication_step(
                publication=row,
                taken=Taken("open_window", key()),
                by=on(market.ada, DRAFTED),
                at=at(DRAFTED),
            )

    def test_never_shows_what_was_withdrawn_before_its_window(self, market: Market) -> None:
        row = market.drafted()

        market.moves(row, "withdraw", said={"why": "No use."})

        assert Publication.objects.get(pk=row.pk).publicity == "draft"

    def test_is_over_once_it_is_archived(self, market: Market) -> None:
        row = market.published()
        later = DECIDED + dt.timedelta(days=1)

        market.moves(row, "archive", later, said={"why": "A year has passed."})

        assert fresh(row).ended_at is not None

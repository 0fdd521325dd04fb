import datetime as dt
from typing import Any

import pytest

from tallystick.derogations.models import Forbearance
from tallystick.derogations.operations.forbearing import (
    Proposal,
    UnableToProposeForbearance,
    propose_forbearance,
)
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.wishes import UnableToMove
from tests.derogations.cast import ASKED, FORECASTS, REVIEW, Cast, acts, at, key, stands

pytestmark = pytest.mark.django_db
LATER, NEXT = dt.date(2021, 12, 6), dt.date(2021, 12, 7)


def fresh(row: Forbearance) -> Forbearance:
    found: Forbearance = Forbearance.objects.get(pk=row.pk)
    return found


class TestProposeForbearance:
    def test_is_green_and_the_offices_own_until_it_is_decided(self, cast: Cast) -> None:
        row = cast.proposed()

        assert row.reference.startswith("FOR-2021-")
        assert (row.classification, row.publicity, row.party, row.body) == (
            "green",
            "draft",
            None,
            cast.panel,
        )
        assert (stands(row), acts()) == ("proposed", ["propose_forbearance"])

    def test_is_done_once(self, cast: Cast) -> None:
        assert cast.proposed(key="one") == cast.proposed(key="one")
        assert len(acts()) == 1

        with pytest.raises(UnableToProposeForbearance, match="before"):
            cast.proposed(key="one", why="Other words")

    @pytest.mark.parametrize(
        ("told", "why"),
        [({"key": ""}, "no key"), ({"why": " "}, "Say why"), ({"obligation": "OBL-NONE"}, "no obligation")],
    )
    def test_says_what_and_why(self, cast: Cast, told: dict[str, Any], why: str) -> None:
        with pytest.raises(UnableToProposeForbearance, match=why):
            cast.proposed(**told)

    def test_is_not_proposed_twice_nor_by_others(self, cast: Cast) -> None:
        cast.proposed()
        proposal = Proposal(FORECASTS, "Because", key())

        with pytest.raises(UnableToProposeForbearance, match="already"):
            cast.proposed()
        with pytest.raises(UnableToProposeForbearance, match="The office"):
            propose_forbearance(proposal=proposal, by=cast.ada, at=at(ASKED))


class TestTakeForbearanceStep:
    def test_forbears_by_a_decision_about_no_party_until_it_is_reviewed(self, cast: Cast) -> None:
        row = cast.forborne()

        assert (stands(row), row.publicity) == ("in_force", "issued")
        assert (row.since_on, row.review_on, row.ended_on) == (ASKED, REVIEW, None)
        assert acts() == ["propose_forbearance", "take_forbearance_step"]

    def test_takes_no_decision_about_a_party_for_one(self, cast: Cast) -> None:
        about_alfa = cast.of.decided(cast.panel, ASKED).reference

        with pytest.raises(UnableToTakeStep):
            cast.forbear(cast.proposed(), "decide", ASKED, REVIEW, decision=about_alfa)

    @pytest.mark.parametrize("review", [None, ASKED, ASKED - dt.timedelta(days=1)])
    def test_has_a_day_of_review_that_lies_ahead(self, cast: Cast, review: dt.date | None) -> None:
        row = cast.proposed()

        with pytest.raises(UnableToMove):
            cast.forbear(row, "decide", ASKED, review)

        assert fresh(row).since_on is None

    def test_is_looked_at_again_goes_on_and_ends(self, cast: Cast) -> None:
        row = cast.forborne()
        later = dt.date(2022, 12, 30)

        cast.forbear(row, "look_again", LATER, by=cast.jo)
        assert stands(row, LATER) == "under_review"
        cast.forbear(row, "go_on", NEXT, later)
        assert (stands(row, NEXT), fresh(row).since_on, fresh(row).review_on) == ("in_force", ASKED, later)
        cast.forbear(row, "end", later)

        row = fresh(row)
        assert (stands(row, later), row.ended_on, row.publicity) == ("ended", later, "closed")

    def test_is_refused_or_taken_back_without_ever_having_stood(self, cast: Cast) -> None:
        refused = cast.proposed()
        cast.forbear(refused, "refuse")
        taken_back = cast.proposed()
        cast.forbear(taken_back, "withdraw")

        refused, taken_back = fresh(refused), fresh(taken_back)
        assert (refused.publicity, refused.since_on) == ("closed", None)
        assert (taken_back.publicity, taken_back.since_on) == ("draft", None)

    def test_is_taken_once(self, cast: Cast) -> None:
        row = cast.forborne()

        for _ in range(2):
            cast.forbear(row, "look_again", LATER, by=cast.jo, key="one")

        assert acts().count("take_forbearance_step") == 2

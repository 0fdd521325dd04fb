import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.comparisons.comparing import Tally
from tallystick.assessments.comparisons.operations.correcting import UnableToCorrect
from tallystick.assessments.models import ComparedLine, PrintedLine, Sheet
from tests.assessments import league
from tests.assessments.market import DECIDED, DID, Market, acts, fresh, key, lines_of, printed

pytestmark = pytest.mark.django_db
LATER = DECIDED + dt.timedelta(days=1)


class TestCorrectPublication:
    def test_freezes_another_sheet_with_the_places_that_follow(self, market: Market) -> None:
        row = market.opened()
        before = lines_of(row)

        sheet = market.corrected(row, numerator=200, denominator=200)

        lines = lines_of(row)
        assert (sheet.number, fresh(row).version, fresh(row).seal) == (2, 2, sheet.seal)
        names = ("ALFA", "BRVO", "Supplier K")
        assert [before[one].rank for one in names] == [8, 1, 2]
        assert [lines[one].rank for one in names] == [1, 2, 3]
        assert ComparedLine.objects.filter(publication=row).count() == 2 * len(DID)
        assert lines["ALFA"].alias == before["ALFA"].alias

    def test_is_never_silent_once_published(self, market: Market) -> None:
        row = market.published()

        market.corrected(row, LATER, why="Three were right.")

        [step] = fresh(row).course.steps.filter(move="correct")
        assert (step.on, step.said) == (LATER, {"why": "Three were right."})
        assert {one.version for one in PrintedLine.objects.filter(publication=row)} == {1, 2}
        assert len(printed(row)) == len(DID)

    def test_lets_nobody_out_who_was_withheld_from_readers(self, market: Market) -> None:
        row = market.published(names=True)
        hidden = {one.name for one in printed(row) if one.state == "withheld"}
        few = next(name for name, one in lines_of(row).items() if one.state == "few")
        party = lines_of(row)[few].party

        market.corrected(row, LATER, party=party, numerator=90, denominator=100)

        assert hidden <= {one.name for one in printed(row) if one.state == "withheld"}

    def test_does_it_once_however_often_the_form_is_sent(self, market: Market) -> None:
        for row, day in ((market.opened(), None), (market.published(), LATER)):
            told: dict[str, Any] = {"key": key()} if day is None else {"key": key(), "day": day}
            first = market.corrected(row, **told)

            again = market.corrected(row, **told)

            assert first == again
            assert Sheet.objects.filter(publication=row).count() == 2
        assert acts().count("correct_publication") == 2

    def test_leaves_what_a_body_has(self, market: Market) -> None:
        row = market.recommended()

        with pytest.raises(UnableToCorrect, match="A body has what was sealed"):
            market.corrected(row)

    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"numerator": 180}, "Nothing differs"),
            ({"numerator": 201}, "no more can be good"),
            ({"numerator": 0, "denominator": 0}, "no more can be good"),
            ({"why": " "}, "Say what was wrong"),
        ],
    )
    def test_refuses_what_corrects_nothing(self, market: Market, told: dict[str, Any], match: str) -> None:
        row = market.drafted()

        with pytest.raises(UnableToCorrect, match=match):
            market.corrected(row, **told)
        assert fresh(row).version == 1


class TestCorrectALeague:
    @pytest.fixture(autouse=True)
    def _told(self, settings: Any) -> None:
        settings.OPEN_ISSUES = league.TOLD_BY

    def test_freezes_another_sheet_with_the_places_that_follow(self, market: Market) -> None:
        row = market.opened(**league.LEAGUE)

        market.corrected(row, issues={"severe": Tally(0, 0), "minor": Tally(1, 10)}, why="It was closed.")

        line = lines_of(row)["ALFA"]
        assert (line.version, line.issues, line.rank) == (2, {"minor": [1, 10]}, 11)
        assert lines_of(row)["Supplier D"].rank == 14

    @pytest.mark.parametrize(
        ("issues", "match"),
        [
            ({"severe": Tally(1, 400), "minor": Tally(1, 10)}, "Nothing differs"),
            ({"severe": Tally(0, 3)}, "cannot be"),
            ({"grave": Tally(1, 3)}, "has no weight"),
            ({}, "have anything open"),
        ],
    )
    def test_refuses_what_cannot_be(self, market: Market, issues: dict[str, Tally], match: str) -> None:
        row = market.opened(**league.LEAGUE)

        with pytest.raises(UnableToCorrect, match=match):
            market.corrected(row, issues=issues)

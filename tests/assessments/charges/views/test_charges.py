import csv
import io
from typing import Any

import pytest

from tallystick.assessments.charges.views.charges import pounds
from tallystick.assessments.models import ChargeRun
from tests.assessments.doors import browser, goes_on_to, text
from tests.assessments.market import CLOSED, DID, DRAFTED, Market

TODAY = DRAFTED

pytestmark = pytest.mark.django_db
PROPOSAL = "nobody is charged"


def page_of(row: ChargeRun, tail: str = "") -> str:
    return f"/sec/charges/{row.reference}{tail}"


def shown(acting: Any, row: ChargeRun) -> str:
    asked = browser(acting)
    answers = [asked.get(one) for one in (page_of(row), page_of(row, "/csv"), "/sec/charges")]
    return "\n".join(text(one) for one in answers)


class TestRegister:
    def test_says_plainly_that_a_scheme_is_a_proposal(self, market: Market) -> None:
        market.shown()

        for acting in (market.jo, market.ada):
            page = text(browser(acting).get("/sec/charges"))
            assert "Nobody is charged." in page
            assert "not yet checked" in page

    def test_tells_what_became_of_what_was_computed_to_whom_sees_all(self, market: Market) -> None:
        market.shown()

        assert "What became of what was computed" in text(browser(market.jo).get("/sec/charges"))
        assert "What became of what was computed" not in text(browser(market.ada).get("/sec/charges"))


class TestCharge:
    def test_shows_a_party_its_own_line_alone(self, market: Market) -> None:
        row = market.shown()

        told = shown(market.ada, row)

        assert "£350.00" in told
        assert PROPOSAL in told
        assert "It may be queried until <b>Mon 13 Sep 2021</b>" in told
        assert not [name for name in DID if name != "ALFA" and name in told]
        assert "Every line" not in told

    def test_shows_its_board_and_the_office_all_of_it(self, market: Market, settings: Any) -> None:
        row = market.shown()
        market.passes(row)
        goes_on_to(settings, CLOSED)

        for acting in (market.jo, market.hal, market.obs):
            assert all(name in shown(acting, row) for name in DID)

    def test_is_not_there_for_whom_it_is_not_for(self, market: Market) -> None:
        row = market.computed()

        answers = {name: browser(getattr(market, name)).get(page_of(row)) for name in ("ada", "hal", "pat")}

        assert {one.status_code for one in answers.values()} == {404}


class TestCsv:
    def test_sums_to_the_penny(self, market: Market) -> None:
        row = market.shown()

        rows = list(csv.DictReader(io.StringIO(text(browser(market.jo).get(page_of(row, "/csv"))))))

        pence = {
            name: sum(round(float(one[name]) * 100) for one in rows)
            for name in ("payable", "received", "net")
        }
        assert len(rows) == len(DID)
        assert pence["payable"] == pence["received"] > 0
        assert pence["net"] == 0

    def test_runs_no_formula(self, market: Market) -> None:
        market.alfa.name = "=cmd|' /C calc'!A0"
        market.alfa.save()
        row = market.shown()

        found = text(browser(market.jo).get(page_of(row, "/csv")))

        assert "'=cmd" in found
        assert ",=cmd" not in found


class TestPounds:
    def test_have_thin_groups_and_a_true_minus(self) -> None:
        assert [pounds(one) for one in (0, 5, 123_456_789, -49_583)] == [
            "£0.00",
            "£0.05",
            "£1,234,567.89",
            "\N{MINUS SIGN}£495.83",
        ]

from typing import Any

import pytest

from tallystick.assessments.models import ChargeQuery, ChargeRun, Relief
from tests.assessments.doors import browser, key_of, text
from tests.assessments.market import DRAFTED, JULY, Market, charges_of, fresh, stands

TODAY = DRAFTED

pytestmark = pytest.mark.django_db
NEW = "/sec/charges/new"


def sent(acting: Any, address: str, **told: Any) -> Any:
    asked = browser(acting)
    return asked.post(address, {"key": key_of(asked, address), **told})


class TestCompute:
    def test_reckons_a_landed_month(self, market: Market) -> None:
        answer = sent(market.jo, NEW, scheme="hub_variant", period=JULY)

        row = ChargeRun.objects.get()
        assert (answer.status_code, answer.url) == (302, f"/sec/charges/{row.reference}")

    def test_is_the_offices(self, market: Market) -> None:
        assert {browser(one).get(NEW).status_code for one in (market.ada, market.obs, market.hal)} == {404}


class TestStep:
    def test_shows_each_its_own(self, market: Market) -> None:
        row = market.computed()

        sent(market.jo, f"/sec/charges/{row.reference}/moves/show")

        assert stands(row) == "shown"

    @pytest.mark.parametrize("move", ["approve", "invoice", "redistribute", "nothing"])
    def test_makes_no_move_that_is_not_lawful(self, market: Market, move: str) -> None:
        row = market.shown()
        told = {"key": "k-1", "said_reasons": "So.", "said_invoices": "So.", "said_payments": "So."}

        answer = browser(market.sam).post(f"/sec/charges/{row.reference}/moves/{move}", told)

        assert answer.status_code in (404, 409, 422)
        assert stands(row) == "shown"


class TestQuery:
    def test_is_a_partys_of_its_own_charge(self, market: Market) -> None:
        row = market.shown()

        answer = sent(market.ada, f"/sec/charges/{row.reference}/query", words="Two were right.")

        assert answer.status_code == 302
        assert ChargeQuery.objects.get().party == market.alfa
        for acting, name in ((market.ada, True), (market.jo, True), (market.ben, False)):
            assert ("Two were right." in text(browser(acting).get(answer.url))) is name


class TestAnswer:
    def test_tells_the_party(self, market: Market) -> None:
        row = market.shown()
        market.queried_charge(row)
        told = {"answer": "They were not.", "upheld": "no"}

        answer = sent(market.jo, f"/sec/charges/{row.reference}/queries/1", **told)

        assert "They were not." in text(browser(market.ada).get(answer.url))


class TestCorrect:
    def test_freezes_another_sheet(self, market: Market) -> None:
        row = market.shown()
        told = {"party": "alfa", "numerator": 190, "denominator": 200, "why": "Ten were right."}

        sent(market.jo, f"/sec/charges/{row.reference}/correct", **told)

        assert (fresh(row).version, charges_of(row)["ALFA"].numerator) == (2, 190)


class TestRelieve:
    def test_writes_down_why(self, market: Market) -> None:
        row = market.shown()
        told = {"party": "alfa", "kind": "relieved", "cause": "force_majeure", "why": "A flood."}

        answer = sent(market.jo, f"/sec/charges/{row.reference}/relief", **told)

        assert Relief.objects.get().why == "A flood."
        for acting, name in ((market.ada, True), (market.jo, True), (market.ben, False)):
            assert ("A flood." in text(browser(acting).get(answer.url))) is name

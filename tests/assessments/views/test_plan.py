import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.planning.drawn import drawn_of
from tallystick.assessments.planning.terms import Terms
from tallystick.parties.acting import Acting
from tests.assessments.plan_cast import BUDGET, Cast
from tests.assessments.views.conftest import browser, text

pytestmark = pytest.mark.django_db
PLAN = "/sec/plan/2022-23"
MOST = 12


def page(who: Acting | None, address: str = PLAN) -> str:
    return text(browser(who).get(address))


def asks(who: Acting, address: str) -> int:
    client = browser(who)
    client.get("/sec/waiting")
    with CaptureQueriesContext(connection) as taken:
        text(client.get(address))
    return sum(one["sql"].startswith("SELECT") and "closedday" not in one["sql"] for one in taken)


class TestPlan:
    def test_says_so_while_no_register_is_open(self, cast: Cast) -> None:
        assert "No register is open" in page(cast.jo, "/sec/plan")
        assert "No register is open" in page(None, "/sec/plan")
        assert browser(cast.jo).get(PLAN).status_code == 404

    def test_is_drawn_from_the_register_for_whoever_reads_its_scores(self, cast: Cast) -> None:
        cast.scored_year()

        pages = {name: page(getattr(cast, name), "/sec/plan") for name in ("jo", "hal", "ada")}

        assert "drawn from the register, not saved" in pages["jo"]
        assert "s 21 exposure points" in pages["hal"]
        assert "Save a draft" in pages["jo"]
        assert "Save a draft" not in pages["hal"]
        assert "Nothing to draw a plan from" in pages["ada"]

    def test_moves_with_the_budget_of_its_address(self, cast: Cast) -> None:
        cast.scored_year()

        less, more = (page(cast.jo, f"{PLAN}?budget={one}") for one in ("5", "60"))

        assert '<output id="o-budget" for="budget">£5k</output>' in less
        assert 'value="60"' in more
        assert less.count('pill met">In plan') < more.count('pill met">In plan')

    def test_takes_no_nonsense_for_a_budget(self, cast: Cast) -> None:
        cast.scored_year()

        assert "£67.5k</output>" in page(cast.jo, f"{PLAN}?budget=much")

    def test_shows_a_draft_as_it_was_drawn(self, cast: Cast) -> None:
        cast.scored_year()
        draft = cast.saved(
            terms=Terms(BUDGET, levels={"R-02": "basic"}, fixed={"comparison": False}),
            whys={"comparison": "Not this year."},
        )
        drawn = drawn_of(draft.result)

        cast.of.scored("R-02", (5, 5, 5, 5))
        shown = page(cast.jo)

        assert '<span id="said">draft 1</span>' in shown
        assert f"{drawn.covered * 100:.0f}%</b> of the year" in shown
        assert "s 21 exposure points" in shown
        assert "Left out by a person: Not this year." in shown
        assert "Basic: at least 20%" in shown
        assert "s 30 exposure points" in page(cast.jo, f"{PLAN}?draft=register")

    def test_says_that_another_budget_is_a_trial(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved()

        assert "draft 1 at another budget, not saved" in page(cast.jo, f"{PLAN}?budget=10")

    def test_says_why_nothing_fits(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved(terms=Terms(BUDGET, levels={"R-02": "basic"}))

        assert "No plan fits a budget of £0.00" in page(cast.jo, f"{PLAN}?budget=0")

    def test_is_shown_to_parties_once_it_is_put_forward(self, cast: Cast) -> None:
        cast.scored_year()
        row = cast.drafted()
        before = page(cast.ada)

        cast.put(row)
        after = page(cast.ada)

        assert "Nothing to draw a plan from" in before
        assert row.reference in after
        assert "Save a draft" not in after
        assert "s 21 exposure points" in page(cast.ada, f"{PLAN}?budget=12")

    def test_of_a_draft_that_is_not_there_is_not_found(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved()

        told = [browser(who).get(f"{PLAN}?draft={n}").status_code for who, n in ((cast.jo, 2), (cast.ada, 1))]

        assert told == [404, 404]

    def test_asks_little_of_the_database(self, cast: Cast) -> None:
        cast.scored_year()
        assert asks(cast.jo, PLAN) <= MOST
        row = cast.drafted()
        cast.put(row)

        assert asks(cast.jo, PLAN) <= MOST


class TestCompare:
    def test_shows_two_drafts_beside_each_other(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved(terms=Terms(20_000_00))
        cast.saved()

        shown = page(cast.jo, f"{PLAN}/drafts/1/2")

        assert "Draft 2 beside draft 1" in shown
        assert "£20k" in shown
        assert "£30k" in shown

    def test_is_not_there_for_whoever_sees_no_drafts(self, cast: Cast) -> None:
        cast.scored_year()
        cast.saved()
        cast.saved()

        told = [browser(who).get(f"{PLAN}/drafts/1/2").status_code for who in (cast.ada, cast.hal)]

        assert told == [404, 200]
        assert browser(cast.jo).get(f"{PLAN}/drafts/1/1").status_code == 404

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.planning import drawn
from tallystick.assessments.planning.drawn import drawn_of
from tallystick.assessments.planning.terms import Terms
from tallystick.parties.acting import Acting
from tests.assessments.doors import browser, text
from tests.assessments.dropping import without
from tests.assessments.plan_cast import BUDGET, Cast
from tests.risks.cast import DAY

TODAY = DAY

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
    def test_says_so_while_no_register_is_open(self, plans: Cast) -> None:
        assert "No register is open" in page(plans.jo, "/sec/plan")
        assert "No register is open" in page(None, "/sec/plan")
        assert browser(plans.jo).get(PLAN).status_code == 404

    def test_is_drawn_from_the_register_for_whoever_reads_its_scores(self, plans: Cast) -> None:
        plans.scored_year()

        pages = {name: page(getattr(plans, name), "/sec/plan") for name in ("jo", "hal", "ada")}

        assert "drawn from the register, not saved" in pages["jo"]
        assert "s 21 exposure points" in pages["hal"]
        assert "Save a draft" in pages["jo"]
        assert "Save a draft" not in pages["hal"]
        assert "Nothing to draw a plan from" in pages["ada"]

    def test_moves_with_the_budget_of_its_address(self, plans: Cast) -> None:
        plans.scored_year()

        less, more = (page(plans.jo, f"{PLAN}?budget={one}") for one in ("5", "60"))

        assert '<output id="o-budget" for="budget">£5k</output>' in less
        assert 'value="60"' in more
        assert less.count('pill met">In plan') < more.count('pill met">In plan')

    def test_takes_no_nonsense_for_a_budget(self, plans: Cast) -> None:
        plans.scored_year()

        assert "£67.5k</output>" in page(plans.jo, f"{PLAN}?budget=much")

    def test_shows_a_draft_as_it_was_drawn(self, plans: Cast) -> None:
        plans.scored_year()
        draft = plans.saved(
            terms=Terms(BUDGET, levels={"R-02": "basic"}, fixed={"comparison": False}),
            whys={"comparison": "Not this year."},
        )
        drawn = drawn_of(draft.result)

        plans.of.scored("R-02", (5, 5, 5, 5))
        shown = page(plans.jo)

        assert '<span id="said">draft 1</span>' in shown
        assert f"{drawn.covered * 100:.0f}%</b> of the year" in shown
        assert "s 21 exposure points" in shown
        assert "Left out by a person: Not this year." in shown
        assert "Basic: at least 20%" in shown
        assert "s 30 exposure points" in page(plans.jo, f"{PLAN}?draft=register")

    def test_says_that_another_budget_is_a_trial(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()

        assert "draft 1 at another budget, not saved" in page(plans.jo, f"{PLAN}?budget=10")

    def test_says_why_nothing_fits(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved(terms=Terms(BUDGET, levels={"R-02": "basic"}))

        assert "No plan fits a budget of £0.00" in page(plans.jo, f"{PLAN}?budget=0")

    def test_is_shown_to_parties_once_it_is_put_forward(self, plans: Cast) -> None:
        plans.scored_year()
        row = plans.drafted()
        before = page(plans.ada)

        plans.put(row)
        after = page(plans.ada)

        assert "Nothing to draw a plan from" in before
        assert row.reference in after
        assert "Save a draft" not in after
        assert "s 21 exposure points" in page(plans.ada, f"{PLAN}?budget=12")

    def test_of_a_draft_that_is_not_there_is_not_found(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()

        told = [
            browser(who).get(f"{PLAN}?draft={n}").status_code for who, n in ((plans.jo, 2), (plans.ada, 1))
        ]

        assert told == [404, 404]

    def test_asks_little_of_the_database(self, plans: Cast) -> None:
        plans.scored_year()
        assert asks(plans.jo, PLAN) <= MOST
        row = plans.drafted()
        plans.put(row)

        assert asks(plans.jo, PLAN) <= MOST


class TestCompare:
    def test_shows_two_drafts_beside_each_other(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved(terms=Terms(20_000_00))
        plans.saved()

        shown = page(plans.jo, f"{PLAN}/drafts/1/2")

        assert "Draft 2 beside draft 1" in shown
        assert "£20k" in shown
        assert "£30k" in shown

    def test_is_not_there_for_whoever_sees_no_drafts(self, plans: Cast) -> None:
        plans.scored_year()
        plans.saved()
        plans.saved()

        told = [browser(who).get(f"{PLAN}/drafts/1/2").status_code for who in (plans.ada, plans.hal)]

        assert told == [404, 200]
        assert browser(plans.jo).get(f"{PLAN}/drafts/1/1").status_code == 404


class TestDropped:
    def test_techniques_stay_in_a_draft_and_leave_what_is_drawn_next(
        self, plans: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        plans.scored_year()
        first = plans.saved(terms=Terms(BUDGET, fixed={"charges": False}), whys={"charges": "Not wanted."})
        taken = drawn_of(first.result).techniques
        without(monkeypatch, *taken, "charges")

        own, tried = page(plans.jo), page(plans.jo, f"{PLAN}?budget=20")
        drafting = page(plans.jo, f"{PLAN}/save")

        assert "The draft stays as it was drawn." in own
        assert own.count("a later edition of the rulebook dropped it") == len(taken) + 1
        assert "No longer in the catalogue:" in tried
        assert "The draft stays" not in tried
        assert "Save" in drafting


class TestLarge:
    def test_questions_are_told_of_one_technique_when_somebody_asks(
        self, plans: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(drawn, "LARGE", 0)
        plans.scored_year()
        address = f"{PLAN}?budget=27.5"

        whole, one = page(plans.jo, address), page(plans.jo, f"{address}&why=field_visits")

        assert "&amp;why=field_visits#h-techniques" in whole
        assert whole.count("the question is large") == one.count("the question is large") + 1
        assert page(plans.jo, f"{address}&why=nothing").count("the question is large") == whole.count(
            "the question is large"
        )

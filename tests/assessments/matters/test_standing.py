import datetime as dt

import pytest

from tallystick.assessments.matters.standing import body_of, deferred_on, facts_of, offers_for, stage_of
from tallystick.processes.queries import process_of, rows_of, standing_of
from tests.assessments.market import CLOSED, DECIDED, DRAFTED, Market, fresh, on

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


class TestFactsOf:
    def test_count_the_queries_without_an_answer(self, market: Market) -> None:
        row = market.opened()
        query = market.queried(row)

        before = facts_of(row, DRAFTED)["queries_open"]
        market.answered(query)

        assert (before, facts_of(row, DRAFTED)["queries_open"]) == (1, 0)

    def test_know_who_recommended_it(self, market: Market) -> None:
        assert facts_of(market.checked(), CLOSED)["recommended_by"] is None
        assert facts_of(market.recommended(), CLOSED)["recommended_by"] == "pab"

    def test_know_that_a_scheme_is_proposed_and_what_is_put_off(self, market: Market) -> None:
        row = market.shown()
        market.relieved(row, kind="deferred", until_on=DECIDED)

        found = facts_of(row, DRAFTED)

        assert (found["scheme_status"], found["charges_deferred"]) == ("proposed", 1)
        assert facts_of(row, DECIDED)["charges_deferred"] == 0


class TestDeferredOn:
    def test_is_over_on_its_day_and_by_relief(self, market: Market) -> None:
        row = market.shown()
        [put_off] = market.relieved(row, kind="deferred", until_on=DECIDED)

        assert deferred_on([put_off], DECIDED - DAY) == {market.alfa.pk: put_off}
        assert deferred_on([put_off], DECIDED) == {}
        assert deferred_on([put_off, *market.relieved(row)], DRAFTED) == {}


class TestBodyOf:
    def test_is_the_one_whose_decision_leads_on(self, market: Market) -> None:
        value = process_of(market.drafted().course)

        found = {stage: body_of(value, stage) for stage in ("drafted", "checked", "recommended", "published")}

        assert found == {"drafted": None, "checked": "pab", "recommended": "panel", "published": None}


class TestStageOf:
    def test_is_where_it_stands(self, market: Market) -> None:
        row = market.opened()

        assert stage_of(process_of(row.course), standing_of(row.course, DRAFTED)) == "window"


class TestOffersFor:
    def test_are_of_a_chairs_own_body_alone(self, market: Market) -> None:
        row = fresh(market.checked())
        rows = rows_of([row.course])[row.course_id]
        market.decided_on_nobody(market.pab, CLOSED)

        offered = {
            name: [one.move for one in offers_for(on(getattr(market, name), CLOSED), row, rows)[0]]
            for name in ("hal", "pat", "ada")
        }

        assert offered == {"hal": ["recommend"], "pat": [], "ada": []}

"""What was found of techniques, and the answer to what is proposed."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.assessments.models import EffectAnswer
from tests.assessments import cast as of_techniques
from tests.assessments.cast import GUIDANCE
from tests.assessments.doors import browser, key_of, text
from tests.assessments.plan_cast import Cast
from tests.assessments.planning.found import applied
from tests.risks.cast import DAY

TODAY = DAY

pytestmark = pytest.mark.django_db
PLAN = "/sec/plan/2022-23"
PAGE = f"{PLAN}/effects"
ANSWER = f"{PAGE}/{GUIDANCE}/R-02"
MOST = 12


@pytest.fixture
def year(plans: Cast) -> Cast:
    plans.scored_year()
    applied(plans)
    return plans


class TestPage:
    def test_shows_the_data_beside_the_rulebooks_word(self, year: Cast) -> None:
        page = text(browser(year.jo).get(PAGE))

        assert "6,306 of 7,000 in 7 months before, 4,806 of 5,000 in 5 months after" in page
        assert "40% (Small Supplier)" in page
        assert "<b>61%</b>" in page
        assert "not answered" in page
        assert "AMBER" in page

    def test_is_the_offices(self, year: Cast) -> None:
        codes = [browser(who).get(one).status_code for who in (year.hal, year.ada) for one in (PAGE, ANSWER)]

        assert codes == [404] * 4

    def test_is_empty_where_nothing_was_reported(self, plans: Cast) -> None:
        plans.scored_year()

        assert "Nothing was reported before this period" in text(browser(plans.jo).get(PAGE))
        assert browser(plans.jo).get(ANSWER).status_code == 404

    def test_asks_little_of_the_database(self, year: Cast) -> None:
        client = browser(year.jo)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)

        found = [
            one["sql"] for one in asked if one["sql"].startswith("SELECT") and "closedday" not in one["sql"]
        ]
        assert len(found) <= MOST, found


class TestDraft:
    def test_names_what_was_tried_before(self, year: Cast) -> None:
        of_techniques.among(year.of.of).reported("remedies")

        page = text(browser(year.jo).get(f"{PLAN}/save"))

        assert "(reported before: TEC-2021-2)" in page


class TestAnswer:
    def test_counts_in_what_is_drawn_next(self, year: Cast) -> None:
        client = browser(year.jo)
        told = {"key": key_of(client, ANSWER), "answer": "accept", "reason": "It held for five months."}
        shown = client.get(ANSWER).content.decode().split('name="shown" value="')[1].split('"')[0]

        silent = client.post(ANSWER, {**told, "shown": shown, "reason": ""})
        stale = client.post(ANSWER, {**told, "shown": "0" * 64})
        done = client.post(ANSWER, {**told, "shown": shown})

        assert (silent.status_code, stale.status_code, done.status_code) == (422, 409, 302)
        assert EffectAnswer.objects.get().is_accepted
        assert "It held for five months." in text(client.get(PAGE))
        assert "takes 61% off R-02" in text(client.get(PLAN))

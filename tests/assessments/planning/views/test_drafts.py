import pytest

from tallystick.assessments.models import Draft
from tests.assessments.doors import browser, key_in, text
from tests.assessments.plan_cast import Cast, without_factor
from tests.risks.cast import DAY

TODAY = DAY

pytestmark = pytest.mark.django_db
SAVE = "/sec/plan/2022-23/save"


class TestSave:
    def test_saves_what_is_sent_once(self, plans: Cast) -> None:
        plans.scored_year()
        client = browser(plans.jo)
        page = text(client.get(f"{SAVE}?budget=25"))
        sent = {"key": key_in(page), "budget": "25", "level_R-02": "basic"}

        answers = [client.post(SAVE, sent) for _ in range(2)]

        assert 'value="25"' in page
        assert [one.status_code for one in answers] == [302, 302]
        draft = Draft.objects.get()
        assert (draft.budget, draft.terms["levels"]) == (25_000_00, {"R-02": "basic"})

    def test_says_what_is_wrong_and_keeps_what_was_written(self, plans: Cast) -> None:
        plans.scored_year()
        client = browser(plans.jo)
        key = key_in(text(client.get(SAVE)))

        silent = client.post(SAVE, {"key": key, "budget": "25", "way_charges": "in"})
        poor = client.post(SAVE, {"key": key, "budget": "0", "level_R-02": "high"})

        assert (silent.status_code, poor.status_code) == (422, 409)
        assert "Say why." in silent.content.decode()
        assert "No plan fits a budget of" in poor.content.decode()
        assert not Draft.objects.exists()

    def test_is_the_offices(self, plans: Cast) -> None:
        plans.scored_year()

        told = [browser(who).get(SAVE).status_code for who in (plans.sam, plans.hal, plans.ada, None)]

        assert told == [200, 404, 404, 404]

    def test_is_there_without_a_fresh_factor_since_it_weighs_little(self, plans: Cast) -> None:
        plans.scored_year()

        assert browser(without_factor(plans.jo)).get(SAVE).status_code == 200

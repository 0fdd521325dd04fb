"""The doors of steps, and of what is put to the body that has a matter."""

import pytest

from tallystick.decisions.models import Motion
from tallystick.decisions.views.asked import moment
from tests.cases.cast import person_of
from tests.challenges.cast import APPEAL, GROUNDS, NEXT, REASONS, Chamber, stage
from tests.challenges.views.conftest import browser, key_of, text

pytestmark = pytest.mark.django_db


def said(told: dict[str, str]) -> dict[str, str]:
    return {f"said_{name}": words for name, words in told.items()}


class TestSteps:
    def test_of_a_party_query_and_appeal(self, cast: Chamber) -> None:
        row = cast.served()
        client, address = browser(cast.ada), f"/sec/challenges/{row.reference}/moves"

        form = {"key": key_of(client, f"{address}/query"), **said(GROUNDS)}
        done = client.post(f"{address}/query", form)
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED", when=moment())
        cast.does(row, "reject_query", cast.hal, said=REASONS, decision=decision.reference)
        form = {"key": key_of(client, f"{address}/appeal"), **said(APPEAL)}
        again = client.post(f"{address}/appeal", form)

        assert (done.status_code, again.status_code) == (302, 302)
        assert stage(row) == "appealed"

    def test_ask_what_the_rule_asks(self, cast: Chamber) -> None:
        row = cast.served()
        client, address = browser(cast.ada), f"/sec/challenges/{row.reference}/moves/query"

        answer = client.post(address, {"key": key_of(client, address), "said_grounds": ""})

        assert answer.status_code == 422
        assert stage(row) == "served"

    def test_of_a_chair_carry_out_what_was_decided(self, cast: Chamber) -> None:
        row = cast.queried()
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED")
        client, address = browser(cast.hal), f"/sec/challenges/{row.reference}/moves/reject_query"
        page = text(client.get(address))

        form = {"key": key_of(client, address), "decision": decision.reference, **said(REASONS)}
        answer = client.post(address, form)

        assert decision.reference in page
        assert (answer.status_code, stage(row)) == (302, "answered")

    def test_that_are_not_lawful_are_not_there(self, cast: Chamber) -> None:
        row = cast.served()
        address = f"/sec/challenges/{row.reference}/moves"

        codes = [
            browser(cast.ada).get(f"{address}/appeal").status_code,
            browser(cast.ada).get(f"{address}/serve").status_code,
            browser(cast.jo).get(f"{address}/query").status_code,
            browser(cast.ben).get(f"{address}/query").status_code,
            browser(cast.ada).get(f"{address}/nothing").status_code,
        ]

        assert codes == [404] * 5

    def test_that_came_too_late_are_refused_in_words(self, cast: Chamber) -> None:
        row = cast.served()
        client, address = browser(cast.ada), f"/sec/challenges/{row.reference}/moves/query"
        form = {"key": key_of(client, address), **said(GROUNDS)}
        cast.does(row, "accept")

        answer = client.post(address, form)

        assert answer.status_code == 409
        assert "The matter has ended." in text(answer, 409)

    def test_of_a_dispute_are_taken_likewise(self, cast: Chamber) -> None:
        row = cast.disputed()
        client, address = browser(cast.jo), f"/sec/disputes/{row.reference}/moves/take_up"

        form = {"key": key_of(client, address), "said_error": "Rows were sent twice."}
        answer = client.post(address, form)

        assert (answer.status_code, stage(row)) == (302, "taken_up")
        assert browser(cast.jo).get(f"/sec/disputes/{row.reference}/moves/correct").status_code == 404


class TestMotion:
    def test_is_put_with_those_barred_who_decided(self, cast: Chamber) -> None:
        row = cast.appealed()
        client, address = browser(cast.sam), f"/sec/challenges/{row.reference}/motion"
        page = text(client.get(address))
        form = {
            "key": key_of(client, address),
            "title": "The appeal",
            "question": "Shall it be allowed?",
            "does": "It is allowed.",
            "scheme": "panel",
        }

        answer = client.post(address, form)

        motion = Motion.objects.get()
        assert answer.status_code == 302
        assert "2 who decided before have no vote on it" in page
        assert motion.put_about.course == row.course
        assert (motion.body, motion.party, motion.classification) == (cast.panel, cast.alfa, "amber")
        barred = set(motion.barred.values_list("person", flat=True))
        assert barred == {person_of(cast.bo).pk, person_of(cast.hal).pk}

    def test_of_a_query_bars_nobody(self, cast: Chamber) -> None:
        row = cast.queried()

        page = text(browser(cast.hal).get(f"/sec/challenges/{row.reference}/motion"))

        assert "have no vote on it" not in page

    def test_is_put_to_the_body_that_has_it_by_its_own(self, cast: Chamber) -> None:
        row, disputed = cast.served(), cast.disputed()

        codes = [
            browser(cast.sam).get(f"/sec/challenges/{row.reference}/motion").status_code,
            browser(cast.ada).get(f"/sec/challenges/{row.reference}/motion").status_code,
            browser(cast.sam).get(f"/sec/disputes/{disputed.reference}/motion").status_code,
        ]

        assert codes == [404, 404, 404]

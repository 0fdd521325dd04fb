"""The pages of a challenge and of a dispute."""

import pytest

from tests.challenges.cast import NEXT, Chamber
from tests.challenges.test_deciders import sits
from tests.challenges.views.conftest import asks, browser, text

pytestmark = pytest.mark.django_db


class TestChallenge:
    def test_tells_what_was_decided_and_what_comes_next(self, cast: Chamber) -> None:
        row = cast.served()

        page = text(browser(cast.ada).get(f"/sec/challenges/{row.reference}"))

        for words in (
            row.reference,
            row.decided.reference,
            cast.case_of(row).reference,
            "“Escalate to the PAB” to “Escalate to the Panel”",
            "Time to query",
            "10 working days after 7 September 2021",
            "SEC Panel",
        ):
            assert words in page
        for move in ("query", "accept"):
            assert f"/sec/challenges/{row.reference}/moves/{move}" in page

    def test_says_that_it_suspends_what_was_decided(self, cast: Chamber) -> None:
        row = cast.queried()

        page = text(browser(cast.jo).get(f"/sec/challenges/{row.reference}"))

        assert "It suspends what was decided." in page
        assert "The hubs of July were counted twice." in page

    def test_leads_a_board_to_nothing_that_it_may_not_see(self, cast: Chamber) -> None:
        row = cast.queried()

        page = text(browser(cast.hal).get(f"/sec/challenges/{row.reference}"))

        assert f"/sec/cases/{cast.case_of(row).reference}" not in page
        assert f"/sec/challenges/{row.reference}/motion" in page

    def test_is_not_there_for_others(self, cast: Chamber) -> None:
        row = cast.queried()
        address = f"/sec/challenges/{row.reference}"

        codes = {
            who: browser(getattr(cast, who)).get(address).status_code
            for who in ("ada", "jo", "sam", "aud", "obs", "bo", "hal", "ben", "pat")
        }

        assert {who for who, code in codes.items() if code == 200} == {*codes} - {"ben", "pat"}
        nothing = browser(cast.ben).get("/sec/challenges/CHA-2021-ZZZZ")
        assert (codes["ben"], codes["pat"]) == (404, 404)
        assert browser(cast.ben).get(address).content == nothing.content

    def test_names_who_has_no_vote_on_the_appeal_before_it_is_put(self, cast: Chamber) -> None:
        row = cast.appealed()
        address = f"/sec/challenges/{row.reference}"

        page = text(browser(cast.pat).get(address))
        sits(cast.bo, cast.panel)
        both = text(browser(cast.jo).get(address))

        assert "Two persons took part in what the The PAB decided" in page.replace("2 persons", "Two persons")
        assert "Nobody sits on both." in page
        assert "Bo sits on both, and has no vote on it. Put the appeal from this page" in both

    def test_asks_little_of_the_database(self, cast: Chamber) -> None:
        row = cast.appealed()
        cast.decided(cast.panel, NEXT, verb="REJECTED")

        asked = {
            who: asks(getattr(cast, who), f"/sec/challenges/{row.reference}") for who in ("ada", "pat", "jo")
        }

        assert max(asked.values()) <= 12


class TestDispute:
    def test_tells_the_figure_and_what_is_wrong(self, cast: Chamber) -> None:
        row = cast.disputed()
        assert row.finding is not None

        page = text(browser(cast.ada).get(f"/sec/disputes/{row.reference}"))

        for words in (row.reference, row.finding.reference, "The hubs were counted twice.", "RUN-2021-07"):
            assert words in page
        assert "/moves/withdraw" in page
        assert "/moves/take_up" not in page

    def test_is_not_there_for_others(self, cast: Chamber) -> None:
        row = cast.disputed()

        codes = [
            browser(getattr(cast, who)).get(f"/sec/disputes/{row.reference}").status_code
            for who in ("ada", "jo", "ben", "pat", "hal")
        ]

        assert codes == [200, 200, 404, 404, 404]

    def test_asks_little_of_the_database(self, cast: Chamber) -> None:
        row = cast.disputed()

        assert asks(cast.jo, f"/sec/disputes/{row.reference}") <= 12

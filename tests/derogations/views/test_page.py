import datetime as dt
from typing import Any

import pytest

from tests.cases.promised import computed
from tests.derogations.cast import ASKED, UNTIL, Cast, on
from tests.derogations.views.conftest import browser, goes_on_to, text

pytestmark = pytest.mark.django_db


class TestDerogation:
    def test_shows_what_is_asked_what_was_granted_and_what_it_makes_of_figures(
        self, cast: Cast, settings: Any
    ) -> None:
        row = cast.granted()
        computed(cast.alfa, "2021-10", 71, state="below_minimum")
        goes_on_to(settings, dt.date(2021, 11, 8))

        page = text(browser(cast.ada).get(f"/sec/derogations/{row.reference}"))

        assert "Hubs in the two regions of the north." in page
        assert "In force until Thu 31 Mar 2022" in page
        assert "Report each month." in page
        assert "Below minimum" in page
        assert "70% allowed" in page

    def test_says_of_one_whose_last_day_is_over_that_it_stands_no_more(
        self, cast: Cast, settings: Any
    ) -> None:
        row = cast.granted()
        goes_on_to(settings, UNTIL + dt.timedelta(days=1))

        assert "It stands no more." in text(browser(cast.ada).get(f"/sec/derogations/{row.reference}"))

    def test_is_not_there_for_a_rival_nor_before_it_is_before_ones_board(self, cast: Cast) -> None:
        drafted, submitted = cast.drafted(), cast.submitted()
        assessed = cast.assessed()
        status = {
            (name, row.reference): browser(getattr(cast, name))
            .get(f"/sec/derogations/{row.reference}")
            .status_code
            for name in ("ben", "bo", "hal", "pat", "jo", "ada", "aud", "obs")
            for row in (drafted, submitted, assessed)
        }
        told = {
            name: [status[name, row.reference] for row in (drafted, submitted, assessed)]
            for name in ("ben", "bo", "hal", "pat", "jo", "ada", "aud", "obs")
        }

        assert told["ben"] == told["pat"] == [404, 404, 404]
        assert told["bo"] == told["hal"] == [404, 404, 200]
        assert told["jo"] == told["ada"] == told["aud"] == [200, 200, 200]
        assert told["obs"] == [404, 200, 200]

    def test_of_a_reference_that_was_never_given_out_is_not_there(self, cast: Cast) -> None:
        assert browser(cast.jo).get("/sec/derogations/DER-2021-ZZZZ").status_code == 404

    def test_of_ones_own_keeps_its_history(self, cast: Cast) -> None:
        row = cast.granted()

        page = text(browser(cast.ada).get(f"/sec/history/derogation/{row.handle}"))

        assert f"granted {row.reference} to ALFA" in page


class TestForbearance:
    def test_says_that_the_obligation_stands_and_when_it_is_reviewed(self, cast: Cast) -> None:
        row = cast.forborne()

        page = text(browser(cast.ben).get(f"/sec/forbearance/{row.reference}"))

        assert "The obligation stands for everybody." in page
        assert "Mon 31 Jan 2022" in page

    def test_is_the_offices_alone_until_it_is_decided(self, cast: Cast) -> None:
        row = cast.proposed()
        seen = {
            name: browser(getattr(cast, name)).get(f"/sec/forbearance/{row.reference}").status_code
            for name in ("jo", "sam", "ada", "bo", "pat", "obs")
        }

        assert seen == {"jo": 200, "sam": 200, "ada": 404, "bo": 404, "pat": 404, "obs": 404}
        assert on(cast.jo, ASKED).person is not None

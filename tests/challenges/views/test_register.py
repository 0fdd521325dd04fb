"""The register of challenges and disputes."""

import pytest

from tests.challenges.cast import Chamber
from tests.challenges.views.conftest import asks, browser, text

pytestmark = pytest.mark.django_db


class TestRegister:
    def test_lists_what_one_may_see(self, cast: Chamber) -> None:
        row, disputed = cast.queried(), cast.disputed()

        pages = {
            who: text(browser(getattr(cast, who)).get("/sec/challenges")) for who in ("ada", "ben", "bo")
        }

        assert (row.reference in pages["ada"], disputed.reference in pages["ada"]) == (True, True)
        assert (row.reference in pages["bo"], disputed.reference in pages["bo"]) == (True, False)
        assert (row.reference in pages["ben"], "ALFA" in pages["ben"]) == (False, False)
        assert "suspends the step" in pages["ada"]
        assert "The PAB" in pages["ada"]

    def test_is_sifted(self, cast: Chamber) -> None:
        row, disputed = cast.queried(), cast.disputed()
        client = browser(cast.jo)

        told = {
            asked: (row.reference in page, disputed.reference in page)
            for asked in ("kind=dispute", "kind=challenge", "show=closed", "party=alfa", "party=brvo")
            for page in [text(client.get(f"/sec/challenges?{asked}"))]
        }

        assert told == {
            "kind=dispute": (False, True),
            "kind=challenge": (True, False),
            "show=closed": (False, False),
            "party=alfa": (True, True),
            "party=brvo": (False, False),
        }

    def test_is_not_for_the_public(self, cast: Chamber) -> None:
        cast.served()

        assert browser(cast.jo).get("/sec/challenges").status_code == 200
        assert browser(cast.jo).post("/sec/challenges").status_code == 405

    def test_asks_as_little_however_many_there_are(self, cast: Chamber) -> None:
        cast.queried()
        cast.disputed()
        before = asks(cast.jo, "/sec/challenges")

        cast.served(cast.opened())
        cast.disputed()

        assert asks(cast.jo, "/sec/challenges") == before <= 12

"""Every page before anything was sent or computed: it says so, and what will stand there."""

from collections.abc import Iterator

import pytest
from pytest_django import DjangoDbBlocker

from tests.site.landed import Landed, around_all, invited
from tests.site.test_every_page import WALKERS, walked

pytestmark = pytest.mark.django_db
EMPTY = {
    "/sec/performance": "Not graded yet",
    "/sec/measures": "Nothing graded yet",
    "/sec/findings": "No finding here",
    "/sec/evidence": "No submission here",
    "/sec/exclusions": "No exclusion",
    "/sec/runs": "No run yet",
    "/sec/": "Nothing was sent yet",
    "/sec/search?q=CPM9999": "Nothing found",
}


@pytest.fixture(scope="module")
def bare(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Landed]:
    """Return the same people as elsewhere before anything was sent."""
    with around_all(django_db_blocker):
        world = Landed()
        invited(world)
        yield world


class TestPages:
    @pytest.mark.parametrize("address", EMPTY)
    def test_say_that_there_is_nothing_yet(self, bare: Landed, address: str) -> None:
        answer = bare.client("jo").get(address)

        assert answer.status_code == 200
        assert EMPTY[address] in answer.content.decode()

    @pytest.mark.parametrize("name", WALKERS)
    def test_lead_nowhere_that_is_not_there(self, bare: Landed, name: str) -> None:
        walk = walked(bare.client(name))

        assert walk.dead == []
        assert walk.pages

    def test_of_a_party_say_so_too(self, bare: Landed) -> None:
        page = bare.client("ada").get("/sec/").content.decode()

        assert "No figure of yours yet" in page
        assert "Large Supplier" in page
        assert "Nothing waits" in page

    def test_for_everybody_say_so_too(self, bare: Landed) -> None:
        client = bare.client("public")

        assert "No month graded yet" in client.get("/sec/").content.decode()
        assert "Not graded yet" in client.get("/sec/performance").content.decode()

    @pytest.mark.parametrize(
        "address",
        ["/sec/performance/2021-07", "/sec/performance/2021-07.json", "/sec/measures/CPM1/2021-07"],
    )
    def test_of_a_month_do_not_exist(self, bare: Landed, address: str) -> None:
        for name in ("jo", "public"):
            assert bare.client(name).get(address).status_code == 404

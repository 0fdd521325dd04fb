import datetime as dt

import pytest
from django.test import Client

from tallystick.parties.models import (
    Body,
    Category,
    GroupMembership,
    Identifier,
    Organisation,
    OrganisationGroup,
    Role,
    Seat,
    Standing,
)
from tests.site import people
from tests.site.entering import enter

pytestmark = pytest.mark.django_db
BEGAN = dt.date(2020, 1, 1)


@pytest.fixture
def client() -> Client:
    """Return the browser of an observer, who may read registers."""
    olly, browser = people.person("Olly Marsh"), Client()
    enter(browser, olly, people.role(olly, Role.OBSERVER))
    return browser


@pytest.fixture
def alfa() -> Organisation:
    made = Organisation.objects.create(slug="alfa", name="ALFA")
    Category.objects.create(organisation=made, code="sec", category="large_supplier", from_on=BEGAN)
    return made


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestParties:
    def test_stand_under_their_categories(self, client: Client, alfa: Organisation) -> None:
        Standing.objects.create(organisation=alfa, code="sec", standing=Standing.SOLR, from_on=BEGAN)

        page = text(client, "/sec/parties")

        assert 'href="/sec/parties/alfa"' in page
        assert "Supplier of Last Resort used since" in page

    def test_are_none_until_somebody_enters_them(self, client: Client) -> None:
        assert "Nobody entered yet" in text(client, "/sec/parties")

    @pytest.mark.usefixtures("alfa")
    def test_are_not_shown_to_the_public(self) -> None:
        for address in ("/sec/parties", "/sec/parties/alfa", "/sec/bodies"):
            assert Client().get(address).status_code == 404

    def test_are_only_read(self, client: Client) -> None:
        assert client.post("/sec/parties").status_code == 405


class TestParty:
    def test_is_told_as_registers_know_it(self, client: Client, alfa: Organisation) -> None:
        Identifier.objects.create(organisation=alfa, scheme="mpid", value="ALFA-01", from_on=BEGAN)
        Identifier.objects.create(
            organisation=alfa, scheme="mpid", value="ALFA-00", from_on=BEGAN, until_on=dt.date(2021, 1, 1)
        )
        group = OrganisationGroup.objects.create(name="ALFA Holdings")
        GroupMembership.objects.create(organisation=alfa, group=group, from_on=BEGAN)

        page = text(client, "/sec/parties/alfa")

        assert "ALFA-01" in page
        assert "ALFA-00" not in page
        assert "ALFA Holdings" in page

    @pytest.mark.usefixtures("alfa")
    def test_that_does_not_take_part_is_nothing(self, client: Client) -> None:
        Organisation.objects.create(slug="brvo", name="BRVO")

        for slug in ("brvo", "nobody", "ALFA"):
            assert client.get(f"/sec/parties/{slug}").status_code == 404


class TestBodies:
    def test_show_their_seats_those_empty_among_them(self, client: Client) -> None:
        board = Body.objects.create(code="sec", key="PAB", name="Performance Assurance Board", from_on=BEGAN)
        Seat.objects.create(body=board, name="Networks", from_on=BEGAN)

        page = text(client, "/sec/bodies")

        assert "Performance Assurance Board" in page
        assert "Networks" in page
        assert "empty" in page

    def test_are_none_until_somebody_enters_them(self, client: Client) -> None:
        assert "No body entered yet" in text(client, "/sec/bodies")

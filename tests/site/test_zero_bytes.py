import pytest
from django.test import Client

from tests.site.landed import Landed

pytestmark = pytest.mark.django_db
DOORS = (
    "/sec/measures/CPM1%00/2021-07",
    "/sec/measures/CPM1/2021-07%00",
    "/sec/exclusions?of=%00",
    "/sec/exclusions?state=%00&measure=CPM1",
    "/sec/findings?%00=1",
    "/account/password/reset/key/a-b%00/",
)


class TestZeroBytes:
    @pytest.mark.parametrize("address", DOORS)
    def test_in_an_address_are_no_request_one_can_read(self, landed: Landed, address: str) -> None:
        assert landed.client("jo").get(address).status_code == 400

    def test_in_a_cookie_are_none_either(self, client: Client) -> None:
        client.cookies["tally"] = "a" * 31 + "\0"

        assert client.get("/account/login/").status_code == 400

    def test_in_a_form_are_told_beside_the_field(self, client: Client) -> None:
        answer = client.post("/account/login/", {"login": "jo\0@example.org", "password": "x"})

        assert answer.status_code == 200
        assert "Null characters are not allowed" in answer.content.decode()

    def test_in_the_rows_that_a_form_names_find_no_row(self, landed: Landed) -> None:
        named = {"of": "X-\0", "answer": "confirm"}

        assert landed.client("kit").post("/sec/exclusions/check", named).status_code == 404

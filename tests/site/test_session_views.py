import re

import pytest
from django.test import Client

from tallystick.parties.models import Person, Role
from tests.site import people
from tests.site.entering import code_now, enrol, enter
from tests.site.test_visits import of, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def nia() -> Person:
    return people.person("Nia Fell")


class TestTheList:
    def test_marks_the_one_that_asks_and_names_the_others(self, nia: Person) -> None:
        here = signed_in(nia)
        there = signed_in(nia, "Mozilla/5.0 (iPhone) Version/18.0 Mobile Safari/604.1")

        page = here.get("/account/sessions/").content.decode()

        assert page.count("This one") == 1
        assert "Safari on iPhone" in page
        assert f"/account/sessions/{of(there).handle}/end/" in page
        assert f"/account/sessions/{of(here).handle}/end/" not in page
        assert "End all others" in page

    def test_names_no_session_of_somebody_else(self, nia: Person) -> None:
        signed_in(people.person("Jo Tarn"), "Opera/9.8 (Windows)")

        page = signed_in(nia).get("/account/sessions/").content.decode()

        assert "Opera" not in page
        assert "End all others" not in page

    def test_is_for_who_signed_in(self, client: Client) -> None:
        assert client.get("/account/sessions/").headers["Location"].startswith("/account/login/")

    def test_leaves_out_those_that_are_over(self, nia: Person) -> None:
        signed_in(nia, "Opera/9.8 (Windows)").post("/account/logout/")

        assert "Opera" not in signed_in(nia).get("/account/sessions/").content.decode()


class TestEnding:
    def test_one_closes_it_at_its_next_request_and_no_other(self, nia: Person) -> None:
        here, there, third = (signed_in(nia) for _ in range(3))

        here.post(f"/account/sessions/{of(there).handle}/end/")

        assert [one.get("/account/").status_code for one in (here, there, third)] == [200, 302, 200]

    def test_that_of_somebody_else_finds_nothing(self, nia: Person) -> None:
        other = signed_in(people.person("Jo Tarn"))

        answer = signed_in(nia).post(f"/account/sessions/{of(other).handle}/end/")

        assert answer.status_code == 404
        assert other.get("/account/").status_code == 200

    def test_ones_own_is_signing_out(self, nia: Person) -> None:
        here = signed_in(nia)

        assert here.post(f"/account/sessions/{of(here).handle}/end/").status_code == 404

    def test_none_says_so(self, nia: Person) -> None:
        page = signed_in(nia).post("/account/sessions/end-others/", follow=True).content.decode()

        assert "There was no other session." in page

    @pytest.mark.parametrize("address", ["end-others/", "ABC/end/"])
    def test_takes_nothing_without_the_mark_of_its_form(self, nia: Person, address: str) -> None:
        strict = Client(enforce_csrf_checks=True)
        enter(strict, nia)

        assert strict.post(f"/account/sessions/{address}").status_code == 403


class TestAfterAChangeOfFactors:
    @pytest.mark.django_db(transaction=True)
    def test_one_is_offered_to_end_all_others(self, nia: Person) -> None:
        there, here = signed_in(nia), signed_in(nia)
        page = here.get("/account/2fa/totp/activate/").content.decode()
        found = re.search(r'class="key">(\w+)<', page)
        assert found is not None

        made = here.post("/account/2fa/totp/activate/", {"code": code_now(found[1])}).content.decode()

        assert "another session of yours was open before" in made
        for address in ("/account/", "/account/2fa/", "/account/2fa/passkeys/"):
            assert "another session of yours was open before" in here.get(address).content.decode(), address
        here.post("/account/sessions/end-others/")
        assert there.get("/account/").status_code == 302
        assert "open before" not in here.get("/account/").content.decode()


class TestEveryPage:
    @pytest.mark.parametrize(
        "address", ["/sec/", "/sec/parties", "/account/", "/house/components", "/nowhere/"]
    )
    def test_leads_to_signing_out(self, client: Client, address: str) -> None:
        jo = people.person("Jo Tarn")
        enrol(jo)
        enter(client, jo, people.role(jo, Role.ANALYST))

        page = client.get(address).content.decode()

        assert re.search(r'(action|href)="/account/logout/"', page)
        assert 'aria-label="Sign out"' in page

    def test_says_nothing_of_it_to_the_public(self, client: Client) -> None:
        assert "Sign out" not in client.get("/sec/").content.decode()

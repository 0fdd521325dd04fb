import pytest
from django.test import Client

from tallystick.parties.models import Person, Role
from tallystick.site import alarms, recovery_codes
from tallystick.site.code_forms import shown_by
from tests.site import people
from tests.site.entering import code_now, enrol, enter, sign_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> Person:
    jo = people.person("Jo Tarn")
    people.role(jo, Role.ANALYST)
    return jo


class TestShownBy:
    def test_is_the_factor_that_the_code_is_of(self, jo: Person) -> None:
        secret = enrol(jo)
        recovery = recovery_codes.make(jo)[0]

        found = [shown_by(jo, code) for code in (code_now(secret), recovery, "000000")]

        assert [one and one.type for one in found] == ["totp", "recovery_codes", None]


class TestConfirming:
    def test_takes_a_recovery_code_once(self, client: Client, jo: Person) -> None:
        enrol(jo)
        code = recovery_codes.make(jo)[0]
        enter(client, jo, shown=False)

        right = client.post("/account/2fa/reauthenticate/", {"code": code, "next": "/account/"})
        again = client.post("/account/2fa/reauthenticate/", {"code": code, "next": "/account/"})

        assert (right.status_code, again.status_code) == (302, 200)


class TestAWrongCode:
    def test_counts_among_the_tries_that_were_refused(self, client: Client, jo: Person) -> None:
        enrol(jo)
        sign_in(client, jo.email)

        client.post("/account/2fa/authenticate/", {"code": "000000"})

        assert alarms.refused_before(jo.email) == 1

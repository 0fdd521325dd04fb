import hashlib
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.test import Client

from tallystick.parties.models import Organisation, Person
from tallystick.site.passwords import is_made_up_of, words
from tests.site import people
from tests.site.entering import PASSWORD, enter

pytestmark = pytest.mark.django_db
OF_THE_TRADE = [
    "Tallystick-2021!",
    "SmartEnergyCode",
    "smart energy code 2022",
    "SEC-SEC-SEC-SEC-1",
    "4lderbr00k Energy",
    "alderbrookENERGY12",
    "ALDERBROOK2021!!!!",
    "PerformanceAssurance",
    "Capgemini&Capgemini",
    "Welcome-password-1",
]


def why_refused(password: str) -> list[str]:
    try:
        validate_password(password)
    except ValidationError as refusal:
        return [str(one.code) for one in refusal.error_list]
    return []


class TestWordsOfTheTrade:
    @pytest.mark.parametrize("password", OF_THE_TRADE)
    def test_make_up_no_password(self, password: str) -> None:
        Organisation.objects.create(name="Alderbrook Energy", slug="alderbrook-energy")

        assert "of_the_trade" in why_refused(password)

    @pytest.mark.parametrize(
        "password",
        ["smart foxes sleep under hedges", "Tallystick xk7q mw2p 93", PASSWORD, "470815 999 999 999"],
    )
    def test_may_stand_among_others(self, password: str) -> None:
        assert why_refused(password) == []

    def test_are_those_of_the_rulebook_the_register_and_the_product(self) -> None:
        people.organisation()
        people.body()

        assert words() >= {"tallystick", "sec", "smart", "dcc", "capgemini", "alfa", "pab", "board"}

    def test_count_for_nothing_where_there_are_none(self) -> None:
        assert not is_made_up_of("!!!! ???? ----", frozenset({"tally"}))

    def test_are_refused_on_the_page(self, client: Client) -> None:
        nia = people.person("Nia Fell")
        enter(client, nia)
        new = "Tallystick-2021!"

        page = client.post(
            "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )

        assert "words of the trade" in page.content.decode()
        nia.refresh_from_db()
        assert nia.check_password(PASSWORD)


class TestALeakedPassword:
    @pytest.fixture
    def nia(self, client: Client, settings: Any, tmp_path: Path) -> Person:
        settings.LEAKED_PASSWORDS = tmp_path / "leaked.txt"
        nia = people.person("Nia Fell")
        enter(client, nia)
        return nia

    @pytest.mark.parametrize("is_hashed", [True, False])
    def test_is_refused_where_there_is_a_list(
        self, client: Client, nia: Person, settings: Any, *, is_hashed: bool
    ) -> None:
        new = "under the green hedge"
        digest = hashlib.sha1(new.encode(), usedforsecurity=False).hexdigest().upper()
        settings.LEAKED_PASSWORDS.write_text(f"{digest}:12\n" if is_hashed else f"{new}\n")

        page = client.post(
            "/account/password/change/", {"oldpassword": PASSWORD, "password1": new, "password2": new}
        )

        assert "has leaked elsewhere" in page.content.decode()
        nia.refresh_from_db()
        assert nia.check_password(PASSWORD)

    @pytest.mark.usefixtures("nia")
    def test_is_not_asked_about_where_there_is_none(self, settings: Any) -> None:
        settings.LEAKED_PASSWORDS = None

        assert why_refused("under the green hedge") == []

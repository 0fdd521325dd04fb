from dataclasses import replace

import pytest
from django.test import RequestFactory
from django.urls import resolve

from tallystick.parties.policy.routes import ROUTES
from tallystick.site.floor_plan import PLAN, SAVED_AS, Door, Shell, shell_of
from tests.site.landed import EVERYBODY, Landed

pytestmark = pytest.mark.django_db


def shell(landed: Landed, name: str, address: str) -> Shell:
    request = RequestFactory().get(address)
    request.resolver_match = resolve(address.partition("?")[0])
    return shell_of(request, landed.acting(name))


class TestPlan:
    def test_leads_to_addresses_that_the_policy_knows(self) -> None:
        named = [one for section in PLAN for door in section.doors for one in (door.address, *door.behind)]

        assert [one for one in named if one not in ROUTES] == []
        assert len(named) == len(set(named))


class TestDoor:
    def test_is_closed_where_nobody_wrote_it_down(self, landed: Landed) -> None:
        assert not Door("Nowhere", "unheard_of").is_open_to(landed.acting("jo"))

    def test_is_closed_to_the_public_where_one_has_to_sign_in(self, landed: Landed) -> None:
        account = Door("Account", "account")

        assert not account.is_open_to(landed.acting("public"))
        assert account.is_open_to(landed.acting("nell"))


class TestShell:
    @pytest.mark.parametrize("name", EVERYBODY)
    def test_leads_to_no_door_that_would_refuse_the_reader(self, landed: Landed, name: str) -> None:
        client = landed.client(name)
        shown = shell(landed, name, "/sec/")

        for section in PLAN:
            told = shell(landed, name, f"/sec/{'rulebook' if section.name == 'Rulebook' else 'measures'}")
            for entry in [*shown.entries, *told.registers]:
                assert client.get(entry.href).status_code in (200, 302), entry.href

    def test_says_where_the_reader_is(self, landed: Landed) -> None:
        shown = shell(landed, "jo", "/sec/findings/FND-0000000001")

        assert [one.name for one in shown.entries if one.is_here] == ["Performance"]
        assert [one.name for one in shown.registers if one.is_here] == ["Findings"]
        assert shown.section == "Performance"

    def test_has_no_second_row_with_one_register_in_it(self, landed: Landed) -> None:
        assert shell(landed, "jo", "/sec/").registers == []

    def test_counts_what_waits_for_those_with_a_role(self, landed: Landed) -> None:
        assert shell(landed, "jo", "/sec/").waiting == "/sec/waiting"
        assert shell(landed, "nell", "/sec/").waiting == ""

    def test_offers_a_page_in_its_other_forms_as_of_its_day(self, landed: Landed) -> None:
        shown = shell(landed, "jo", "/sec/performance/2021-07?at=2021-08-20")

        assert shown.formats[0] == ("JSON", "/sec/performance/2021-07.json?at=2021-08-20")
        assert [form for form, _ in shown.formats] == ["JSON", "CSV", "XLSX"]
        assert shell(landed, "jo", "/sec/").formats == []
        assert set(SAVED_AS.values()) <= set(ROUTES)

    def test_of_a_code_that_is_not_served_has_no_title(self, landed: Landed) -> None:
        request = RequestFactory().get("/account/")

        shown = shell_of(request, replace(landed.acting("public"), code="rec"))

        assert shown.code_title == ""

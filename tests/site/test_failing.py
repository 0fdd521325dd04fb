import re
from typing import Any

import pytest
from django.http import Http404
from django.test import Client, RequestFactory
from django.urls import get_resolver

from tallystick.parties.models import Role
from tallystick.site import failing
from tests.site import people
from tests.site.entering import enter, today

pytestmark = pytest.mark.django_db


class TestPages:
    def test_are_those_that_the_site_answers_with(self) -> None:
        handlers = {status: get_resolver().resolve_error_handler(status) for status in (400, 403, 404, 500)}

        assert handlers == {
            400: failing.unreadable,
            403: failing.refused,
            404: failing.not_found,
            500: failing.failed,
        }

    def test_say_what_happened_what_has_not_and_how_to_go_on(self, rf: RequestFactory) -> None:
        request = rf.get("/sec/evidence/E-1")
        pages = [
            failing.unreadable(request, ValueError("x")),
            failing.refused(request, PermissionError("x")),
            failing.not_found(request, Http404("x")),
        ]

        for page in pages:
            assert "Nothing was changed." in page.content.decode()
            assert ">Start page</a>" in page.content.decode()
        assert [page.status_code for page in pages] == [400, 403, 404]

    def test_keep_to_the_content_policy(self, rf: RequestFactory) -> None:
        request = rf.get("/")
        pages: list[Any] = [
            failing.unreadable(request, ValueError()),
            failing.refused(request, PermissionError()),
            failing.not_found(request, Http404()),
            failing.failed(request),
            Client(enforce_csrf_checks=True).post("/account/login/"),
        ]

        for page in pages:
            said = page.content.decode()
            assert "<h1" in said
            assert not re.search(r"<script>|<style|\sstyle=|\son[a-z]+=", said)


class TestNotFound:
    def test_is_one_page_with_nothing_of_the_address_or_of_forms(self, client: Client) -> None:
        pages = {client.get(address).content for address in ("/sec/a/b/c", "/x/y/z", "/sec/evidence")}

        assert len(pages) == 1
        assert b"csrfmiddlewaretoken" not in pages.pop()

    def test_sets_no_cookie(self, client: Client) -> None:
        assert not client.get("/sec/a/b/c").cookies

    def test_keeps_messages_for_the_next_page(self, client: Client) -> None:
        nia = people.person("Nia Fell")
        role = people.role(nia, Role.OBSERVER)
        enter(client, nia, role)
        role.until_on = today()
        role.save()
        client.get("/account/")

        client.get("/sec/a/b/c")

        assert "has ended" in client.get("/account/login/").content.decode()


class TestFailed:
    def test_says_when_and_asks_nothing_of_the_database(
        self, rf: RequestFactory, django_assert_num_queries: object
    ) -> None:
        with django_assert_num_queries(0):  # type: ignore[operator]  # a fixture of pytest-django
            page = failing.failed(rf.get("/")).content.decode()

        assert re.search(r"<b>\d{4}-\d\d-\d\d \d\d:\d\d:\d\d UTC</b>", page)

"""What an address answers before its page is asked."""

import datetime as dt
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import Http404, HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.urls import path, resolve

from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.policy.guard import UnscopedQuery
from tallystick.runs.models import Submission
from tallystick.site.leave import Answer, LeaveMiddleware, without_an_old_factor

DAY = dt.date(2021, 8, 25)
NOW = dt.datetime(2021, 8, 25, 9, 0, tzinfo=dt.UTC)
FOUND = b"found"


def page(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse(FOUND)


def careless(request: HttpRequest, **_: str) -> HttpResponse:
    return HttpResponse(str(Submission.objects.count()))


urlpatterns = [
    path("", page, name="front"),
    path("account/", page, name="account"),
    path("account/login/", page, name="account_login"),
    path("unwritten/", page, name="unwritten"),
    path("nameless/", page),
    path("<slug:code>/runs/", page, name="runs"),
    path("<slug:code>/evidence/", careless, name="evidence"),
    path("<slug:code>/performance/", page, name="month"),
]

pytestmark = pytest.mark.urls(__name__)


def acting(role: str = "", shown: dt.datetime | None = None) -> Acting:
    if not role:
        return Acting("sec", DAY)
    held = Role(role=role, code="sec", from_on=dt.date(2020, 1, 1))
    return Acting("sec", DAY, Person(email="jo@example.org", name="Jo Tarn"), held, shown)


def asked(rf: RequestFactory, address: str, who: Acting, method: str = "GET") -> Any:
    """Return what the door says: nothing where the page may be asked."""
    request = rf.generic(method, address)
    request.user = AnonymousUser()
    request.resolver_match = resolve(address)
    request.acting = who  # type: ignore[attr-defined]  # as the door before puts it there
    middleware = LeaveMiddleware(page)
    return middleware.process_view(request, page, (), request.resolver_match.kwargs)


class Doorman:
    """Stands where `ActingMiddleware` does, and takes people's word for their role."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.acting = acting(request.headers.get("role", ""))  # type: ignore[attr-defined]  # as above
        return self.get_response(request)


class TestLeave:
    @pytest.mark.parametrize("address", ["/unwritten/", "/nameless/"])
    def test_is_not_given_where_nobody_wrote_it_down(self, rf: RequestFactory, address: str) -> None:
        with pytest.raises(Http404):
            asked(rf, address, acting("analyst"))

    def test_is_given_to_all_where_it_is_public(self, rf: RequestFactory) -> None:
        assert asked(rf, "/", acting()) is None
        assert asked(rf, "/sec/performance/", acting()) is None

    def test_leads_to_the_sign_in_where_somebody_has_to_be_known(self, rf: RequestFactory) -> None:
        assert asked(rf, "/account/", acting()).headers["Location"] == "/account/login/?next=/account/"
        assert asked(rf, "/account/", acting("observer")) is None

    def test_is_given_to_roles_with_a_grant(self, rf: RequestFactory) -> None:
        assert asked(rf, "/sec/evidence/", acting("analyst")) is None
        for role in ("", "administrator", "observer", "change_team"):
            with pytest.raises(Http404):
                asked(rf, "/sec/evidence/", acting(role))

    def test_asks_more_of_who_sends_than_of_who_reads(self, rf: RequestFactory) -> None:
        assert asked(rf, "/sec/runs/", acting("observer")) is None
        assert asked(rf, "/sec/runs/", acting("analyst"), "POST") is None
        for method in ("POST", "PUT", "DELETE", "PATCH", "ANYTHING"):
            with pytest.raises(Http404):
                asked(rf, "/sec/runs/", acting("observer"), method)

    def test_is_not_given_to_a_code_that_is_not_served(self, rf: RequestFactory) -> None:
        with pytest.raises(Http404):
            asked(rf, "/other/performance/", acting("analyst"))


class TestOldFactor:
    def test_is_forgotten(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("tallystick.site.leave.timezone.now", lambda: NOW)
        long_ago = NOW - dt.timedelta(hours=13)

        assert without_an_old_factor(acting("analyst", NOW)).second_factor_at == NOW
        assert without_an_old_factor(acting("analyst", long_ago)).second_factor_at is None


class TestSite:
    @pytest.fixture(autouse=True)
    def _doors(self, settings: Any) -> None:
        settings.MIDDLEWARE = [f"{__name__}.Doorman", "tallystick.site.leave.LeaveMiddleware"]

    def test_answers_what_one_may_not_see_as_what_does_not_exist(self, client: Client) -> None:
        answers = [
            client.get(address)
            for address in ("/sec/evidence/", "/unwritten/", "/nameless/", "/nowhere/", "/other/performance/")
        ]

        assert {answer.status_code for answer in answers} == {404}
        assert len({answer.content for answer in answers}) == 1
        assert len({str(answer.headers) for answer in answers}) == 1

    def test_shows_what_is_open(self, client: Client) -> None:
        assert client.get("/sec/performance/").content == FOUND

    @pytest.mark.django_db
    def test_stops_a_page_that_reads_rows_without_asking(self, client: Client) -> None:
        with pytest.raises(UnscopedQuery):
            client.get("/sec/evidence/", headers={"role": "analyst"})

    @pytest.mark.django_db
    def test_lets_an_act_read_what_it_is_about_to_change(self, client: Client) -> None:
        assert client.post("/sec/evidence/", headers={"role": "analyst"}).content == b"0"

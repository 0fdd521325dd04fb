import datetime as dt

import pytest
from django.template.loader import get_template
from django.test import RequestFactory
from jinja2 import UndefinedError

from tallystick.parties.acting import Acting
from tallystick.site import pages

SUMMER = dt.datetime(2021, 7, 1, 23, 30, tzinfo=dt.UTC)


class TestEnvironment:
    def test_escapes_everything(self) -> None:
        made = pages.environment(autoescape=True)

        assert made.from_string("{{ x }}").render(x="<b>") == "&lt;b&gt;"

    def test_stops_at_a_name_that_nobody_gave(self) -> None:
        with pytest.raises(UndefinedError):
            pages.environment(autoescape=True).from_string("{{ nobody }}").render()

    def test_knows_addresses_by_their_names(self) -> None:
        made = pages.environment(autoescape=True)

        assert made.from_string('{{ url("measure", "sec", "CPM1") }}').render() == "/sec/measures/CPM1"
        assert pages.url("home", code="sec") == "/sec/"

    def test_is_that_of_every_page(self) -> None:
        assert get_template("site/search.html").backend.env.autoescape is True  # type: ignore[attr-defined]


class TestDay:
    def test_is_written_as_people_do(self) -> None:
        assert pages.day(dt.date(2021, 10, 5)) == "Tue 5 Oct 2021"


class TestMoment:
    def test_is_that_of_the_sites_zone(self) -> None:
        assert pages.moment(SUMMER) == "Fri 2 Jul 2021 00:30"


class TestShell:
    def test_is_that_of_the_public_where_nobody_was_asked(self) -> None:
        request = RequestFactory().get("/")
        request._messages = []  # type: ignore[attr-defined]  # as the middleware puts them there

        told = pages.shell(request)

        assert isinstance(told["acting"], Acting)
        assert told["acting"].person is None
        assert told["notices"] == []

    def test_takes_no_name_that_a_page_uses_for_its_own(self) -> None:
        request = RequestFactory().get("/")
        request._messages = []  # type: ignore[attr-defined]  # as above

        assert set(pages.shell(request)) == {"acting", "plan", "is_demo", "notices"}


class TestBodyNamed:
    def test_is_what_the_rulebook_calls_it_in_passing(self) -> None:
        assert [pages.body_named("sec", key) for key in ("panel", "smki_pma", "none_such")] == [
            "Panel",
            "SMKI PMA",
            "none_such",
        ]

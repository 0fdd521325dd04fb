"""The page of an act names the matter, and who may read it by the day on which it began."""

import datetime as dt

import pytest
from django.test import RequestFactory

from tallystick.processes.views.asked import About, posted
from tests.processes.matters import cast, noon
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestAbout:
    def test_says_who_may_read_it_as_was_said_on_its_day(self) -> None:
        course = cast().begun()
        days = (BEGAN, dt.date(2018, 1, 1))

        told = {
            About(course, "X-1", "A matter", "ALFA", "/x", ("Matters", "/"), noon(day)).handling
            for day in days
        }

        assert all(told)


class TestPosted:
    def test_is_nothing_where_a_page_was_only_asked_for(self) -> None:
        factory = RequestFactory()

        assert posted(factory.get("/x")) is None  # type: ignore[arg-type]  # a request of nobody yet
        assert posted(factory.post("/x", {"a": "b"}))["a"] == "b"  # type: ignore[arg-type]  # as above

import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.test import RequestFactory
from django.utils import timezone

from tallystick.decisions.rights import matter_facts
from tallystick.decisions.views.asked import (
    DecisionConverter,
    MotionConverter,
    as_file,
    by_the_story,
    found,
    is_let,
    moment,
)
from tallystick.parties.acting import Acting
from tests.decisions.chamber import DAY, chamber, put
from tests.site.entering import now


class TestMoment:
    def test_is_now_where_the_site_has_no_story(self, settings: Any) -> None:
        settings.DEMO_DAY = None

        assert abs(moment() - now()) < dt.timedelta(seconds=5)

    def test_is_the_same_time_on_the_day_that_a_story_ends_on(self, settings: Any) -> None:
        settings.DEMO_DAY = "2021-08-20"

        told, clock = timezone.localtime(moment()), timezone.localtime(now())

        assert told.date() == dt.date(2021, 8, 20)
        assert (told.hour, told.tzinfo) == (clock.hour, clock.tzinfo)


class TestByTheStory:
    def test_is_as_long_before_the_day_of_a_story(self, settings: Any) -> None:
        settings.DEMO_DAY = "2021-08-20"

        told = moment() - by_the_story(now() - dt.timedelta(days=7))

        assert abs(told - dt.timedelta(days=7)) < dt.timedelta(seconds=5)

    def test_is_the_instant_itself_where_there_is_none(self, settings: Any) -> None:
        settings.DEMO_DAY, asked = None, now()

        assert abs(by_the_story(asked) - asked) < dt.timedelta(seconds=5)


class TestConverters:
    def test_keep_a_reference_as_it_is_written(self) -> None:
        for converter in (MotionConverter(), DecisionConverter()):
            assert (
                converter.to_python("MOT-2021-7K3F") == converter.to_url("MOT-2021-7K3F") == "MOT-2021-7K3F"
            )


class TestAsFile:
    def test_is_saved_and_never_opened_in_place(self) -> None:
        answer = as_file("{}", "application/json", "a.json")

        assert answer.headers["Content-Disposition"] == 'attachment; filename="a.json"'
        assert answer.headers["Cache-Control"] == "no-store"


def asked_by(acting: Acting) -> Any:
    request: Any = RequestFactory().post("/")
    request.acting, request._messages = acting, []
    request._messages = Told()
    return request


class Told(list[str]):
    """What a page would say, in the place of its messages."""

    def add(self, _level: int, said: str, _tags: str = "") -> None:
        self.append(said)


@pytest.mark.django_db
class TestFound:
    def test_is_what_may_be_seen_alone(self) -> None:
        pab = chamber()
        one = put(pab)

        assert found(asked_by(pab.secretary), one.reference) == one
        with pytest.raises(Http404):
            found(asked_by(Acting("sec", DAY)), one.reference)


@pytest.mark.django_db
class TestIsLet:
    def test_asks_for_a_second_factor_shown_lately(self) -> None:
        pab = chamber()
        one = put(pab)
        fresh = Acting("sec", DAY, pab.secretary.person, pab.secretary.role, now())
        stale = Acting("sec", DAY, pab.secretary.person, pab.secretary.role, now() - dt.timedelta(hours=1))
        asks = asked_by(stale)

        assert is_let(asked_by(fresh), "t", matter_facts(fresh, one))
        assert not is_let(asks, "t", matter_facts(stale, one))
        assert list(asks._messages) == ["Show your second factor again, then go on. Nothing was changed."]

    def test_lets_nobody_in_who_may_not(self) -> None:
        pab = chamber()
        one = put(pab)
        member = pab.members[0]

        with pytest.raises(PermissionDenied):
            is_let(asked_by(member), "t", matter_facts(member, one))

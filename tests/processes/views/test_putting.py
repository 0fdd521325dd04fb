"""A matter is put to the body that it is before, by those who may put something to that body."""

from dataclasses import replace

import pytest
from django.http import Http404

from tallystick.parties.models import Body
from tallystick.processes.views.putting import asked_body, named
from tests.processes.matters import Cast, cast
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


@pytest.fixture
def pab() -> Cast:
    return cast()


class TestAskedBody:
    def test_is_ones_own_or_any_to_who_is_on_none(self, pab: Cast) -> None:
        panel = Body.objects.create(code="sec", key="panel", name="The Panel", from_on=BEGAN)
        chair, analyst = pab.on("chair"), pab.on("analyst")

        assert [asked_body(one, "pab") for one in (chair, analyst)] == [pab.body, pab.body]
        assert asked_body(analyst, "panel") == panel
        for who, key in (
            (chair, "panel"),
            (analyst, "opsg"),
            (analyst, None),
            (replace(chair, code="rec"), "pab"),
        ):
            with pytest.raises(Http404):
                asked_body(who, key)


class TestNamed:
    def test_is_the_short_name_that_the_code_has(self, pab: Cast) -> None:
        assert named(pab.body) == "the PAB"
        assert named(Body(code="sec", key="xyz", name="The Other Group")) == "The Other Group"

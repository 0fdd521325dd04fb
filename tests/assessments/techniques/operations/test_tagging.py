"""The office says under which classes a technique stands from today on."""

import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Tag
from tallystick.assessments.techniques.catalogue import classes_on, listed
from tallystick.assessments.techniques.operations.tagging import Tagged, UnableToTag, tag_technique
from tests.assessments.cast import DAY, Cast, acts, key

NEXT = DAY + dt.timedelta(days=1)


def tags(cast: Cast, *classes: str, day: dt.date = DAY, **told: Any) -> Tag:
    said = {"technique": "charges", "why": "As elsewhere.", "key": key(), **told}
    by = said.pop("by", cast.jo)
    return tag_technique(tagged=Tagged(classes=classes, **said), **cast.doing(by, day))


class TestTag:
    def test_stands_from_its_day_and_leaves_what_was_before(self, cast: Cast) -> None:
        tags(cast, "corrective", day=NEXT)

        assert classes_on("sec", "charges", DAY) == ("incentivisation", "corrective")
        assert classes_on("sec", "charges", NEXT) == ("corrective",)
        assert acts() == ["tag_technique"]

    def test_counts_the_latest(self, cast: Cast) -> None:
        tags(cast, "corrective")
        tag = tags(cast, "detective", "corrective")

        found = listed(cast.ada, "charges")
        assert found is not None
        assert (found.classes, found.tag) == (("detective", "corrective"), tag)

    def test_is_written_once_by_a_form(self, cast: Cast) -> None:
        assert tags(cast, "corrective", key="one") == tags(cast, "corrective", key="one")
        with pytest.raises(UnableToTag, match="before"):
            tags(cast, "detective", key="one")

    @pytest.mark.parametrize(
        ("classes", "told"),
        [
            ((), {}),
            (("clownish",), {}),
            (("corrective",), {"why": ""}),
            (("corrective",), {"technique": "prayer"}),
            (("corrective", "incentivisation"), {}),
        ],
    )
    def test_refuses_what_cannot_be(self, cast: Cast, classes: tuple[str, ...], told: dict[str, Any]) -> None:
        with pytest.raises(UnableToTag):
            tags(cast, *classes, **told)

    def test_is_the_offices(self, cast: Cast) -> None:
        with pytest.raises(UnableToTag, match="office"):
            tags(cast, "corrective", by=cast.ada)

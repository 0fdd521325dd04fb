"""What is tested is listed before an application starts; how each item went is recorded then."""

import datetime as dt
from typing import Any

import pytest

from tallystick.assessments.models import Certificate, Item, ItemResult, Part
from tallystick.assessments.techniques.concluding import latest
from tallystick.assessments.techniques.operations.answering import UnableToConcludePart
from tallystick.assessments.techniques.operations.testing import (
    Certified,
    UnableToCertify,
    UnableToTest,
    list_items,
    record_certificate,
    record_items,
)
from tests.assessments.cast import AUDIT, TESTING, Cast, acts, key

ITEMS = {"Installs a hub": True, "Reads a meter": True, "Answers an alert": False}
REVIEW = "conformity_review"


def running(cast: Cast) -> Part:
    row = cast.begun(TESTING)
    list_items(application=row, items=ITEMS, key=key(), **cast.doing(cast.jo))
    cast.start(row)
    return cast.part(row)


def records(cast: Cast, part: Part, told: dict[int, str], **more: Any) -> list[ItemResult]:
    said = {"note": "", "key": key(), **more}
    return record_items(part=part, outcomes=told, **said, **cast.doing(cast.jo))


def certifies(cast: Cast, part: Part, **told: Any) -> Certificate:
    said = {
        "device_model": "Hub 200",
        "reference": "CPL-0417",
        "valid_from": dt.date(2021, 9, 1),
        "valid_until": dt.date(2027, 8, 31),
        "key": key(),
        **told,
    }
    return record_certificate(part=part, certified=Certified(**said), **cast.doing(cast.jo))


class TestItems:
    def test_are_listed_while_it_is_planned_and_told_once_it_starts(self, cast: Cast) -> None:
        part = running(cast)

        items = list(part.application.items.order_by("number"))
        assert [(one.number, one.title, one.is_required) for one in items] == [
            (1, "Installs a hub", True),
            (2, "Reads a meter", True),
            (3, "Answers an alert", False),
        ]
        assert {one.publicity for one in items} == {Item.ISSUED}
        assert acts() == ["begin_application", "list_items", "start_application"]

    def test_are_listed_once_by_a_form(self, cast: Cast) -> None:
        row = cast.begun(TESTING)

        made = [list_items(application=row, items=ITEMS, key="one", **cast.doing(cast.jo)) for _ in range(2)]

        assert made[0] == made[1]
        with pytest.raises(UnableToTest, match="once"):
            list_items(application=row, items=ITEMS, key="two", **cast.doing(cast.jo))

    def test_are_of_tests_that_have_not_started(self, cast: Cast) -> None:
        for row in (cast.begun(AUDIT), cast.started(TESTING)):
            with pytest.raises(UnableToTest, match="planned"):
                list_items(application=row, items=ITEMS, key=key(), **cast.doing(cast.jo))
        with pytest.raises(UnableToTest, match="Say"):
            list_items(application=cast.begun(TESTING), items={" ": True}, key=key(), **cast.doing(cast.jo))


class TestRecord:
    def test_lets_the_latest_run_of_an_item_count(self, cast: Cast) -> None:
        part = running(cast)

        records(cast, part, {1: "failed", 2: "passed"}, note="The hub was not found.")
        [again] = records(cast, part, {1: "passed"})

        counts = latest(part.item_results.select_related("item"))
        assert again.number == 2
        assert {one.item.number: one.outcome for one in counts.values()} == {1: "passed", 2: "passed"}

    def test_does_it_once(self, cast: Cast) -> None:
        part = running(cast)

        assert records(cast, part, {1: "failed"}, key="one") == records(cast, part, {1: "failed"}, key="one")

    @pytest.mark.parametrize("told", [{}, {9: "passed"}, {1: "perhaps"}])
    def test_refuses_what_is_no_result(self, cast: Cast, told: dict[int, str]) -> None:
        with pytest.raises(UnableToTest, match="listed items"):
            records(cast, running(cast), told)

    def test_passes_the_part_only_once_all_required_items_have(self, cast: Cast) -> None:
        part = running(cast)
        records(cast, part, {1: "passed", 2: "failed"})

        with pytest.raises(UnableToConcludePart, match="Reads a meter"):
            cast.conclude(part, "passed")
        records(cast, part, {2: "passed"})

        assert cast.conclude(part, "passed").outcome == "passed"
        cast.conclude(cast.part(part.application, cast.brvo), "not_run")
        cast.report(part.application)
        with pytest.raises(UnableToTest, match="under way"):
            records(cast, part, {3: "passed"})


class TestCertify:
    def test_keeps_model_reference_and_days(self, cast: Cast) -> None:
        made = certifies(cast, cast.part(cast.started(REVIEW)))

        assert (made.device_model, made.reference, made.party) == ("Hub 200", "CPL-0417", cast.alfa)
        assert acts()[2:] == ["record_certificate"]

    def test_is_needed_before_a_part_is_certified(self, cast: Cast) -> None:
        part = cast.part(cast.started(REVIEW))

        with pytest.raises(UnableToConcludePart, match="certificate"):
            cast.conclude(part, "certified")
        certifies(cast, part)

        assert cast.conclude(part, "certified").outcome == "certified"

    def test_is_recorded_once(self, cast: Cast) -> None:
        part = cast.part(cast.started(REVIEW))

        assert certifies(cast, part, key="one") == certifies(cast, part, key="one")
        with pytest.raises(UnableToCertify, match="already"):
            certifies(cast, part)

    @pytest.mark.parametrize("told", [{"device_model": ""}, {"valid_until": dt.date(2021, 8, 31)}])
    def test_refuses_what_is_not_whole(self, cast: Cast, told: dict[str, Any]) -> None:
        with pytest.raises(UnableToCertify):
            certifies(cast, cast.part(cast.started(REVIEW)), **told)

    def test_is_of_certification(self, cast: Cast) -> None:
        with pytest.raises(UnableToCertify, match="under way"):
            certifies(cast, cast.part(cast.started(AUDIT)))

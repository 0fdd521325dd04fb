"""What the database holds to of remedies and their milestones."""

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.cases.models import Milestone, MilestoneMet, Remedy
from tallystick.cases.operations.remedies import file_remedy
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.cases.cast import NOTICED, Cast, at, on
from tests.cases.promised import by_hand

pytestmark = pytest.mark.django_db


@pytest.fixture
def remedy(cast: Cast) -> Remedy:
    case = cast.asked(cast.opened())
    return file_remedy(case=case, filed=by_hand(), by=on(cast.ada, NOTICED), at=at(NOTICED, 13))


def again(row: Any, **told: Any) -> None:
    """Write a row a second time, but for what is told."""
    row.pk, row.handle, row._state.adding = None, f"{row.handle[:-1]}-", True
    for name, value in told.items():
        setattr(row, name, value)
    with transaction.atomic():
        row.save(force_insert=True)


class TestRemedy:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"cause": ""}, "a_remedy_has_a_cause"),
            ({"otherwise": ""}, "a_remedy_says_when_it_has_done"),
            ({"measure": "AREA-B", "level": Decimal(97)}, "a_remedy_says_when_it_has_done"),
            ({"signed_by": "Nadia Holt"}, "a_signature_is_whole"),
        ],
    )
    def test_holds_to_what_a_remedy_is(self, remedy: Remedy, told: dict[str, Any], match: str) -> None:
        with pytest.raises(IntegrityError, match=match):
            again(remedy, version=2, key="another", **told)

    def test_stays_as_it_was_filed(self, remedy: Remedy) -> None:
        remedy.cause = "Another"

        with pytest.raises(UnableToChangeARecord):
            remedy.save()
        assert str(remedy) == f"version 1 of {remedy.case_id}"


class TestMilestone:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"number": 2, "thread": 2, "what": ""}, "a_milestone_is_whole"),
            ({"number": 1, "thread": 2}, "number|one_milestone_of_a_number"),
            ({"number": 2, "thread": 1}, "thread|a_milestone_stands_once"),
        ],
    )
    def test_stands_once_and_whole_in_a_version(
        self, remedy: Remedy, told: dict[str, Any], match: str
    ) -> None:
        [milestone] = Milestone.objects.filter(remedy=remedy)
        said = str(milestone)

        with pytest.raises(IntegrityError, match=match):
            again(milestone, **told)

        assert said == f"milestone 1 of {remedy.pk}"

    def test_is_met_by_something(self, cast: Cast, remedy: Remedy) -> None:
        [milestone] = Milestone.objects.filter(remedy=remedy)
        row = MilestoneMet(
            code="sec",
            classification="amber",
            milestone=milestone,
            on=dt.date(2021, 10, 1),
            by_what="",
            verified_by=cast.jo.person,
            verified_at=at(NOTICED),
        )

        with pytest.raises(IntegrityError, match="a_milestone_is_met_by_something"), transaction.atomic():
            row.save()
        assert str(row) == f"{milestone.pk} met on 2021-10-01"

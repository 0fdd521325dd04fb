"""A decision is found by its reference, and written down with the step that carries it out."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.processes.models import CarriedOut, Course
from tallystick.processes.operations.carrying import (
    UnableToTakeStep,
    as_decided,
    carry_out,
    decided_so,
)
from tests.processes.matters import Cast, cast, decided, noon
from tests.processes.way import BEGAN

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
SINCE = noon(BEGAN)


@pytest.fixture
def pab() -> Cast:
    return cast()


def answered(pab: Cast) -> Course:
    course = pab.begun()
    for move in ("open", "ask", "reply"):
        pab.taken(course, move)
    return course


class TestDecision:
    def test_is_found_and_carried_out_once(self, pab: Cast) -> None:
        course, one = answered(pab), decided(pab, "AGREED")
        secretary = pab.on("secretary")

        found = decided_so(course, "accept", f" {one.reference} ", SINCE, secretary)
        assert found is not None
        carry_out(course.steps.latest("pk"), found)

        assert CarriedOut.objects.get().decision == one
        assert as_decided(course, "accept") == {"decided_by": "pab"}
        with pytest.raises(UnableToTakeStep, match="waits to be carried out"):
            decided_so(course, "accept", one.reference, SINCE, secretary)

    def test_that_somebody_may_not_read_is_not_there(self, pab: Cast) -> None:
        course, one = answered(pab), decided(pab, "AGREED", classification="red")
        told = []

        for reference in (one.reference, "DEC-0"):
            with pytest.raises(UnableToTakeStep) as refusal:
                decided_so(course, "accept", reference, SINCE, pab.on("analyst"))
            told.append(str(refusal.value).replace(reference, "X"))

        assert told[0] == told[1]

    def test_that_is_challenged_says_so_to_who_may_read_it_alone(
        self, pab: Cast, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tallystick.processes.operations.carrying.stayed_by", lambda *_: "CHA-1")
        monkeypatch.setattr("tallystick.processes.operations.carrying.undone", lambda *_: [])
        course = answered(pab)
        told = []

        for classification in ("amber", "red"):
            one = decided(pab, "AGREED", classification=classification)
            with pytest.raises(UnableToTakeStep) as refusal:
                decided_so(course, "accept", one.reference, SINCE, pab.on("analyst"))
            told.append("CHA-1" in str(refusal.value))

        assert told == [True, False]

    def test_is_named(self, pab: Cast) -> None:
        course = answered(pab)

        with pytest.raises(UnableToTakeStep, match="Say which motion or decision of the PAB"):
            decided_so(course, "accept", "", SINCE, pab.on("chair"))

    def test_is_for_the_bodys_own_chair(self, pab: Cast) -> None:
        course, one = answered(pab), decided(pab, "AGREED")
        other: Any = pab.on("chair")
        other.role.body = None

        with pytest.raises(UnableToTakeStep, match="its own chair"):
            decided_so(course, "accept", one.reference, SINCE, other)

    def test_belongs_to_no_step_that_is_not_a_bodys(self, pab: Cast) -> None:
        course = pab.begun()

        assert decided_so(course, "open", "", SINCE, pab.on("analyst")) is None
        with pytest.raises(UnableToTakeStep, match="Leave the reference out"):
            decided_so(course, "open", "DEC-1", SINCE, pab.on("analyst"))


class TestCarriedOut:
    def test_is_one_decision_or_one_motion(self, pab: Cast) -> None:
        course = pab.begun()
        row = CarriedOut(course=course, step=pab.taken(course, "open"))

        with pytest.raises(IntegrityError, match="what_is_carried_out_was_decided"), transaction.atomic():
            row.save()

        assert str(row) == f"{row.step_id} of {course.pk}"

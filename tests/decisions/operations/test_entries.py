import pytest
from django.db import transaction

from tallystick.decisions.operations.entries import enter, locked
from tests.decisions.chamber import LATER, chamber, put, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestEnter:
    def test_names_the_row_by_its_handle_and_class(self) -> None:
        pab = chamber()
        motion = put(pab, party=pab.parties["ALFA"])

        with transaction.atomic():
            entry = enter("try", motion, pab.secretary, LATER, "tried", motion=motion.reference)

        assert (entry.act, entry.kind, entry.handle) == ("decisions.try", "motion", motion.handle)
        assert (entry.code, entry.classification) == ("sec", "amber")
        assert told_of(motion)[-1] == ("decisions.try", {"motion": motion.reference})


class TestLocked:
    def test_is_the_motion_as_it_stands(self) -> None:
        motion = put(chamber())
        motion.title = "Not saved"

        with transaction.atomic():
            assert locked(motion).title == "Approve the plan"

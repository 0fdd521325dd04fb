import pytest
from django.db import IntegrityError, transaction

from tallystick.decisions.keeping import UnableToChangeARecord
from tests.derogations.cast import ASKED, Cast

pytestmark = pytest.mark.django_db


class TestForbearance:
    def test_keeps_its_words(self, cast: Cast) -> None:
        row = cast.proposed()
        row.why = "Other words"

        with pytest.raises(UnableToChangeARecord):
            row.save()

    def test_does_not_stand_without_a_review(self, cast: Cast) -> None:
        row = cast.proposed()
        row.since_on = ASKED

        with transaction.atomic(), pytest.raises(IntegrityError):
            row.save(update_fields=["since_on"])

"""What acts on challenges and disputes share."""

import pytest
from django.db import transaction

from tallystick.challenges.operations.entries import enter, locked_challenge, locked_dispute
from tests.cases.cast import at, last_said
from tests.challenges.cast import SERVED, Chamber

pytestmark = pytest.mark.django_db


class TestEntries:
    def test_name_the_matter(self, cast: Chamber) -> None:
        row = cast.disputed()

        enter("looked", row, cast.jo, at(SERVED), "looked at it", {"so": "it is"})

        assert last_said() == ("looked at it", {"dispute": row.reference, "so": "it is"})


class TestLocks:
    def test_give_each_as_it_stands(self, cast: Chamber) -> None:
        served, raised = cast.served(), cast.disputed()

        with transaction.atomic():
            challenge, dispute = locked_challenge(served), locked_dispute(raised)

        assert (challenge, dispute) == (served, raised)
        assert challenge.decided == served.decided

"""What the database holds to of challenges and disputes."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tests.challenges.cast import Chamber
from tests.decisions.kept import another

pytestmark = pytest.mark.django_db


def is_refused(row: Any, match: str, **told: Any) -> None:
    for name, value in told.items():
        setattr(row, name, value)
    with pytest.raises(IntegrityError, match=match), transaction.atomic():
        another(row).save()


class TestChallenge:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"classification": "green"}, "a_challenge_is_confidential"),
            ({"decision": None}, "what_is_challenged_was_decided"),
            ({"key": ""}, "a_challenge_says_by_which_form"),
            ({"publicity": "secret"}, "challenge_is_a_draft_or_issued"),
        ],
    )
    def test_holds_to_what_a_challenge_is(self, cast: Chamber, told: dict[str, Any], match: str) -> None:
        is_refused(cast.served(), match, **told)

    def test_is_called_by_its_reference_and_knows_what_was_decided(self, cast: Chamber) -> None:
        row = cast.served()

        assert str(row) == row.reference
        assert row.decided == row.decision


class TestDispute:
    @pytest.mark.parametrize(
        ("told", "match"),
        [
            ({"finding": None}, "a_dispute_is_about_a_figure"),
            ({"classification": "white"}, "a_dispute_is_confidential"),
        ],
    )
    def test_holds_to_what_a_dispute_is(self, cast: Chamber, told: dict[str, Any], match: str) -> None:
        is_refused(cast.disputed(), match, **told)

    def test_is_called_by_its_reference(self, cast: Chamber) -> None:
        row = cast.disputed()

        assert str(row) == row.reference

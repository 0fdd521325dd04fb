"""What the database holds to of messages and notes."""

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.cases.models import Message, Note
from tallystick.decisions.keeping import UnableToChangeARecord
from tests.cases.cast import NOTICED, Cast, at, key

pytestmark = pytest.mark.django_db


def message(cast: Cast, **told: Any) -> Message:
    said = {"code": "sec", "classification": "amber", "text": "Well?", "from_party": False, "key": key()}
    case = cast.opened()
    return Message(case=case, sent_by=cast.jo.person, sent_at=at(NOTICED), **{**said, **told})


class TestMessage:
    @pytest.mark.parametrize(
        ("told", "match"),
        [({"text": ""}, "a_message_says_something"), ({"key": ""}, "a_message_says_something")],
    )
    def test_says_something(self, cast: Cast, told: dict[str, Any], match: str) -> None:
        with pytest.raises(IntegrityError, match=match), transaction.atomic():
            message(cast, **told).save()

    def test_is_read_by_somebody_after_it_is_sent(self, cast: Cast) -> None:
        early = at(NOTICED) - dt.timedelta(seconds=1)

        for told in ({"read_at": at(NOTICED)}, {"read_at": early, "read_by": cast.ada.person}):
            with (
                pytest.raises(IntegrityError, match="a_message_is_read_by_somebody"),
                transaction.atomic(),
            ):
                message(cast, **told).save()

    def test_stays_as_it_was_sent(self, cast: Cast) -> None:
        row = message(cast)
        row.save()
        row.text = "Another"

        with pytest.raises(UnableToChangeARecord):
            row.save()
        with pytest.raises(UnableToChangeARecord):
            row.delete()
        assert str(row) == f"message on {row.case_id}"


class TestNote:
    def test_belongs_to_no_party(self, cast: Cast) -> None:
        case = cast.opened()
        row = Note(
            code="sec",
            classification="amber",
            party=cast.alfa,
            case=case,
            text="A note",
            by=cast.jo.person,
            at=at(NOTICED),
            key=key(),
        )

        with pytest.raises(IntegrityError, match="a_note_is_internal"), transaction.atomic():
            row.save()
        assert str(row) == f"note on {case.pk}"

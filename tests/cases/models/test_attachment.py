"""What the database holds to of attachments."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from tallystick.cases.models import Attachment
from tallystick.cases.models.attachment import weighed
from tests.cases.cast import Cast

pytestmark = pytest.mark.django_db


def attachment(cast: Cast, **told: Any) -> Attachment:
    message = cast.told(cast.opened()).messages.get()
    said = {"name": "a.pdf", "size": 1, "sha256": "0" * 64, "number": 1, "media": "pdf", **told}
    return Attachment(code="sec", classification="amber", message=message, **said)


class TestAttachment:
    @pytest.mark.parametrize("told", [{"name": ""}, {"sha256": ""}, {"size": 0}, {"size": -1}])
    def test_is_there_or_gone_and_never_half(self, cast: Cast, told: dict[str, Any]) -> None:
        with pytest.raises(IntegrityError, match="an_attachment_is_there_or_gone"), transaction.atomic():
            attachment(cast, **told).save()

    def test_has_a_number_of_its_own(self, cast: Cast) -> None:
        one, other = attachment(cast), attachment(cast)
        one.save()
        other.message = one.message

        with pytest.raises(IntegrityError), transaction.atomic():
            other.save()


class TestWeighed:
    @pytest.mark.parametrize(
        ("size", "said"),
        [
            (1, "1 byte"),
            (12, "12 bytes"),
            (999, "999 bytes"),
            (1_000, "1 KB"),
            (999_999, "999 KB"),
            (1_260_000, "1.3 MB"),
        ],
    )
    def test_is_said_as_people_do(self, size: int, said: str) -> None:
        assert weighed(size) == said

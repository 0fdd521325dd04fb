"""What addresses of challenges and disputes name."""

import pytest

from tallystick.challenges.views.asked import ChallengeConverter, DisputeConverter, about
from tests.challenges.cast import Chamber

pytestmark = pytest.mark.django_db


class TestConverters:
    def test_take_references_as_they_are(self) -> None:
        for one in (ChallengeConverter(), DisputeConverter()):
            assert one.to_url(one.to_python("CHA-2021-7K3F")) == "CHA-2021-7K3F"


class TestAbout:
    def test_is_named_by_its_register_and_its_party(self, cast: Chamber) -> None:
        row = cast.served()

        told = about(row)

        assert (told.reference, told.who, told.title) == (
            row.reference,
            "ALFA",
            row.decided.title,
        )
        assert told.href == f"/sec/challenges/{row.reference}"
        assert told.register == ("Challenges", "/sec/challenges")
        assert told.handling

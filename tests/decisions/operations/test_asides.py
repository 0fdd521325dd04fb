import pytest

from tallystick.decisions.models import StoodAside
from tallystick.decisions.operations.asides import put_aside
from tests.decisions.chamber import LATER, chamber, opened, seat_at, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestPutAside:
    @pytest.mark.parametrize("why", [why for why, _ in StoodAside.WHYS])
    def test_has_an_entry_of_its_own(self, why: str) -> None:
        pab = chamber()
        motion = opened(pab, party=pab.parties["ALFA"])

        row = put_aside(motion, seat_at(motion), why, pab.secretary, LATER, "I advised them")

        assert told_of(motion)[-1] == (
            "decisions.stand_aside",
            {"motion": motion.reference, "seat": pab.seats[0].handle},
        )
        assert (row.person, row.party, row.classification) == (
            pab.members[0].person,
            pab.parties["ALFA"],
            "amber",
        )

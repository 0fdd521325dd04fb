import datetime as dt
from dataclasses import replace

import pytest

from tallystick.decisions import waiting
from tests.decisions.chamber import CLOSES, cast, chamber, opened, unknown

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("rules"),
    pytest.mark.urls("tests.decisions.addresses"),
]


class TestVotesOpen:
    def test_wait_on_members_until_they_voted(self) -> None:
        pab = chamber()
        motion = opened(pab)

        [one] = waiting.votes_open(pab.members[0])
        cast(pab, motion, 0)

        assert (one.title, one.words) == ("Vote: Approve the plan", "The PAB, for Seat 001")
        assert (one.due, one.classification) == (CLOSES.date(), "white")
        assert one.href == f"/sec/decisions/{motion.reference}"
        assert waiting.votes_open(pab.members[0]) == []
        assert waiting.votes_open(pab.secretary) == []


class TestConflictsToDeclare:
    def test_wait_on_those_whose_employer_nobody_knows(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])

        [one] = waiting.conflicts_to_declare(pab.members[0])

        assert one.href.endswith(motion.reference)
        assert one.words.startswith("The PAB votes on a matter of ALFA")
        assert waiting.votes_open(pab.members[0]) == []
        assert (
            waiting.conflicts_to_declare(pab.members[1]) == waiting.conflicts_to_declare(pab.secretary) == []
        )


class TestVotesToClose:
    def test_wait_on_chair_and_secretary_from_the_day_on_which_they_end(self) -> None:
        pab = chamber()
        motion = opened(pab)
        chair, before = (replace(pab.chair, day=CLOSES.date() - dt.timedelta(days=ago)) for ago in (0, 1))

        [one] = waiting.votes_to_close(chair)

        assert one.words == f"The PAB, {motion.reference}: its time ends, or everybody has voted"
        assert waiting.votes_to_close(before) == []
        assert waiting.votes_to_close(pab.members[0]) == []
        assert len(waiting.votes_to_close(replace(pab.secretary, day=CLOSES.date()))) == 1

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from tallystick.decisions import waiting
from tallystick.decisions.operations.closing import close_vote
from tallystick.parties.acting import Acting
from tests.decisions.chamber import CLOSES, DAY, cast, chamber, opened, unknown
from tests.decisions.operations.test_records import taken
from tests.site.entering import now

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


class TestDecided:
    @pytest.fixture(autouse=True)
    def _on_the_day(self, settings: Any) -> None:
        settings.DEMO_DAY = DAY.isoformat()

    def test_tells_of_votes_that_closed_and_of_what_others_recorded(self) -> None:
        pab = chamber()
        runs, done, about = opened(pab), opened(pab), opened(pab, party=pab.parties["ALFA"])
        for one in (done, about):
            close_vote(motion=one, by=pab.chair, at=CLOSES)
        made = taken(pab)
        since = now() - dt.timedelta(days=2)

        def told(acting: Acting) -> set[str]:
            return {one.name for one in waiting.decided(acting, since)}

        assert told(pab.members[0]) == {done.reference, about.reference, made.reference}
        assert told(pab.secretary) == {done.reference, about.reference}
        assert told(Acting("sec", DAY)) == {done.reference, made.reference}
        assert runs.reference not in told(pab.secretary)
        [closed] = [one for one in waiting.decided(pab.members[0], since) if one.name == about.reference]
        assert closed.words == "The PAB voted on “Approve the plan”, which is without a quorum"
        assert closed.classification == "amber"
        assert (
            closed.at > since
        )  # and so among what other rooms tell, also where the story is of another year

    def test_is_of_what_came_since(self) -> None:
        pab = chamber()
        taken(pab)

        assert waiting.decided(pab.members[0], now() + dt.timedelta(days=1)) == []


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

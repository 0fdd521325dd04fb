import pytest

from tallystick.decisions.counting import Ballot, CastingVote, StoodAside
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.operations.motions import Bar
from tallystick.decisions.operations.voting import give_casting_vote
from tallystick.decisions.queries import motions
from tallystick.decisions.rolls import barred_at, vote_of
from tests.decisions.chamber import CLOSES, LATER, cast, chamber, opened, paper, person_of, unknown

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestVoteOf:
    def test_has_the_acts_in_the_order_in_which_they_were_done(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="recast")
        cast(pab, motion, 1)
        give_casting_vote(motion=motion, paper=paper("reject"), by=pab.chair, at=LATER)
        stand_aside(motion=motion, words="I drafted it", by=pab.members[0], at=LATER)
        cast(pab, motion, 1, "reject")

        vote = vote_of(motion)

        one, two = pab.seats[0].handle, pab.seats[1].handle
        assert vote.acts == (
            Ballot(two, "approve"),
            CastingVote("reject"),
            StoodAside(one),
            Ballot(two, "reject"),
        )
        assert [seat.as_facts() for seat in vote.seats] == [
            {"seat": seat.handle, "constituency": "member", "weight": 1, "state": "filled"}
            for seat in pab.seats
        ]

    def test_counts_who_still_has_to_declare_as_aside_until_they_do(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])

        before = vote_of(motion)
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)
        after = vote_of(motion)

        assert (before.count.aside, before.count.able) == (1, 2)
        assert (after.count.aside, after.count.able) == (0, 3)

    def test_is_complete_when_nobody_is_left_to_vote_or_to_declare(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])
        cast(pab, motion, 1)
        assert not vote_of(motion).is_complete

        cast(pab, motion, 2)
        assert not vote_of(motion).is_complete
        stand_aside(motion=motion, words="I advised them", by=pab.members[0], at=LATER)

        assert vote_of(motion).is_complete

    def test_of_a_closed_vote_gives_the_frozen_count(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])
        cast(pab, motion, 1)
        ended = close_vote(motion=motion, by=pab.chair, at=CLOSES)

        assert vote_of(ended).count.as_facts() == ended.count


class TestBarredAt:
    def test_tells_who_has_no_vote_and_why_however_the_motion_was_found(self) -> None:
        pab = chamber()
        person = person_of(pab.members[0])
        plain, with_bars = opened(pab), opened(pab, bars=(Bar(person, "decided before"),))
        found = {one.reference: one for one in motions(pab.secretary)}

        told = [barred_at(one) for one in (plain, with_bars)]
        shown = [barred_at(found[one.reference]) for one in (plain, with_bars)]

        assert told == shown == [{}, {person.pk: "decided before"}]

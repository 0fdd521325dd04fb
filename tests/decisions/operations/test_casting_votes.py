from dataclasses import replace

import pytest

from tallystick.decisions.operations.conflicts import stand_aside
from tallystick.decisions.operations.voting import UnableToCastVote, give_casting_vote
from tests.decisions.chamber import AT, LATER, chamber, opened, paper, told_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestGiveCastingVote:
    def test_is_the_chairs_and_of_no_seat(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="casting")

        given = give_casting_vote(motion=motion, paper=paper(key="once"), by=pab.chair, at=LATER)
        again = give_casting_vote(motion=motion, paper=paper(key="once"), by=pab.chair, at=LATER)
        other_tab = give_casting_vote(motion=motion, paper=paper(), by=pab.chair, at=LATER)

        assert given == again == other_tab
        assert (given.seat, given.right) == (None, "casting")
        assert told_of(motion)[2:] == [
            ("decisions.give_casting_vote", {"motion": motion.reference, "choice": "approve"})
        ]

    def test_stays_unless_the_scheme_lets_it_change(self) -> None:
        pab = chamber()
        fixed, loose = opened(pab, scheme="casting"), opened(pab, scheme="recast")
        for motion in (fixed, loose):
            give_casting_vote(motion=motion, paper=paper(), by=pab.chair, at=LATER)

        with pytest.raises(UnableToCastVote, match="stays as it is"):
            give_casting_vote(motion=fixed, paper=paper("reject"), by=pab.chair, at=LATER)
        changed = give_casting_vote(motion=loose, paper=paper("reject"), by=pab.chair, at=LATER)

        assert changed.version == 2

    def test_is_for_or_against(self) -> None:
        pab = chamber()

        with pytest.raises(UnableToCastVote, match="for or against"):
            give_casting_vote(
                motion=opened(pab, scheme="casting"), paper=paper("abstain"), by=pab.chair, at=LATER
            )

    def test_is_refused_to_others_and_where_the_scheme_has_none(self) -> None:
        pab, opsg = chamber(), chamber(1, key="OPSG")
        motion = opened(pab, scheme="casting")

        for by, because in ((pab.members[0], "is the chair's"), (opsg.chair, "acting on it")):
            with pytest.raises(UnableToCastVote, match=because):
                give_casting_vote(motion=motion, paper=paper(), by=by, at=LATER)
        with pytest.raises(UnableToCastVote, match="has no casting vote"):
            give_casting_vote(motion=opened(pab), paper=paper(), by=pab.chair, at=LATER)

    def test_is_refused_to_a_chair_with_a_conflict(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="casting")
        stand_aside(motion=motion, words="I drafted it", by=pab.chair, at=LATER)

        with pytest.raises(UnableToCastVote, match="You declared a conflict"):
            give_casting_vote(motion=motion, paper=paper(), by=replace(pab.chair), at=AT)

import pytest

from tallystick.decisions.models import StoodAside
from tallystick.decisions.operations.conflicts import UnableToDeclare, declare_no_conflict, stand_aside
from tests.decisions.chamber import (
    LATER,
    acting_on,
    alternate,
    cast,
    chamber,
    opened,
    put,
    seat_at,
    term_of,
    told_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestDeclareNoConflict:
    def test_lets_somebody_vote_whose_employer_nobody_knows(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])

        first = declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)
        again = declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)

        assert first == again
        assert cast(pab, motion, 0).choice == "approve"
        assert [act for act, _ in told_of(motion)][2:] == [
            "decisions.declare_no_conflict",
            "decisions.cast_vote",
        ]

    def test_is_refused_to_who_works_for_the_party_or_declared_a_conflict(self) -> None:
        pab = chamber()
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, pab.parties["ALFA"]
        term.save()
        motion = opened(pab, party=pab.parties["ALFA"])
        stand_aside(motion=motion, words="I advised them", by=pab.members[1], at=LATER)

        with pytest.raises(UnableToDeclare, match="You work for the party"):
            declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)
        with pytest.raises(UnableToDeclare, match="which stands"):
            declare_no_conflict(motion=motion, by=pab.members[1], at=LATER)

    def test_is_for_members_at_an_open_vote(self) -> None:
        pab = chamber()
        stranger = acting_on(pab.body, "Ivy Lorne")
        motion = opened(pab)

        with pytest.raises(UnableToDeclare, match="is not open"):
            declare_no_conflict(motion=put(pab), by=pab.members[0], at=LATER)
        with pytest.raises(UnableToDeclare, match="acting on it"):
            declare_no_conflict(motion=motion, by=pab.secretary, at=LATER)
        with pytest.raises(UnableToDeclare, match="hold no seat"):
            declare_no_conflict(motion=motion, by=stranger, at=LATER)


class TestStandAside:
    def test_takes_the_vote_of_the_seat_for_good(self) -> None:
        pab = chamber()
        motion = opened(pab)

        stand_aside(motion=motion, words="I drafted it", by=pab.members[0], at=LATER)
        stand_aside(motion=motion, words="I drafted it", by=pab.members[0], at=LATER)

        [one] = motion.stood_aside.all()
        assert (one.why, one.words, one.seat) == (StoodAside.DECLARED, "I drafted it", seat_at(motion))
        assert told_of(motion)[2:] == [
            ("decisions.stand_aside", {"motion": motion.reference, "seat": pab.seats[0].handle})
        ]

    def test_can_come_after_one_had_declared_none(self) -> None:
        pab = chamber()
        motion = opened(pab)
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)

        declared = stand_aside(motion=motion, words="I had forgotten", by=pab.members[0], at=LATER)

        assert declared.has_conflict
        assert motion.declarations.count() == 1

    def test_of_an_alternate_leaves_the_seat_its_vote(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion = opened(pab)

        stand_aside(motion=motion, words="I drafted it", by=ivy, at=LATER)

        assert not motion.stood_aside.exists()
        assert told_of(motion)[-1][0] == "decisions.declare_conflict"
        assert cast(pab, motion, 0).right == "holder"

    def test_says_what_the_conflict_is(self) -> None:
        pab = chamber()

        with pytest.raises(UnableToDeclare, match="Say what the conflict is"):
            stand_aside(motion=opened(pab), words=" ", by=pab.members[0], at=LATER)

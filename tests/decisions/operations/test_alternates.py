import pytest

from tallystick.decisions.operations.conflicts import declare_no_conflict
from tallystick.decisions.operations.voting import (
    UnableToCastVote,
)
from tallystick.parties.models import Membership
from tests.decisions.chamber import (
    BEGAN,
    DAY,
    LATER,
    alternate,
    cast,
    chamber,
    opened,
    person_of,
    term_of,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


class TestAlternates:
    def test_vote_for_one_seat_in_its_holders_absence(self) -> None:
        pab = chamber(3)
        ivy = alternate(pab, 0)
        Membership.objects.create(
            seat=pab.seats[1], person=person_of(ivy), alternate_for=term_of(pab, 1), from_on=BEGAN
        )
        motion = opened(pab)

        ballot = cast(pab, motion, 0, by=ivy)

        assert (ballot.right, ballot.cast_by) == ("alternate", ivy.person)
        with pytest.raises(UnableToCastVote, match="votes for one seat"):
            cast(pab, motion, 1, by=ivy)

    def test_do_not_vote_again_for_a_seat_that_has(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion = opened(pab)
        cast(pab, motion, 0)

        with pytest.raises(UnableToCastVote, match="is cast"):
            cast(pab, motion, 0, by=ivy)

    def test_give_way_to_a_holder_who_is_there(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion = opened(pab, scheme="loose")

        cast(pab, motion, 0, by=ivy)
        ballot = cast(pab, motion, 0, "reject")

        assert (ballot.version, ballot.right) == (2, "holder")
        with pytest.raises(UnableToCastVote, match="cast, by Ada Quill in person"):
            cast(pab, motion, 0, by=ivy)

    def test_do_not_vote_for_a_seat_that_counts_as_stood_aside(self) -> None:
        pab = chamber()
        ivy = pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0), is_independent=True)
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])

        with pytest.raises(UnableToCastVote, match="until its holder declares"):
            cast(pab, motion, 0, by=ivy)
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)

        assert cast(pab, motion, 0, by=ivy).right == "alternate"

    def test_do_not_vote_for_a_holder_who_works_for_the_party_by_now(self) -> None:
        pab = chamber()
        ivy = pab.member("Ivy Lorne", seat=pab.seats[0], alternate_for=term_of(pab, 0), is_independent=True)
        motion = opened(pab, party=pab.parties["ALFA"])
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, pab.parties["ALFA"]
        term.save()

        with pytest.raises(UnableToCastVote, match="seat's holder works for the party"):
            cast(pab, motion, 0, by=ivy)

    def test_are_those_of_the_opening_and_of_schemes_that_have_them(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion, strict = opened(pab), opened(pab, scheme="strict")
        late = alternate(pab, 1, "Jon Wick")

        with pytest.raises(UnableToCastVote, match="You hold no seat"):
            cast(pab, motion, 1, by=late)
        with pytest.raises(UnableToCastVote, match="no alternates"):
            cast(pab, strict, 0, by=ivy)

    def test_hold_no_seat_of_their_own(self) -> None:
        pab = chamber()
        Membership.objects.create(
            seat=pab.seats[0], person=person_of(pab.members[1]), alternate_for=term_of(pab, 0), from_on=BEGAN
        )
        motion = opened(pab)

        with pytest.raises(UnableToCastVote, match="only as its proxy"):
            cast(pab, motion, 0, by=pab.members[1])

    def test_lose_their_vote_with_their_term(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        motion = opened(pab)
        term = Membership.objects.get(person=person_of(ivy))
        term.until_on = DAY
        term.save()

        with pytest.raises(UnableToCastVote, match="Your term ended"):
            cast(pab, motion, 0, by=ivy)

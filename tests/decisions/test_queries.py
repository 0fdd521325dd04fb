from typing import Any

import pytest

from tallystick.decisions import queries
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.operations.motions import withdraw_motion
from tallystick.decisions.operations.records import object_to
from tallystick.decisions.operations.voting import give_casting_vote
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tests.decisions.chamber import (
    CLOSES,
    DAY,
    LATER,
    alternate,
    cast,
    chamber,
    opened,
    paper,
    person_of,
    put,
    seat_at,
    term_of,
    unknown,
)
from tests.decisions.operations.test_records import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]
PUBLIC = Acting("sec", DAY)


class TestMotions:
    def test_are_found_by_how_far_they_are(self) -> None:
        pab = chamber()
        draft, runs, done = put(pab), opened(pab), opened(pab)
        done = close_vote(motion=done, by=pab.chair, at=CLOSES)
        gone = withdraw_motion(motion=opened(pab), because="Put anew", by=pab.secretary, at=LATER)

        with guarded():
            by = pab.secretary
            assert queries.drafts(by) == [draft]
            assert list(queries.motions(by).filter(state=Motion.OPEN)) == [runs]
            assert queries.ended(by) == [done, gone]
            assert queries.motion(by, runs.reference) == runs
            assert queries.motion(PUBLIC, runs.reference) is None
            assert queries.ended(PUBLIC) == [done, gone]


class TestStanding:
    def test_tells_turnout_alone_where_the_scheme_hides_counts(self) -> None:
        pab = chamber()
        motion = opened(pab)
        cast(pab, motion, 0, "reject")

        with guarded():
            shown = queries.standing(motion, pab.members[1])

        assert (shown.standing, shown.told, shown.count) == (None, None, None)
        assert shown.turnout is not None
        assert (shown.turnout.present, shown.turnout.needed) == (1, 2)

    def test_says_the_same_whatever_was_voted_for(self) -> None:
        pab = chamber()
        shown = []
        for choice in ("approve", "reject", "abstain"):
            motion = opened(pab)
            cast(pab, motion, 0, choice)
            shown.append(queries.standing(motion, pab.secretary))

        assert shown[0] == shown[1] == shown[2]

    def test_tells_the_count_so_far_where_the_scheme_shows_it(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        cast(pab, motion, 0, "reject")

        shown = queries.standing(motion, pab.members[1])

        assert shown.standing is not None
        assert shown.standing.explanation.count.against == 1

    def test_is_frozen_after_the_close_and_open_to_the_public(self) -> None:
        pab = chamber()
        ended = close_vote(motion=opened(pab), by=pab.chair, at=CLOSES)

        with guarded():
            shown = queries.standing(ended, PUBLIC)

        assert (shown.told, shown.count) == (ended.told, ended.count)
        assert (shown.turnout, shown.standing) == (None, None)

    def test_is_nothing_before_the_opening_and_to_whom_may_not_see(self) -> None:
        pab = chamber()

        assert queries.standing(put(pab), pab.secretary) == queries.Shown()
        assert queries.standing(opened(pab), PUBLIC) == queries.Shown()


class TestSeats:
    def shown(self, motion: Motion, acting: Acting) -> list[Any]:
        with guarded():
            return [
                (one.state, one.has_voted, one.ballot.choice if one.ballot else None)
                for one in queries.seats(motion, acting)
            ]

    def test_tell_only_ones_own_vote_where_counts_are_hidden(self) -> None:
        pab = chamber(2, vacant=1)
        motion = opened(pab)
        cast(pab, motion, 0)

        assert self.shown(motion, pab.members[0]) == [
            ("filled", True, "approve"),
            ("filled", None, None),
            ("vacant", None, None),
        ]
        assert self.shown(motion, pab.members[1])[0] == ("filled", None, None)

    def test_tell_who_voted_but_not_for_what_where_counts_are_shown(self) -> None:
        pab = chamber(2)
        motion = opened(pab, scheme="loose")
        cast(pab, motion, 0)

        assert self.shown(motion, pab.members[1]) == [("filled", True, None), ("filled", False, None)]

    def test_tell_open_ballots_after_the_close_and_secret_ones_never(self) -> None:
        pab = chamber(2)
        open_, secret = opened(pab), opened(pab, scheme="secret")
        for motion in (open_, secret):
            cast(pab, motion, 0)
        open_, secret = (close_vote(motion=motion, by=pab.chair, at=CLOSES) for motion in (open_, secret))

        assert self.shown(open_, pab.members[1])[0] == ("filled", True, "approve")
        assert self.shown(secret, pab.members[1])[0] == ("filled", True, None)

    def test_tell_who_stood_aside_and_who_has_to_declare(self) -> None:
        pab = chamber(3)
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])
        stand_aside(motion=motion, words="I advised them", by=pab.members[1], at=LATER)

        found = queries.seats(motion, pab.members[2])

        assert [(one.state, one.must_declare, one.holder) for one in found] == [
            ("aside", True, "Ada Quill"),
            ("aside", False, "Ben Marlow"),
            ("filled", False, "Cleo Ashby"),
        ]

    def test_of_a_draft_are_none(self) -> None:
        pab = chamber()

        assert queries.seats(put(pab), pab.secretary) == []


class TestBallots:
    def test_are_those_that_stand(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        cast(pab, motion, 0)
        second = cast(pab, motion, 0, "reject")

        with guarded():
            assert queries.ballots(motion, pab.members[0]) == [second]
            assert queries.ballots(motion, pab.members[1]) == []

    def test_have_the_casting_vote_among_them(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="casting")
        given = give_casting_vote(motion=motion, paper=paper(), by=pab.chair, at=LATER)

        assert queries.casting_vote(motion, pab.chair) == given
        assert queries.casting_vote(motion, pab.members[0]) is None


class TestUndeclared:
    def test_asks_who_has_to_declare_and_shows_them_nothing_else(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"], title="A plan of ALFA")
        ada = pab.members[0]

        with guarded():
            [one] = queries.undeclared(ada)
            assert (one.reference, one.party, one.body) == (motion.reference, "ALFA", "The PAB")
            assert queries.motion(ada, motion.reference) is None
            assert queries.undeclared_motion(ada, motion.reference) == motion
            assert queries.undeclared_motion(pab.members[1], motion.reference) is None
            assert queries.undeclared(PUBLIC) == queries.undeclared(pab.secretary) == []

    def test_are_asked_of_alternates_and_of_a_chair_who_may_cast_a_vote(self) -> None:
        pab = chamber()
        ivy = alternate(pab, 0)
        alfa = pab.parties["ALFA"]
        plain, casting = opened(pab, party=alfa), opened(pab, scheme="casting", party=alfa)
        strict, of_nobody = opened(pab, scheme="strict", party=alfa), opened(pab)

        def asked(acting: Acting) -> set[str]:
            return {one.reference for one in queries.undeclared(acting)}

        with guarded():
            assert asked(ivy) == {plain.reference, casting.reference}
            assert asked(pab.chair) == {casting.reference}
            assert asked(pab.members[1]) == set()
        declare_no_conflict(motion=casting, by=pab.chair, at=LATER)
        assert asked(pab.chair) == set()
        assert queries.motion(pab.chair, casting.reference) == casting
        assert strict.reference not in asked(ivy)
        assert of_nobody.reference not in asked(ivy)

    def test_is_over_once_they_did(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)

        assert queries.undeclared(pab.members[0]) == []
        assert queries.motion(pab.members[0], motion.reference) == motion


class TestSeatsOf:
    def test_are_those_that_somebody_votes_for(self) -> None:
        pab = chamber()
        motion = opened(pab)
        ada = person_of(pab.members[0])

        with guarded():
            [right] = queries.seats_of(ada, motion, DAY)
            assert (right.seat, right.right, right.refusal) == (seat_at(motion), "holder", "")
            assert queries.seats_of(ada, put(pab), DAY) == []


class TestDecisions:
    def test_are_found_with_their_objections(self) -> None:
        pab = chamber()
        made, amber = taken(pab), taken(pab, party=pab.parties["ALFA"])
        said = object_to(decision=made, words="Not so", by=pab.members[0], at=LATER)

        with guarded():
            assert queries.decisions(PUBLIC) == [made]
            assert set(queries.decisions(pab.members[0])) == {made, amber}
            assert queries.decision(PUBLIC, amber.reference) is None
            assert queries.objections(pab.members[1], made) == [said]


class TestStoodAside:
    def test_says_why_to_who_may_read_of_the_matter(self) -> None:
        pab = chamber(3)
        alfa = pab.parties["ALFA"]
        term = term_of(pab, 0)
        term.is_independent, term.employer = False, alfa
        term.save()
        motion = opened(pab, party=alfa)
        stand_aside(motion=motion, words="I advised them", by=pab.members[1], at=LATER)

        def told(acting: Acting) -> list[tuple[str, str]]:
            return [(one.seat.name, one.why) for one in queries.stood_aside(motion, acting)]

        with guarded():
            assert told(pab.members[2]) == [("Seat 001", "employer"), ("Seat 002", "declared")]
            assert told(PUBLIC) == told(pab.members[0]) == told(pab.members[1]) == []

from dataclasses import replace

import pytest

from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.operations.voting import pass_vote
from tallystick.decisions.rights import (
    ballot_facts,
    casting_refusal,
    declaring_facts,
    matter_facts,
    objection_facts,
    rights_of,
)
from tallystick.parties.acting import Acting
from tallystick.parties.models import Membership, Role
from tallystick.parties.policy.decision import may
from tests.decisions.chamber import (
    AT,
    BEGAN,
    DAY,
    LATER,
    acting_on,
    alternate,
    cast,
    chamber,
    opened,
    person_of,
    seat_at,
    term_of,
    unknown,
)
from tests.decisions.operations.test_records import taken

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def told(of: Acting, motion: object) -> list[tuple[str, str, bool]]:
    found = rights_of(person_of(of), motion, DAY)  # type: ignore[arg-type]
    return [(one.seat.name, one.right, not one.refusal) for one in found]


class TestRightsOf:
    def test_are_ones_own_seat_then_what_was_passed_and_what_one_stands_in_for(self) -> None:
        pab = chamber(3)
        ivy = alternate(pab, 2)
        motion = opened(pab, scheme="loose")
        ben = person_of(pab.members[1])

        pass_vote(motion=motion, seat=seat_at(motion), to=ben, by=pab.members[0], at=LATER)

        assert told(pab.members[0], motion) == [("Seat 001", "holder", False)]
        assert told(pab.members[1], motion) == [("Seat 002", "holder", True), ("Seat 001", "proxy", True)]
        assert told(ivy, motion) == [("Seat 003", "alternate", True)]
        assert told(pab.secretary, motion) == []

    def test_tell_the_ballot_that_stands(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        cast(pab, motion, 0)
        second = cast(pab, motion, 0, "reject")

        [right] = rights_of(person_of(pab.members[0]), motion, DAY)

        assert right.standing == second

    def test_of_a_chair_with_a_seat_are_those_of_the_scheme(self) -> None:
        pab = chamber(2, constituencies=["chair", ""])

        assert told(pab.members[0], opened(pab)) == [("Seat 001", "holder", False)]
        assert told(pab.members[1], opened(pab)) == [("Seat 002", "holder", True)]

    def test_of_a_proxy_end_with_their_term(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="loose")
        ben = person_of(pab.members[1])
        pass_vote(motion=motion, seat=seat_at(motion), to=ben, by=pab.members[0], at=LATER)
        term = ben.memberships.get()
        term.until_on = DAY
        term.save()

        assert told(pab.members[1], motion)[1] == ("Seat 001", "proxy", False)

    def test_of_who_stood_aside_are_none_also_once_they_left_the_party(self) -> None:
        pab = chamber()
        alfa = pab.parties["ALFA"]
        term = person_of(pab.members[1]).memberships.get()
        term.is_independent, term.employer = False, alfa
        term.save()
        Membership.objects.create(
            seat=pab.seats[0], person=term.person, alternate_for=term_of(pab, 0), employer=alfa, from_on=BEGAN
        )
        motion = opened(pab, scheme="casting", party=alfa)
        for one in Membership.objects.filter(person=term.person):
            one.is_independent, one.employer = True, None
            one.save()
        as_chair = acting_on(pab.body, "Ben Marlow", Role.CHAIR)

        refusals = {one.refusal for one in rights_of(person_of(pab.members[1]), motion, DAY)}

        assert refusals == {"Your seat stood aside, and so do you."}
        assert casting_refusal(as_chair, motion) == "Your seat stood aside, and so do you."


class TestCastingRefusal:
    def test_is_of_everybody_but_the_chair_of_the_body(self) -> None:
        pab, opsg = chamber(), chamber(1, key="OPSG")
        motion = opened(pab, scheme="casting")

        assert casting_refusal(pab.chair, motion) == ""
        assert casting_refusal(pab.members[0], motion) == "The casting vote is the chair's."
        assert casting_refusal(opsg.chair, motion) == "The casting vote is that of the body's own chair."

    def test_is_of_a_chair_without_a_term_in_the_matter_of_a_party(self) -> None:
        pab = chamber()
        motion = opened(pab, scheme="casting", party=pab.parties["ALFA"])

        assert "declare first" in casting_refusal(pab.chair, motion)
        declare_no_conflict(motion=motion, by=pab.chair, at=LATER)
        assert casting_refusal(pab.chair, motion) == ""


class TestFacts:
    def may_vote(self, acting: Acting, motion: object) -> bool:
        return may(acting, "c", ballot_facts(acting, motion), now=AT)  # type: ignore[arg-type]

    def test_let_nobody_vote_with_a_conflict(self) -> None:
        pab = chamber()
        unknown(pab, 1)
        motion = opened(pab, party=pab.parties["ALFA"])

        before = [self.may_vote(one, motion) for one in pab.members]
        declare_no_conflict(motion=motion, by=pab.members[1], at=LATER)
        stand_aside(motion=motion, words="I advised them", by=pab.members[2], at=LATER)
        after = [self.may_vote(one, motion) for one in pab.members]

        assert (before, after) == ([True, False, True], [True, True, False])

    def test_let_a_declaration_of_none_clear_nobody_who_is_known_to_have_one(self) -> None:
        pab = chamber()
        motion = opened(pab, party=pab.parties["ALFA"])
        declare_no_conflict(motion=motion, by=pab.members[0], at=LATER)
        term = person_of(pab.members[0]).memberships.get()
        term.is_independent, term.employer = False, pab.parties["ALFA"]
        term.save()
        vars(pab.members[0]).pop("interests", None)

        assert matter_facts(pab.members[0], motion).conflicted

    def test_ask_for_a_fresh_factor(self) -> None:
        pab = chamber()
        motion = opened(pab)

        assert not may(pab.members[0], "c", ballot_facts(pab.members[0], motion))
        assert self.may_vote(pab.members[0], motion)

    def test_let_whoever_has_a_conflict_declare_it(self) -> None:
        pab = chamber()
        unknown(pab, 0)
        motion = opened(pab, party=pab.parties["ALFA"])
        stale = replace(pab.members[0], second_factor_at=None)

        asked = [declaring_facts(one, motion) for one in (pab.members[0], stale)]

        assert may(pab.members[0], "c", asked[0], now=AT)
        assert not may(stale, "c", asked[1], now=AT)

    def test_let_members_object_to_what_was_decided(self) -> None:
        pab = chamber()
        made = taken(pab)

        may_object = [
            may(one, "c", objection_facts(one, made), now=AT)
            for one in (pab.members[0], pab.chair, pab.secretary, Acting("sec", DAY))
        ]

        assert may_object == [True, True, False, False]

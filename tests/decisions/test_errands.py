import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tallystick.decisions import errands, queries
from tallystick.decisions.models import Motion
from tallystick.decisions.operations.conflicts import declare_no_conflict, stand_aside
from tallystick.decisions.operations.voting import give_casting_vote, pass_vote, take_back_vote
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tests.decisions.chamber import (
    CLOSES,
    DAY,
    LATER,
    Chamber,
    acting_on,
    alternate,
    cast,
    chamber,
    opened,
    paper,
    person_of,
    seat_at,
    unknown,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("rules")]


def told(acting: Acting) -> list[tuple[str, list[str]]]:
    with guarded():
        return [(one.reference, [seat.name for seat in seats]) for one, seats in errands.to_vote(acting)]


def exactly(acting: Acting) -> list[tuple[str, list[str]]]:
    """Return the same by the rights that the act asks for."""
    found = []
    for one in queries.motions(acting).filter(state=Motion.OPEN).order_by("closes_at", "pk"):
        rights = queries.seats_of(person_of(acting), one, acting.day)
        names = [right.seat.name for right in rights if not right.refusal and right.standing is None]
        found += [(one.reference, sorted(names))] if names else []
    return found


class TestToVote:
    def test_are_the_votes_one_has_still_to_cast(self) -> None:
        pab = chamber()
        motion, other = opened(pab), opened(pab)
        cast(pab, other, 0)

        assert told(pab.members[0]) == [(motion.reference, ["Seat 001"])]
        assert told(acting_on(pab.body, "Ivy Lorne")) == told(pab.secretary) == []

    def test_are_as_the_act_would_have_it(self) -> None:
        pab = chamber(4)
        ivy = alternate(pab, 3)
        unknown(pab, 2)
        plain, loose, strict = (opened(pab, scheme=scheme) for scheme in ("pab", "loose", "strict"))
        about = opened(pab, party=pab.parties["ALFA"])
        ben = person_of(pab.members[1])
        pass_vote(motion=loose, seat=seat_at(loose), to=ben, by=pab.members[0], at=LATER)
        stand_aside(motion=plain, words="My sister works there", by=pab.members[1], at=LATER)
        cast(pab, strict, 0)
        everybody = (*pab.members, ivy, pab.chair)

        assert [told(one) for one in everybody] == [exactly(one) for one in everybody]
        assert (about.reference, ["Seat 003"]) not in told(pab.members[2])
        declare_no_conflict(motion=about, by=pab.members[2], at=LATER)
        take_back_vote(motion=loose, seat=seat_at(loose), by=pab.members[0], at=LATER)
        assert [told(one) for one in everybody] == [exactly(one) for one in everybody]
        assert (about.reference, ["Seat 003"]) in told(pab.members[2])

    def test_are_no_longer_ones_own_when_the_term_has_ended(self) -> None:
        pab = chamber()
        opened(pab)
        term = pab.seats[0].memberships.get()
        term.until_on = DAY - dt.timedelta(days=0)
        term.save()

        assert told(pab.members[0]) == exactly(pab.members[0]) == []

    def test_are_asked_for_at_once(self) -> None:
        pab = chamber()
        for _ in range(3):
            opened(pab)

        with guarded(), CaptureQueriesContext(connection) as taken:
            assert len(errands.to_vote(pab.members[0])) == 3

        assert len(taken) <= 2  # besides whom somebody stands with


class TestToClose:
    @pytest.fixture
    def pab(self) -> Chamber:
        return chamber(1)

    def test_are_the_votes_that_can_be(self, pab: Chamber) -> None:
        opsg = chamber(1, key="OPSG")
        runs, complete = opened(pab), opened(pab)
        cast(pab, complete, 0)

        with guarded():
            assert errands.to_close(pab.chair, LATER) == [complete]
            assert set(errands.to_close(pab.secretary, CLOSES)) == {runs, complete}
            assert errands.to_close(opsg.chair, CLOSES) == []

    def test_wait_for_who_has_to_declare_first(self, pab: Chamber) -> None:
        unknown(pab, 0)
        opened(pab, party=pab.parties["ALFA"])

        assert errands.to_close(pab.secretary, LATER) == []

    def test_do_not_wait_for_a_chair_without_a_vote(self) -> None:
        pab = chamber(2, constituencies=("member", "chair"))
        one = opened(pab)
        cast(pab, one, 0)

        assert errands.to_close(pab.secretary, LATER) == [one]

    def test_wait_for_a_casting_vote(self, pab: Chamber) -> None:
        one = opened(pab, scheme="casting")
        cast(pab, one, 0)

        assert errands.to_close(pab.secretary, LATER) == []
        give_casting_vote(motion=one, paper=paper(), by=pab.chair, at=LATER)
        assert errands.to_close(pab.secretary, LATER) == [one]

"""Who decided, and so hears no appeal."""

import datetime as dt
from typing import Any

import pytest

from tallystick.challenges.deciders import barred, bars_of, day_of, deciders, sat_in_both, who_decided
from tallystick.challenges.matter import Matter
from tallystick.decisions.models import Ballot, Motion, SeatAtMotion, StoodAside
from tallystick.decisions.operations.motions import Put, put_motion
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Seat
from tests.cases.carried import carried_motion
from tests.cases.cast import BEGAN, NOTICED, at, key, on, person_of
from tests.challenges.cast import NEXT, Chamber

pytestmark = pytest.mark.django_db


def seated(motion: Motion, who: Acting, body: Body, **told: Any) -> SeatAtMotion:
    """Seat somebody at a motion, as its vote found them."""
    term = Membership.objects.get(person=person_of(who), seat__body=body)
    row = SeatAtMotion(
        motion=motion,
        seat=term.seat,
        place=1,
        name=term.seat.name,
        constituency="member",
        holder=term,
        state=told.get("state", SeatAtMotion.FILLED),
    )
    row.save(force_insert=True)
    return row


def sits(who: Acting, body: Body) -> None:
    seat = Seat.objects.create(body=body, name=f"Another of {person_of(who).name}", from_on=BEGAN)
    Membership.objects.create(seat=seat, person=person_of(who), is_independent=True, from_on=BEGAN)


def of_draft(cast: Chamber, **told: Any) -> Motion:
    put = Put("The case", "Shall it?", "It does.", cast.pab, told.get("scheme", "pab"), key(), cast.alfa)
    return put_motion(put=put, by=on(cast.sam, NEXT), at=at(NEXT))


class TestWhoDecided:
    def test_are_the_members_of_the_day_without_a_vote(self, cast: Chamber) -> None:
        ended = Membership.objects.get(person=person_of(cast.hal))
        ended.until_on = NOTICED
        ended.save()

        found = who_decided(cast.decided(cast.pab))

        assert found == {person_of(cast.bo).pk}

    def test_are_the_seats_that_could_vote(self, cast: Chamber) -> None:
        motion = carried_motion(cast, state=Motion.DRAFT, publicity="draft", outcome="", closed_entry=None)
        seated(motion, cast.bo, cast.pab)
        seated(motion, cast.hal, cast.pab, state=SeatAtMotion.ASIDE)

        assert who_decided(motion) == {person_of(cast.bo).pk}

    def test_are_those_who_voted_in_the_place_of_one(self, cast: Chamber) -> None:
        motion = carried_motion(cast, state=Motion.DRAFT, publicity="draft", outcome="", closed_entry=None)
        seat = seated(motion, cast.bo, cast.pab)
        motion.state, motion.publicity = Motion.OPEN, Motion.ISSUED
        motion.save()
        Ballot(
            code=motion.code, classification="amber", publicity="issued", party=cast.alfa, body=cast.pab,
            motion=motion, seat=seat, choice="approve", cast_by=person_of(cast.jo), right=Ballot.ALTERNATE,
            key=key(), at=at(NEXT), entry=10**6,
        ).save(force_insert=True)  # fmt: skip

        assert who_decided(motion) == {person_of(cast.bo).pk, person_of(cast.jo).pk}

    def test_are_not_those_who_stood_aside(self, cast: Chamber) -> None:
        motion = carried_motion(cast, state=Motion.DRAFT, publicity="draft", outcome="", closed_entry=None)
        seat = seated(motion, cast.bo, cast.pab)
        StoodAside(
            code=motion.code, classification="amber", publicity="issued", party=cast.alfa, body=cast.pab,
            motion=motion, seat=seat, person=person_of(cast.bo), why=StoodAside.DECLARED, words="A cousin.",
            at=at(NEXT), entry=10**6,
        ).save(force_insert=True)  # fmt: skip

        assert who_decided(motion) == frozenset()


class TestDeciders:
    def test_are_of_the_decision_and_of_the_query(self, cast: Chamber) -> None:
        row = cast.queried()
        sits(cast.obs, cast.pab)
        before = set(deciders(Matter(row)))
        term = Membership.objects.get(person=person_of(cast.obs))
        term.from_on = NEXT
        term.save()
        decision = cast.decided(cast.pab, NEXT, verb="REJECTED")
        said = {"reasons": "It was right."}
        cast.does(row, "reject_query", cast.hal, said=said, decision=decision.reference)

        found = deciders(Matter(row))

        own = {person_of(one).pk for one in (cast.bo, cast.hal)}
        assert before == {*own, person_of(cast.obs).pk}
        assert set(found) == {*own, person_of(cast.obs).pk}
        assert set(found.values()) == {decision.reference}

    def test_of_a_dispute_are_none(self, cast: Chamber) -> None:
        assert deciders(Matter(cast.disputed())) == {}

    def test_are_barred_from_the_appeal_by_name(self, cast: Chamber) -> None:
        row = cast.appealed()

        bars = bars_of(Matter(row))

        assert [one.person for one in bars] == [person_of(cast.bo), person_of(cast.hal)]
        assert bars[0].words.endswith(f"which {row.reference} challenges")


class TestSatInBoth:
    def test_counts_those_who_hear_it_too(self, cast: Chamber) -> None:
        row = cast.appealed()
        others = sat_in_both(Matter(row), [], cast.panel, NEXT)

        sits(cast.bo, cast.panel)
        heard = cast.decided(cast.panel, NEXT)

        assert others == 0
        assert barred(Matter(row), cast.panel, NEXT) == ["Bo"]
        assert sat_in_both(Matter(row), [], cast.panel, NEXT) == 1
        assert sat_in_both(Matter(row), [heard], cast.panel, NEXT) == 1
        assert sat_in_both(Matter(row), [], None, NEXT) == 0


class TestDay:
    def test_is_that_of_the_decision_or_of_the_end_of_the_vote(self, cast: Chamber) -> None:
        assert day_of(cast.decided(cast.pab)) == NOTICED
        assert day_of(carried_motion(cast, closed_at=dt.datetime(2021, 9, 7, 23, 30, tzinfo=dt.UTC))) == NEXT

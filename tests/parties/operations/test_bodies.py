import datetime as dt
from typing import Any

import pytest

from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Membership, Organisation, Person, Seat
from tallystick.parties.operations import bodies as acts
from tests.parties.conftest import AT, DAY, said

pytestmark = pytest.mark.django_db


@pytest.fixture
def seat(opsg: Body) -> Seat:
    return Seat.objects.create(body=opsg, name="Large Suppliers", from_on=DAY)


@pytest.fixture
def member(seat: Seat, ada: Person, administrator: Acting, alfa: Organisation) -> Membership:
    return acts.seat_member(seat=seat, person=ada, employer=alfa, from_on=DAY, by=administrator, at=AT)


class TestAddBody:
    @pytest.mark.usefixtures("opsg")
    def test_takes_a_key_once(self, administrator: Acting) -> None:
        made = acts.add_body(
            key="PAB", name="Performance Assurance Board", from_on=DAY, by=administrator, at=AT
        )

        assert made.code == "sec"
        assert said() == ["added the body Performance Assurance Board"]
        with pytest.raises(acts.UnableToAddBody):
            acts.add_body(key="opsg", name="Another", from_on=DAY, by=administrator, at=AT)


class TestAddSeat:
    def test_takes_a_name_once(self, administrator: Acting, seat: Seat) -> None:
        made = acts.add_seat(
            body=seat.body,
            name="Networks",
            constituency="electricity_network",
            from_on=DAY,
            by=administrator,
            at=AT,
        )

        assert said() == ["added the seat Networks to Operations Group"]
        with pytest.raises(acts.UnableToAddSeat):
            acts.add_seat(
                body=made.body, name="networks", constituency="", from_on=DAY, by=administrator, at=AT
            )


class TestSeats:
    def test_are_held_by_one(self, administrator: Acting, member: Membership) -> None:
        other = Person.objects.create(email="ben@example.org", name="Ben Marlow")

        assert said() == ["gave Ada Quill the seat Large Suppliers on Operations Group from 1 September 2021"]
        with pytest.raises(acts.UnableToSeat, match="Ada Quill holds the seat"):
            acts.seat_member(
                seat=member.seat, person=other, employer=None, from_on=DAY, by=administrator, at=AT
            )

    def test_are_held_by_somebody_who_works_for_nobody_where_that_is_said(
        self, administrator: Acting, seat: Seat, ada: Person
    ) -> None:
        told: dict[str, Any] = {"person": ada, "from_on": DAY, "by": administrator, "at": AT}

        made = acts.seat_member(seat=seat, employer="nobody", **told)

        assert (made.employer, made.is_independent) == (None, True)

    def test_leave_open_whom_a_holder_works_for(self, administrator: Acting, seat: Seat, ada: Person) -> None:
        told: dict[str, Any] = {"person": ada, "from_on": DAY, "by": administrator, "at": AT}

        made = acts.seat_member(seat=seat, employer=None, **told)

        assert (made.employer, made.is_independent) == (None, False)

    def test_have_alternates_of_members_alone(self, administrator: Acting, member: Membership) -> None:
        other = Person.objects.create(email="ben@example.org", name="Ben Marlow")
        told: dict[str, Any] = {"employer": None, "from_on": DAY, "by": administrator, "at": AT}
        stand_in = acts.seat_alternate(member=member, person=other, **told)

        assert stand_in.alternate_for == member
        with pytest.raises(acts.UnableToSeat, match="is the member"):
            acts.seat_alternate(member=member, person=member.person, **told)
        with pytest.raises(acts.UnableToSeat, match="another alternate"):
            acts.seat_alternate(member=stand_in, person=member.person, **told)

    def test_are_free_once_a_term_ended(self, administrator: Acting, member: Membership) -> None:
        ends = DAY + dt.timedelta(days=10)
        acts.end_membership(membership=member, until_on=ends, by=administrator, at=AT)

        with pytest.raises(acts.UnableToEndMembership, match="It ended"):
            acts.end_membership(membership=member, until_on=ends, by=administrator, at=AT)
        again = acts.seat_member(
            seat=member.seat, person=member.person, employer=None, from_on=ends, by=administrator, at=AT
        )
        assert again.is_in_force(ends)

    def test_are_not_left_before_they_were_held(self, administrator: Acting, member: Membership) -> None:
        with pytest.raises(acts.UnableToEndMembership, match="later"):
            acts.end_membership(
                membership=member, until_on=DAY - dt.timedelta(days=1), by=administrator, at=AT
            )

import datetime as dt

import pytest

from tallystick.parties import register
from tallystick.parties.models import Body, Category, Membership, Organisation, Person, Seat, Standing

pytestmark = pytest.mark.django_db
DAY, BEGAN = dt.date(2021, 9, 20), dt.date(2020, 1, 1)


def party(name: str, kind: str, code: str = "sec", until: dt.date | None = None) -> Organisation:
    made = Organisation.objects.create(name=name, slug=name.lower())
    Category.objects.create(organisation=made, code=code, category=kind, from_on=BEGAN, until_on=until)
    return made


class TestByCategory:
    def test_lists_those_that_take_part_on_the_day_by_name(self) -> None:
        party("BRVO", "large_supplier")
        party("ALFA", "large_supplier")
        party("CHLY", "gas_network")
        party("GONE", "gas_network", until=DAY)
        party("ELSE", "gas_network", code="rec")

        found = register.by_category("sec", DAY)

        assert {key: [one.organisation.name for one in rows] for key, rows in found.items()} == {
            "gas_network": ["CHLY"],
            "large_supplier": ["ALFA", "BRVO"],
        }

    def test_says_who_is_on_the_way_out(self) -> None:
        alfa, brvo = party("ALFA", "large_supplier"), party("BRVO", "large_supplier")
        Standing.objects.create(organisation=alfa, code="sec", standing=Standing.EXITING, from_on=BEGAN)
        Standing.objects.create(organisation=brvo, code="sec", standing=Standing.LIVE, from_on=BEGAN)

        [rows] = register.by_category("sec", DAY).values()

        assert [one.standing.standing if one.standing else None for one in rows] == [Standing.EXITING, None]


class TestOrganisation:
    def test_is_found_under_a_code_it_takes_or_took_part_in(self) -> None:
        gone = party("GONE", "gas_network", until=DAY)

        assert register.organisation("sec", "gone") == gone
        assert register.organisation("rec", "gone") is None
        assert register.organisation("sec", "nobody") is None


class TestBodies:
    def test_come_with_their_seats_and_who_holds_them_on_the_day(self) -> None:
        board = Body.objects.create(code="sec", key="PAB", name="Board", from_on=BEGAN)
        Body.objects.create(code="rec", key="PAB", name="Another", from_on=BEGAN)
        filled = Seat.objects.create(body=board, name="Large Suppliers", from_on=BEGAN)
        Seat.objects.create(body=board, name="Networks", from_on=BEGAN)
        for name, until in (("Bo Reed", None), ("Al Wick", DAY)):
            person = Person.objects.create(name=name, email=f"{name[:2].lower()}@example.org")
            Membership.objects.create(seat=filled, person=person, from_on=BEGAN, until_on=until)

        [found] = register.bodies("sec", DAY)

        assert [(seat.name, [one.person.name for one in seat.holders]) for seat in found.places] == [  # type: ignore[attr-defined]  # put there with the rows
            ("Large Suppliers", ["Bo Reed"]),
            ("Networks", []),
        ]

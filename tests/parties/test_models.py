import datetime as dt

import pytest
from django.db import IntegrityError, transaction

from tallystick.parties.models import Category, Membership, Person, Role, Seat, in_force
from tests.site import people

pytestmark = pytest.mark.django_db
DAY, LATER = dt.date(2021, 1, 1), dt.date(2021, 6, 1)


class TestDated:
    def test_holds_from_its_first_day_until_the_day_before_its_last(self) -> None:
        role = Role(from_on=DAY, until_on=LATER)

        days = (DAY - dt.timedelta(days=1), DAY, LATER - dt.timedelta(days=1), LATER)
        assert [role.is_in_force(day) for day in days] == [False, True, True, False]

    def test_is_asked_of_the_database_in_the_same_way(self) -> None:
        body = people.body()
        body.from_on, body.until_on = DAY, LATER
        body.save()

        days = (DAY - dt.timedelta(days=1), DAY, LATER - dt.timedelta(days=1), LATER)
        found = [type(body).objects.filter(in_force(day)).exists() for day in days]
        assert found == [body.is_in_force(day) for day in days]

    def test_does_not_end_before_it_begins(self) -> None:
        body = people.body()
        body.from_on, body.until_on = LATER, DAY

        with pytest.raises(IntegrityError), transaction.atomic():
            body.save()


class TestPerson:
    def test_is_found_by_address_whatever_its_case(self) -> None:
        jo = people.person("Jo Tarn")

        assert Person.objects.get_by_natural_key("JO@Example.org") == jo

    @pytest.mark.parametrize(("name", "initials"), [("Jo Tarn", "JT"), ("Ada M. Quill", "AQ"), ("Sam", "S")])
    def test_has_initials(self, name: str, initials: str) -> None:
        assert Person(name=name).initials == initials


class TestRole:
    @pytest.mark.parametrize("name", [Role.PARTY_DELEGATE, Role.PROPOSER, Role.INGEST, Role.CHAIR])
    def test_of_a_party_or_a_body_names_it(self, name: str) -> None:
        jo = people.person("Jo Tarn")

        with pytest.raises(IntegrityError), transaction.atomic():
            people.role(jo, name)


class TestOneAtATime:
    def test_holds_for_a_category(self) -> None:
        alfa = people.organisation()
        Category.objects.create(organisation=alfa, code="sec", category="large_supplier", from_on=DAY)

        with pytest.raises(IntegrityError), transaction.atomic():
            Category.objects.create(organisation=alfa, code="sec", category="small_supplier", from_on=LATER)

    def test_holds_for_a_seat_but_not_for_those_who_stand_in(self) -> None:
        seat = Seat.objects.create(body=people.body(), name="Networks", from_on=DAY)
        jo, sam = people.person("Jo Tarn"), people.person("Sam Birch")
        first = Membership.objects.create(seat=seat, person=jo, from_on=DAY)
        Membership.objects.create(seat=seat, person=sam, from_on=DAY, alternate_for=first)

        with pytest.raises(IntegrityError), transaction.atomic():
            Membership.objects.create(seat=seat, person=sam, from_on=DAY)

import datetime as dt

import pytest

from tallystick.parties.models import Category, Organisation, Person, Role
from tallystick.parties.queries import people_of, roles_in_force, roles_of
from tests.parties.conftest import DAY

pytestmark = pytest.mark.django_db


@pytest.fixture
def roles(ada: Person, alfa: Organisation) -> list[Role]:
    told = [
        ("sec", "analyst", dt.date(2020, 1, 1), DAY),
        ("sec", "party_delegate", dt.date(2021, 1, 1), None),
        ("rec", "auditor", dt.date(2019, 1, 1), None),
        ("sec", "secretary", DAY + dt.timedelta(days=1), None),
    ]
    return [
        Role.objects.create(
            person=ada,
            code=code,
            role=role,
            from_on=begins,
            until_on=ends,
            organisation=alfa if role == "party_delegate" else None,
        )
        for code, role, begins, ends in told
    ]


class TestRoles:
    @pytest.mark.usefixtures("roles")
    def test_are_those_in_force_under_the_code(self, ada: Person) -> None:
        assert [role.role for role in roles_of(ada, "sec", DAY)] == ["party_delegate"]

    @pytest.mark.usefixtures("roles")
    def test_are_those_under_any_code_oldest_first(self, ada: Person) -> None:
        assert [role.role for role in roles_in_force(ada, DAY)] == ["auditor", "party_delegate"]


class TestPeopleOf:
    @pytest.mark.usefixtures("roles")
    def test_are_those_with_a_role_there_and_those_with_none(self, ada: Person) -> None:
        other = Person.objects.create(email="ben@example.org", name="Ben Marlow")
        elsewhere = Person.objects.create(email="cleo@example.org", name="Cleo Ashby")
        Role.objects.create(person=elsewhere, code="rec", role="analyst", from_on=DAY)

        found = people_of("sec")

        assert found == [ada, other]
        assert [role.role for role in found[0].code_roles] == ["analyst", "party_delegate", "secretary"]  # type: ignore[attr-defined]  # put there by the query


class TestTheCategoryOfARole:
    @pytest.mark.usefixtures("roles")
    def test_is_that_of_its_organisation_under_the_roles_code(self, ada: Person, alfa: Organisation) -> None:
        for code, kind in (("sec", "large_supplier"), ("rec", "other")):
            Category.objects.create(organisation=alfa, code=code, category=kind, from_on=DAY)

        found = {role.role: vars(role)["category"] for role in roles_in_force(ada, DAY)}

        assert found == {"party_delegate": "large_supplier", "auditor": None}

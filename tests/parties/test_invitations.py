import datetime as dt

import pytest

from tallystick.parties import invitations
from tallystick.parties.models import Person
from tests.parties.conftest import AT

pytestmark = pytest.mark.django_db


class TestALink:
    def test_holds_for_three_days(self, ada: Person) -> None:
        token = invitations.new_token(ada, AT)

        assert invitations.holds(token, ada, AT + dt.timedelta(days=3, seconds=-1))
        assert not invitations.holds(token, ada, AT + dt.timedelta(days=3))

    def test_does_not_hold_before_it_was_made(self, ada: Person) -> None:
        token = invitations.new_token(ada, AT)

        assert not invitations.holds(token, ada, AT - dt.timedelta(seconds=1))

    def test_is_for_one_person(self, ada: Person) -> None:
        other = Person.objects.create(email="ben@example.org", name="Ben Marlow")

        assert not invitations.holds(invitations.new_token(ada, AT), other, AT)

    def test_dies_with_the_password_it_was_made_from(self, ada: Person) -> None:
        token = invitations.new_token(ada, AT)
        ada.set_password("a sentence to keep in mind")

        assert not invitations.holds(token, ada, AT)

    def test_dies_with_the_account(self, ada: Person) -> None:
        token = invitations.new_token(ada, AT)
        ada.is_active = False

        assert not invitations.holds(token, ada, AT)

    @pytest.mark.parametrize("bent", ["", "-", "x", "zzzzzzzzzzzzzzzzzz-0", "1-\u00e9", "a" * 5000, "-" * 60])
    def test_that_is_bent_does_not_hold(self, ada: Person, bent: str) -> None:
        assert not invitations.holds(bent, ada, AT)

    def test_cannot_be_made_younger(self, ada: Person) -> None:
        stamp, _, mark = invitations.new_token(ada, AT).partition("-")
        later = AT + dt.timedelta(days=10)
        young = invitations.new_token(ada, later).partition("-")[0]

        assert stamp != young
        assert not invitations.holds(f"{young}-{mark}", ada, later)

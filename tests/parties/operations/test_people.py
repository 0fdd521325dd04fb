import datetime as dt
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ValidationError

from tallystick.journal.models import Entry
from tallystick.parties import invitations
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation, Person, Role
from tallystick.parties.operations import people as acts
from tests.parties.conftest import AT, DAY, said

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence to keep in mind"  # noqa: S105 - made up


def entries() -> list[str]:
    return list(Entry.objects.order_by("seq").values_list("act", flat=True))


class TestInvite:
    def test_makes_an_account_that_no_password_opens(self, administrator: Acting) -> None:
        person, token = acts.invite(email=" Ada@Example.org ", name="Ada  Quill", by=administrator, at=AT)

        assert (person.email, person.name) == ("ada@example.org", "Ada Quill")
        assert not person.has_usable_password()
        assert invitations.holds(token, person, AT)
        assert entries() == ["parties.invite"]

    def test_again_kills_the_link_before(self, administrator: Acting) -> None:
        _, first = acts.invite(email="ada@example.org", name="Ada Quill", by=administrator, at=AT)
        person, second = acts.invite(email="ADA@example.org", name="Ada Quill", by=administrator, at=AT)

        assert not invitations.holds(first, person, AT)
        assert invitations.holds(second, person, AT)
        assert Person.objects.filter(email__iexact="ada@example.org").count() == 1

    def test_leaves_an_account_alone_that_is_in_use(self, administrator: Acting, ada: Person) -> None:
        ada.set_password(PASSWORD)
        ada.save()

        with pytest.raises(acts.UnableToInvite):
            acts.invite(email="ada@example.org", name="Ada Quill", by=administrator, at=AT)

        ada.refresh_from_db()
        assert ada.check_password(PASSWORD)
        assert entries() == []

    def test_wants_an_address(self, administrator: Acting) -> None:
        with pytest.raises(ValidationError):
            acts.invite(email="ada", name="Ada Quill", by=administrator, at=AT)


class TestSetUp:
    def test_makes_an_administrator_of_whom_nobody_invited(self) -> None:
        person, _ = acts.set_up(email="iris@example.org", name="Iris Vale", by=Acting("sec", DAY), at=AT)

        role = Role.objects.get(person=person)
        assert (role.role, role.code, role.from_on) == (Role.ADMINISTRATOR, "sec", DAY)
        assert entries() == ["parties.set_up"]

    def test_may_be_asked_again_while_the_link_was_not_used(self) -> None:
        acts.set_up(email="iris@example.org", name="Iris Vale", by=Acting("sec", DAY), at=AT)
        acts.set_up(email="iris@example.org", name="Iris Vale", by=Acting("sec", DAY), at=AT)

        assert Role.objects.count() == 1

    def test_is_refused_once_an_administrator_signed_in(self, administrator: Acting) -> None:
        assert administrator.person is not None
        administrator.person.last_login = AT
        administrator.person.save()

        with pytest.raises(acts.UnableToSetUp):
            acts.set_up(email="ben@example.org", name="Ben Marlow", by=Acting("sec", DAY), at=AT)


class TestAcceptInvitation:
    def test_sets_the_password_once(self, administrator: Acting) -> None:
        person, token = acts.invite(email="ada@example.org", name="Ada Quill", by=administrator, at=AT)
        public = Acting("sec", DAY)

        accepted = acts.accept_invitation(person=person, token=token, password=PASSWORD, by=public, at=AT)

        assert accepted.check_password(PASSWORD)
        assert Entry.objects.get(act="parties.accept_invitation").actor == person.handle
        with pytest.raises(acts.UnableToAcceptInvitation):
            acts.accept_invitation(person=person, token=token, password=PASSWORD * 2, by=public, at=AT)
        accepted.refresh_from_db()
        assert accepted.check_password(PASSWORD)


class TestGiveRole:
    def test_lets_a_person_act_for_a_party(
        self, administrator: Acting, ada: Person, alfa: Organisation
    ) -> None:
        role = acts.give_role(
            person=ada, role="party_delegate", of=alfa, from_on=DAY, by=administrator, at=AT
        )

        assert role.organisation == alfa
        assert said() == ["gave Ada Quill the role Party delegate, ALFA from 1 September 2021"]

    def test_wants_a_party_for_a_partys_role(self, administrator: Acting, ada: Person, opsg: Body) -> None:
        for of in (None, opsg):
            with pytest.raises(acts.UnableToGiveRole, match="an organisation"):
                acts.give_role(person=ada, role="party_delegate", of=of, from_on=DAY, by=administrator, at=AT)

    def test_wants_a_body_for_a_members_role(
        self, administrator: Acting, ada: Person, alfa: Organisation
    ) -> None:
        for of in (None, alfa):
            with pytest.raises(acts.UnableToGiveRole, match="a body"):
                acts.give_role(person=ada, role="chair", of=of, from_on=DAY, by=administrator, at=AT)

    def test_wants_neither_in_the_office(
        self, administrator: Acting, ada: Person, alfa: Organisation
    ) -> None:
        with pytest.raises(acts.UnableToGiveRole, match="office"):
            acts.give_role(person=ada, role="analyst", of=alfa, from_on=DAY, by=administrator, at=AT)

    def test_lets_a_body_have_a_secretary_of_its_own(
        self, administrator: Acting, ada: Person, opsg: Body
    ) -> None:
        told: dict[str, Any] = {"from_on": DAY, "by": administrator, "at": AT}

        assert acts.give_role(person=ada, role="secretary", of=opsg, **told).body == opsg
        with pytest.raises(acts.UnableToGiveRole, match="office"):
            acts.give_role(person=ada, role="analyst", of=opsg, **told)

    def test_knows_the_roles(self, administrator: Acting, ada: Person) -> None:
        with pytest.raises(acts.UnableToGiveRole, match="no role"):
            acts.give_role(person=ada, role="superuser", of=None, from_on=DAY, by=administrator, at=AT)

    def test_gives_a_role_once(self, administrator: Acting, ada: Person) -> None:
        acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)

        with pytest.raises(acts.UnableToGiveRole, match="has the role"):
            acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)


class TestEndRole:
    def test_ends_at_once_what_was_given_by_mistake(self, administrator: Acting, ada: Person) -> None:
        role = acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)

        ended = acts.end_role(role=role, until_on=DAY, by=administrator, at=AT)

        assert not ended.is_in_force(DAY)
        assert entries()[-1] == "parties.end_role"

    def test_does_not_move_an_end_to_later(self, administrator: Acting, ada: Person) -> None:
        role = acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)
        acts.end_role(role=role, until_on=DAY, by=administrator, at=AT)

        with pytest.raises(acts.UnableToEndRole, match="It ended"):
            acts.end_role(role=role, until_on=DAY + dt.timedelta(days=3), by=administrator, at=AT)

    def test_does_not_end_before_it_began(self, administrator: Acting, ada: Person) -> None:
        role = acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)

        with pytest.raises(acts.UnableToEndRole, match="It began"):
            acts.end_role(role=role, until_on=DAY - dt.timedelta(days=1), by=administrator, at=AT)

    def test_is_not_for_the_role_one_acts_in(self, administrator: Acting) -> None:
        assert administrator.role is not None

        with pytest.raises(acts.UnableToEndRole, match="another administrator"):
            acts.end_role(role=administrator.role, until_on=DAY, by=administrator, at=AT)


class TestSwitchCapacity:
    def test_acts_in_the_other_role_alone(
        self, administrator: Acting, ada: Person, alfa: Organisation, opsg: Body
    ) -> None:
        for_alfa = acts.give_role(
            person=ada, role="party_delegate", of=alfa, from_on=DAY, by=administrator, at=AT
        )
        on_opsg = acts.give_role(
            person=ada, role="committee_member", of=opsg, from_on=DAY, by=administrator, at=AT
        )

        now = acts.switch_capacity(role=on_opsg, by=Acting("sec", DAY, ada, for_alfa), at=AT)

        assert (now.body, now.organisation) == (opsg, None)
        assert said()[-1] == "began to act as Committee member, Operations Group"
        assert Entry.objects.get(act="parties.switch_capacity").actor == ada.handle

    def test_is_refused_for_anothers_role(self, administrator: Acting, ada: Person) -> None:
        assert administrator.role is not None

        with pytest.raises(acts.UnableToSwitch):
            acts.switch_capacity(role=administrator.role, by=Acting("sec", DAY, ada), at=AT)

    def test_is_refused_for_one_that_ended(self, administrator: Acting, ada: Person) -> None:
        role = acts.give_role(person=ada, role="analyst", of=None, from_on=DAY, by=administrator, at=AT)
        acts.end_role(role=role, until_on=DAY, by=administrator, at=AT)

        with pytest.raises(acts.UnableToSwitch):
            acts.switch_capacity(role=Role.objects.get(pk=role.pk), by=Acting("sec", DAY, ada), at=AT)


class TestAccounts:
    def test_close_and_open_again(self, administrator: Acting, ada: Person) -> None:
        assert not acts.close_account(person=ada, by=administrator, at=AT).is_active
        with pytest.raises(acts.UnableToCloseAccount):
            acts.close_account(person=ada, by=administrator, at=AT)
        assert acts.reopen_account(person=ada, by=administrator, at=AT).is_active
        with pytest.raises(acts.UnableToReopenAccount):
            acts.reopen_account(person=ada, by=administrator, at=AT)
        assert entries() == ["parties.close_account", "parties.reopen_account"]

    def test_are_not_closed_by_their_owner(self, administrator: Acting) -> None:
        assert administrator.person is not None

        with pytest.raises(acts.UnableToCloseAccount):
            acts.close_account(person=administrator.person, by=administrator, at=AT)

    def test_lose_every_factor_when_they_are_forgotten(self, administrator: Acting, ada: Person) -> None:
        Authenticator.objects.create(user=ada, type="totp", data={})
        Authenticator.objects.create(user=ada, type="recovery_codes", data={})

        acts.forget_second_factors(person=ada, by=administrator, at=AT)

        assert not Authenticator.objects.filter(user=ada).exists()
        assert said() == ["removed the second factors of Ada Quill"]

import datetime as dt

import pytest

from tallystick.parties.forms import InvitationForm, NewPasswordForm, RoleForm
from tallystick.parties.models import Body, Organisation, Person
from tests.parties.conftest import DAY

pytestmark = pytest.mark.django_db
PASSWORD = "a sentence to keep in mind"  # noqa: S105 - made up


class TestInvitationForm:
    @pytest.mark.parametrize("email", ["", "ada", "ada@", "ada@example.org\nbcc: x@example.org"])
    def test_wants_one_address(self, email: str) -> None:
        assert "email" in InvitationForm({"name": "Ada Quill", "email": email}).errors


class TestNewPasswordForm:
    @pytest.mark.parametrize(
        ("password", "again", "field"),
        [
            ("short", "short", "password"),
            ("1q2w3e4r5t6y", "1q2w3e4r5t6y", "password"),
            ("ada@example.org", "ada@example.org", "password"),
            (PASSWORD, f"{PASSWORD} ", "again"),
            (PASSWORD, "", "again"),
        ],
    )
    def test_names_the_field_that_is_wrong(self, ada: Person, password: str, again: str, field: str) -> None:
        form = NewPasswordForm({"password": password, "again": again}, person=ada)

        assert field in form.errors

    def test_takes_a_sentence_as_it_is(self, ada: Person) -> None:
        form = NewPasswordForm({"password": f" {PASSWORD}", "again": f" {PASSWORD}"}, person=ada)

        assert form.is_valid()
        assert form.cleaned_data["password"] == f" {PASSWORD}"


class TestRoleForm:
    @pytest.mark.usefixtures("opsg")
    def test_offers_bodies_in_force_alone(self) -> None:
        Body.objects.create(
            code="sec", key="OLD", name="Old", from_on=dt.date(2013, 1, 1), until_on=dt.date(2015, 1, 1)
        )
        Body.objects.create(code="rec", key="REC", name="Another code's", from_on=dt.date(2013, 1, 1))

        page = str(RoleForm(code="sec", day=DAY)["body"])

        assert "Operations Group" in page
        assert "Old" not in page
        assert "Another" not in page

    def test_begins_today_unless_somebody_says_otherwise(self) -> None:
        assert 'value="2021-09-01"' in str(RoleForm(code="sec", day=DAY)["from_on"])

    @pytest.mark.usefixtures("alfa", "opsg")
    def test_is_for_one_or_the_other(self) -> None:
        typed = {"role": "chair", "organisation": "alfa", "body": "OPSG", "from_on": "2021-09-01"}

        assert "body" in RoleForm(typed, code="sec", day=DAY).errors

    def test_says_whom_the_role_is_for(self, alfa: Organisation) -> None:
        typed = {"role": "proposer", "organisation": "alfa", "body": "", "from_on": "2021-09-01"}
        form = RoleForm(typed, code="sec", day=DAY)

        assert form.is_valid()
        assert form.of() == alfa

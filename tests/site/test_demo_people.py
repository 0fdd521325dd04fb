import datetime as dt
from typing import Any

import pytest
from django.test import Client

from tallystick.journal.models import Entry
from tallystick.parties.models import Body, Category, Membership, Organisation, Person, Role
from tallystick.rulebook.rulebook import Rulebook
from tallystick.site import demo_people
from tests.site.entering import sign_in

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 9, 1, 9, 30, tzinfo=dt.UTC)
DAY = dt.date(2020, 9, 1)


@pytest.fixture
def marked(settings: Any) -> None:
    settings.IS_DEMO = True


@pytest.fixture
def made(marked: None, sec: Rulebook) -> list[demo_people.Account]:
    return demo_people.make_people(sec, AT, DAY)


class TestMakePeople:
    def test_makes_one_for_each_role(self, made: list[demo_people.Account]) -> None:
        assert sorted(account.role for account in made) == sorted(role for role, _ in Role.ROLES)
        for account in made:
            assert Role.objects.filter(person__email=account.email, role=account.role).exists()
            assert account.email.endswith("@example.org")

    @pytest.mark.usefixtures("made")
    def test_makes_parties_providers_and_bodies(self) -> None:
        assert Category.objects.filter(category="large_supplier").count() == 3
        assert {"DCC", "DSP", "CSPN"} <= set(Organisation.objects.values_list("name", flat=True))
        assert set(Body.objects.values_list("key", flat=True)) == {"PANEL", "OPSG", "PAB", "CHANGE_BOARD"}
        assert Membership.objects.filter(employer__name="Alderbrook Energy").exists()

    @pytest.mark.usefixtures("made")
    def test_gives_the_seconded_two_capacities(self) -> None:
        roles = Role.objects.filter(person__email="board-member@example.org")

        assert {role.role for role in roles} == {Role.BOARD_MEMBER, Role.PARTY_DELEGATE}

    def test_changes_nothing_the_second_time(self, made: list[demo_people.Account], sec: Rulebook) -> None:
        before = Entry.objects.count()

        again = demo_people.make_people(sec, AT, DAY)

        assert Entry.objects.count() == before
        assert {account.password for account in again} == {""}
        assert [account.email for account in again] == [account.email for account in made]

    def test_gives_each_a_password_of_their_own(self, made: list[demo_people.Account]) -> None:
        passwords = {account.password for account in made}

        assert len(passwords) == len(made)
        assert min(map(len, passwords)) >= 20

    def test_lets_them_sign_in_with_a_code(self, client: Client, made: list[demo_people.Account]) -> None:
        analyst = next(account for account in made if account.role == Role.ANALYST)
        sign_in(client, analyst.email, analyst.password)
        code, seconds = demo_people.code_of(Role.ANALYST)

        done = client.post("/account/2fa/authenticate/", {"code": code})

        assert done.headers["Location"] == "/"
        assert 0 < seconds <= 30
        assert "Acting as Analyst" in client.get("/account/").content.decode()

    def test_is_refused_where_the_home_is_no_demo(self, settings: Any, sec: Rulebook) -> None:
        settings.IS_DEMO = False

        with pytest.raises(demo_people.UnableToShow, match="not marked"):
            demo_people.make_people(sec, AT, DAY)
        assert not Person.objects.exists()

    @pytest.mark.usefixtures("marked")
    def test_is_refused_where_another_host_is_served(self, settings: Any, sec: Rulebook) -> None:
        settings.HOSTS = ["localhost", "tally.example.org"]

        with pytest.raises(demo_people.UnableToShow, match=r"tally\.example\.org"):
            demo_people.make_people(sec, AT, DAY)


class TestCodeOf:
    @pytest.mark.usefixtures("made")
    def test_is_refused_where_the_home_is_no_demo(self, settings: Any) -> None:
        settings.IS_DEMO = False

        for act in (demo_people.code_of, demo_people.new_password):
            with pytest.raises(demo_people.UnableToShow):
                act(Role.ANALYST)

    @pytest.mark.usefixtures("made")
    def test_names_the_roles_there_are(self) -> None:
        for act in (demo_people.code_of, demo_people.new_password):
            with pytest.raises(demo_people.UnableToShow, match="party_delegate"):
                act("king")

    @pytest.mark.usefixtures("made")
    def test_changes_every_thirty_seconds(self) -> None:
        assert demo_people.code_of(Role.ANALYST, 60.0)[1] == 30
        assert demo_people.code_of(Role.ANALYST, 89.0)[1] == 1
        assert demo_people.code_of(Role.ANALYST, 60.0) == demo_people.code_of(Role.ANALYST, 60.9)
        assert demo_people.code_of(Role.ANALYST, 60.0)[0] != demo_people.code_of(Role.ANALYST, 90.0)[0]


class TestNewPassword:
    @pytest.mark.usefixtures("made")
    def test_replaces_the_one_before(self, client: Client) -> None:
        password = demo_people.new_password(Role.ANALYST)

        answer = sign_in(client, "analyst@example.org", password)

        assert answer.headers["Location"] == "/account/2fa/authenticate/"

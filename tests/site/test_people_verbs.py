import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from click.testing import Result
from django.test import Client

from tallystick.journal.models import Entry
from tallystick.parties.models import Person, Role
from tallystick.site import alarms
from tests.site import people
from tests.site.entering import PASSWORD, enrol, has_factor, now, sign_in

pytestmark = pytest.mark.django_db
Tally = Callable[..., Result]
WHO = ("--email", "iris@example.org", "--name", "Iris Vale")


class TestFirst:
    def test_prints_a_link_that_makes_an_administrator(self, run: Tally, client: Client) -> None:
        result = run("people", "first", *WHO, "--site", "http://localhost:8123/")

        link = re.search(r"http://localhost:8123(/account/welcome/\S+)", result.output)
        assert link is not None
        client.post(link[1], {"password": PASSWORD, "again": PASSWORD})
        assert sign_in(client, "iris@example.org").headers["Location"] == "/"
        assert client.get("/sec/people/").headers["Location"] == "/account/second-factor/"
        assert Role.objects.get().role == Role.ADMINISTRATOR
        entry = Entry.objects.get(act="parties.set_up")
        assert json.loads(entry.payload.text)["capacity"] == "System administrator, command line"

    def test_is_refused_when_somebody_is_there(self, run: Tally) -> None:
        iris = people.person("Iris Vale")
        people.role(iris, Role.ADMINISTRATOR)
        iris.last_login = now()
        iris.save()

        result = run("people", "first", "--email", "ben@example.org", "--name", "Ben Marlow")

        assert result.exit_code == 1
        assert "There is an administrator" in result.output

    @pytest.mark.parametrize(
        ("words", "said"),
        [
            (("--email", "iris", "--name", "Iris"), "not an e-mail address"),
            ((*WHO, "--code", "xyz"), "serves sec"),
        ],
    )
    def test_says_what_is_wrong(self, run: Tally, words: tuple[str, ...], said: str) -> None:
        result = run("people", "first", *words)

        assert result.exit_code == 1
        assert said in result.output
        assert not Person.objects.exists()


class TestList:
    def test_names_accounts_and_roles(self, run: Tally) -> None:
        ada = people.person("Ada Quill")
        people.role(ada, Role.ANALYST)
        people.person("Nia Fell")

        lines = run("people", "list").output.splitlines()

        assert lines == ["ada@example.org\tAda Quill\tAnalyst", "nia@example.org\tNia Fell\tno role"]


class TestForgetSecondFactors:
    def test_helps_the_only_administrator(self, run: Tally) -> None:
        iris = people.person("Iris Vale")
        enrol(iris)

        result = run("people", "forget-second-factors", "--email", "IRIS@example.org")

        assert result.exit_code == 0
        assert not has_factor(iris)
        assert "on the machine" in alarms.latest(iris, now())[0].said

    def test_wants_somebody(self, run: Tally) -> None:
        assert "No account" in run("people", "forget-second-factors", "--email", "x@example.org").output


class TestDemoCode:
    def test_is_refused_where_the_home_is_no_demo(self, run: Tally, settings: Any) -> None:
        settings.IS_DEMO = False

        result = run("demo", "code", "analyst")

        assert result.exit_code == 1
        assert "not marked as a demonstration" in result.output

    def test_is_six_digits(self, run: Tally, settings: Any) -> None:
        settings.IS_DEMO = True
        enrol(people.person("Jo Tarn", "analyst@example.org"))

        result = run("demo", "code", "analyst", "--password")

        assert re.fullmatch(r"password \S{23}\n\d{6}\nholds for \d+ s, once\n", result.output)

import importlib
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.contrib.auth.hashers import identify_hasher

from tallystick.parties.models import Person
from tallystick.site import recovery_codes
from tallystick.site import settings as of_the_site
from tests.site import people

pytestmark = pytest.mark.django_db


@pytest.fixture
def jo() -> Person:
    return people.person("Jo Tarn")


def row(person: Person) -> Authenticator:
    return Authenticator.objects.get(user=person, type="recovery_codes")


class TestMake:
    def test_gives_ten_that_lie_nowhere_as_they_are(self, jo: Person) -> None:
        codes = recovery_codes.make(jo)

        kept = str(row(jo).data)
        assert len(set(codes)) == 10
        assert [code for code in codes if code in kept or code.replace(" ", "") in kept] == []
        assert "seed" not in kept

    def test_keeps_each_as_a_slow_hash_with_a_salt_of_its_own(self, jo: Person, settings: Any) -> None:
        settings.PASSWORD_HASHERS = of_the_site.PASSWORD_HASHERS

        recovery_codes.make(jo)

        kept = [one["hash"] for one in row(jo).data["codes"]]
        assert {identify_hasher(one).algorithm for one in kept} == {"argon2"}
        assert len({one.split("$")[4] for one in kept}) == 10

    def test_makes_those_before_worthless(self, jo: Person) -> None:
        before = recovery_codes.make(jo)

        recovery_codes.make(jo)

        assert recovery_codes.use(jo, before[0]) is None
        assert recovery_codes.left(jo) == 10


class TestUse:
    def test_takes_each_once_however_it_is_spaced(self, jo: Person) -> None:
        first, second, *_ = recovery_codes.make(jo)

        assert recovery_codes.use(jo, first) is not None
        assert recovery_codes.use(jo, first) is None
        assert recovery_codes.use(jo, second.replace(" ", "-")) is not None
        assert recovery_codes.left(jo) == 8

    @pytest.mark.parametrize("typed", ["", "12", "no figures", "0000 0000 0000", "١٢٣٤"])
    def test_takes_nothing_else(self, jo: Person, typed: str) -> None:
        recovery_codes.make(jo)

        assert recovery_codes.use(jo, typed) is None

    def test_takes_none_of_somebody_elses(self, jo: Person) -> None:
        code = recovery_codes.make(people.person("Nia Fell"))[0]
        recovery_codes.make(jo)

        assert recovery_codes.use(jo, code) is None

    def test_has_nothing_to_take_where_none_were_made(self, jo: Person) -> None:
        assert recovery_codes.use(jo, "1234") is None
        assert recovery_codes.left(jo) == 0


class TestThoseOfAnEarlierVersion:
    def test_are_hashed_by_the_upgrade_and_still_taken_once(self, jo: Person) -> None:
        used, *codes = RecoveryCodes.activate(jo).get_unused_codes()
        assert RecoveryCodes(row(jo)).validate_code(used)
        step = importlib.import_module("tallystick.site.migrations.0003_recovery_codes")

        step.hash_codes(apps, None)

        assert "seed" not in row(jo).data
        assert recovery_codes.left(jo) == 9
        assert recovery_codes.use(jo, used) is None
        assert recovery_codes.use(jo, codes[4]) is not None
        assert recovery_codes.use(jo, codes[4]) is None

"""Where every list forgot to ask who may see its rows, PostgreSQL still gives nobody a rival's."""

import os
from contextlib import nullcontext

import pytest
from django.db import connection

from tallystick.parties.policy.scope import WITH_A_CLASS
from tests.conformance.answers import secrets_in
from tests.conformance.cast import BRVO, BY_NAME
from tests.conformance.conftest import Note
from tests.conformance.judge import FOR_A_PARTY, Judge, Who
from tests.conformance.knocking import Knocking
from tests.conformance.probes import Place, places
from tests.conformance.world import World

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no second layer"),
]
THOSE = ("party_delegate", "proposer", "newcomer", "public")
ONE_IN = 1 if os.environ.get("TALLY_PROBES") == "many" else 5


@pytest.fixture(autouse=True)
def _nobody_asks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tallystick.parties.classified.scope", lambda _acting, _kind: WITH_A_CLASS)


def told_to(who: Who, world: World, judge: Judge, asked: list[Place]) -> tuple[int, set[str]]:
    """Return how many pages somebody was shown, and whose Amber and Red they then knew."""
    knocking, shown, told = Knocking(world, judge), 0, set()
    for place in asked:
        if "GET" not in place.methods or not judge.is_let_in(who, place.name, "GET"):
            continue
        answer = knocking.ask(who, "GET", place.address)
        shown += answer.status_code == 200
        found = (world.secrets.get(one) for one in secrets_in(answer))
        told |= {
            f"{secret.what.type} of {secret.what.party}"
            for secret in found
            if secret and secret.what.cls in {"amber", "red"} and is_foreign(who, secret.what.party)
        }
    return shown, told


def is_foreign(who: Who, party: str) -> bool:
    return party not in {"", who.party} if who.role in FOR_A_PARTY else True


class TestTheSecondLayer:
    @pytest.mark.parametrize("name", THOSE)
    def test_gives_nothing_of_a_rival_at_any_address(
        self, name: str, world: World, judge: Judge, record_property: Note
    ) -> None:
        shown, told = told_to(BY_NAME[name], world, judge, places(world)[::ONE_IN])

        line = f"Second layer alone: {name} was shown {shown} pages, {len(told)} with a rival's Amber or Red"
        record_property("counted", line)
        assert shown > 3
        assert told == set()

    def test_is_what_holds_them_back(
        self, world: World, judge: Judge, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("tallystick.site.acting.row_security.seen_by", lambda *_, **__: nullcontext())

        rivals = [place for place in places(world) if place.what.party == BRVO and place.what.cls == "red"]
        asked = [place for place in rivals if place.name in {"submission", "finding"}]

        _, told = told_to(BY_NAME["party_delegate"], world, judge, asked)

        assert told >= {"submission of brightwater-power", "finding of brightwater-power"}

"""Who reads something Amber or Red over HTTP leaves a line behind; who reads what is open leaves none."""

import pytest
from django.db import transaction
from django.test import Client

from tallystick.journal.models import Reading
from tests.conformance.answers import secrets_in
from tests.conformance.cast import BY_NAME
from tests.conformance.judge import Judge
from tests.conformance.probes import Place, places
from tests.conformance.world import JULY, World

pytestmark = pytest.mark.django_db
KEPT = {"amber", "red"}
READERS = ("analyst", "chair", "party_delegate", "auditor", "observer")
LISTS = (
    "/sec/",
    "/sec/search?q=hub_returns",
    "/sec/search?q=CPM1",
    "/sec/findings",
    "/sec/findings.csv",
    "/sec/findings.xlsx",
    "/sec/evidence",
    "/sec/exclusions",
    "/sec/decisions",
    "/sec/decisions.json",
    f"/sec/performance/{JULY}",
    f"/sec/performance/{JULY}.json",
    f"/sec/performance/{JULY}.csv",
)


def noted(client: Client, address: str) -> tuple[int, list[Reading], set[str]]:
    """Return the status of a page, the readings it left, and the secrets it showed."""
    with transaction.atomic():
        answer = client.get(address)
        shown, left = secrets_in(answer), list(Reading.objects.order_by("pk"))
        transaction.set_rollback(True)
    return answer.status_code, left, shown


def of_rows(world: World) -> list[Place]:
    return [place for place in places(world) if place.exists and place.needs and place.methods[0] == "GET"]


class TestAPageOfOneRecord:
    def test_leaves_a_line_where_it_is_amber_or_red(self, world: World, judge: Judge) -> None:
        seen, silent = set(), []
        confidential = [place for place in of_rows(world) if place.what.cls in KEPT]
        for who in map(BY_NAME.__getitem__, READERS):
            client, kept = world.crowd.client(who), set()
            for place in confidential:
                key = (place.name, place.what.cls)
                is_open = all(judge.may(who, "r", what) for what in place.needs)
                if key in kept or place.what.type == "person" or not is_open:
                    continue
                status, left, _ = noted(client, place.address)
                if status == 200:
                    kept.add(key)
                    seen.add(place.name)
                    own = world.crowd.people[who.name].handle
                    if not any(one.actor == own and one.classification in KEPT for one in left):
                        silent.append(f"{who.name} {place.address} ({place.what})")

        assert silent == [], "\n".join(silent)
        assert seen >= {
            "submission",
            "corrected",
            "finding",
            "lines",
            "exclusion",
            "history",
            "history_receipt",
        }

    def test_leaves_none_where_all_of_it_is_open(self, world: World) -> None:
        client = world.crowd.client(BY_NAME["public"])

        for address in ("/sec/", "/sec/findings", "/sec/measures", "/sec/runs", "/sec/rulebook"):
            assert noted(client, address)[:2] == (200, []), address


class TestAPageOfMany:
    @pytest.mark.parametrize("address", LISTS)
    def test_leaves_a_line_where_any_of_it_is_amber_or_red(self, world: World, address: str) -> None:
        for who in map(BY_NAME.__getitem__, READERS):
            status, left, shown = noted(world.crowd.client(who), address)
            classes = {world.secrets[one].what.cls for one in shown if one in world.secrets}
            if status == 200 and classes & KEPT:
                assert {one.classification for one in left} & KEPT, who.name

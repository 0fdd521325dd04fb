import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tallystick.journal.models import Reading
from tests.site.landed import ALFA, BRVO, MOST_QUERIES, SLUGS, Landed

pytestmark = pytest.mark.django_db
HERE = f"/sec/parties/{SLUGS[ALFA]}"
AS_A_PART = {"HX-Request": "true", "HX-Target": "peers"}


def text(client: Client, address: str = HERE, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


class TestParty:
    def test_shows_a_delegate_its_own_figures_and_nobody_elses_name(self, landed: Landed) -> None:
        page = text(landed.client("ada"))

        assert "How you are doing" in page
        assert "96.20%" in page
        assert [name for name in landed.parties if name in page] == [ALFA]

    def test_names_the_category_to_those_who_see_every_figure(self, landed: Landed) -> None:
        page = text(landed.client("jo"))

        assert "How it is doing" in page
        assert "Among its category" in page
        assert BRVO in page
        assert "Ilexmoor Networks" not in page  # of another category

    def test_is_the_register_alone_for_a_rival(self, landed: Landed) -> None:
        page = text(landed.client("ben"))

        assert "Known as" in page
        assert "96.20%" not in page
        assert "doing" not in page

    def test_leads_to_the_finding(self, landed: Landed) -> None:
        reference = landed.finding(ALFA)

        assert f'href="/sec/findings/{reference}"' in text(landed.client("ada"))

    def test_of_nobody_is_nothing(self, landed: Landed) -> None:
        assert landed.client("jo").get("/sec/parties/nobody-here").status_code == 404

    @pytest.mark.parametrize("name", ["ada", "jo", "bo", "ben"])
    def test_asks_the_database_little(self, name: str, landed: Landed) -> None:
        client = landed.client(name)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            client.get(HERE)

        asked = [one["sql"] for one in taken if one["sql"].startswith("SELECT")]
        assert len([one for one in asked if "journal_closedday" not in one]) <= MOST_QUERIES

    def test_notes_that_figures_were_read(self, landed: Landed) -> None:
        before = Reading.objects.count()

        for name in ("ada", "ben", "jo"):
            text(landed.client(name))

        assert Reading.objects.count() == before + 2


class TestPeers:
    def test_are_asked_for_by_the_page_of_ones_own_party(self, landed: Landed) -> None:
        assert f'hx-get="{HERE}" hx-trigger="load"' in text(landed.client("ada"))
        assert "hx-trigger" not in text(landed.client("jo")).partition("<main")[2]

    def test_are_told_as_a_part_without_a_name(self, landed: Landed) -> None:
        part = text(landed.client("ada"), **AS_A_PART)

        assert "<html" not in part
        assert "Middle of peers" in part
        assert [name for name in landed.parties if name in part] == []

    def test_are_not_told_of_another_party(self, landed: Landed) -> None:
        part = text(landed.client("ben"), **AS_A_PART)

        assert "Middle of peers" not in part
        assert "where enough of them have" in part

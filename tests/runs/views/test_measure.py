import csv
import io
import json

import pytest
from django.test import Client

from tests.site.landed import ALFA, BRVO, ONCE, Landed

pytestmark = pytest.mark.django_db
CPM1, AREA_G = "/sec/measures/CPM1/2021-07", "/sec/measures/AREA-G/2021-07"


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


def text(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


class TestMeasures:
    def test_are_listed_with_their_latest_figures(self, jo: Client, landed: Landed) -> None:
        page = text(jo, "/sec/measures")

        assert 'href="/sec/measures/CPM1/2021-07"' in page
        assert "97.13%" in page
        assert "figures of July 2021" in page
        assert [name for name in landed.parties if name in page] == []

    def test_are_open_to_all_but_those_without_content(self, landed: Landed) -> None:
        assert landed.statuses("/sec/measures")[404] == {"iris", "machine"}


class TestMeasure:
    def test_leads_to_its_latest_month(self, jo: Client) -> None:
        assert jo.get("/sec/measures/CPM1").headers["Location"] == CPM1


class TestMeasureMonth:
    def test_shows_the_figure_its_trend_and_its_proof(self, jo: Client, landed: Landed) -> None:
        page = text(jo, CPM1)

        assert "CPM1 On-demand service responses in time" in page
        assert "20,867,318" in page
        assert landed.runs["now"].reference in page
        assert "<svg" in page

    def test_tells_what_was_restated(self, jo: Client) -> None:
        page = text(jo, CPM1)

        assert "Restatements" in page
        assert f'href="{CPM1}?at={ONCE}"' in page

    def test_lists_exclusions_to_those_who_may_see_them(self, landed: Landed, jo: Client) -> None:
        assert "Agreed outage of the gateway" in text(jo, CPM1)
        for name in ("ada", "public", "bo"):
            assert "Agreed outage" not in text(landed.client(name), CPM1)

    def test_shows_what_was_known_on_a_day(self, jo: Client) -> None:
        page = text(jo, f"{CPM1}?at={ONCE}")

        assert "As known on Fri 20 Aug 2021" in page
        assert "20,866,214" in page

    def test_names_a_delegates_own_party_alone(self, landed: Landed) -> None:
        shown = {name: text(landed.client(name), AREA_G) for name in ("ada", "ben", "jo", "public")}

        named = {who: [one for one in landed.parties if one in page] for who, page in shown.items()}
        assert named["ada"] == [ALFA]
        assert named["ben"] == [BRVO]
        assert {ALFA, BRVO} <= set(named["jo"])
        assert named["public"] == []

    @pytest.mark.parametrize("measure", ["CPM99", "cpm1", "CPM1'--", "%3Cscript%3E"])
    def test_of_no_measure_is_nothing(self, jo: Client, measure: str) -> None:
        assert jo.get(f"/sec/measures/{measure}/2021-07").status_code == 404

    @pytest.mark.parametrize("period", ["2021-08", "2021-06", "1999-01"])
    def test_of_a_month_that_is_not_graded_is_nothing(self, jo: Client, period: str) -> None:
        assert jo.get(f"/sec/measures/CPM1/{period}").status_code == 404

    def test_is_not_changed_by_anybody(self, jo: Client) -> None:
        assert jo.post(CPM1).status_code == 405


class TestAsAFile:
    def test_holds_that_measure_alone(self, jo: Client) -> None:
        told = json.loads(jo.get(f"{AREA_G}.json").content)
        rows = list(csv.DictReader(io.StringIO(jo.get(f"{AREA_G}.csv").content.decode())))

        assert {one["measure"] for one in told["measures"]} == {"AREA-G"}
        assert {one["measure"] for one in told["findings"]} == {"AREA-G"}
        assert {one["measure"] for one in rows} == {"AREA-G"}

    def test_is_named_for_it(self, jo: Client) -> None:
        answer = jo.get(f"{AREA_G}.xlsx")

        assert answer.headers["Content-Disposition"] == 'attachment; filename="sec-AREA-G-2021-07.xlsx"'

    def test_holds_a_delegates_own_rows_alone(self, landed: Landed) -> None:
        for form in ("json", "csv"):
            told = landed.client("ada").get(f"{AREA_G}.{form}").content.decode()
            assert [name for name in landed.parties if name in told] == [ALFA]

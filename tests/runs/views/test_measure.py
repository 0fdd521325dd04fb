import csv
import io
import json

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.month.drilled_july import DAYS
from tests.site.landed import ALFA, BRVO, MOST_QUERIES, ONCE, Landed

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

    def test_leads_who_may_to_the_second_check_of_what_waits(self, landed: Landed, jo: Client) -> None:
        assert landed.exclusion is not None
        offered = f"/sec/exclusions?of={landed.exclusion.reference}&amp;state=entered"

        assert offered in text(landed.client("kit"), CPM1)
        assert offered not in text(jo, CPM1)
        assert offered not in text(landed.client("bo"), CPM1)

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


class TestBreakdown:
    def test_is_offered_by_each_column_at_an_address_of_its_own(self, jo: Client) -> None:
        page = text(jo, AREA_G)

        for by in ("region", "party", "day"):
            assert f'href="{AREA_G}?by={by}#breakdown"' in page
        assert 'aria-current="true" hx-get="/sec/measures/AREA-G/2021-07?by=party"' in page

    def test_shows_the_one_that_was_asked_for(self, jo: Client) -> None:
        page = text(jo, f"{AREA_G}?by=day")

        assert "Thu 15 Jul 2021" in page
        assert "North" not in page

    def test_of_a_roll_up_is_by_source_measure_first_and_by_provider(self, jo: Client) -> None:
        first, provider = text(jo, CPM1), text(jo, f"{CPM1}?by=provider")

        assert 'href="/sec/measures/CSPN-PM2/2021-07"' in first
        assert '<th scope="row">CSPN <span' in provider

    def test_is_by_category_where_every_party_is_seen(self, landed: Landed) -> None:
        shown = landed.statuses(f"{AREA_G}?by=party_category", ["jo", "ada", "public", "olly"])

        assert shown == {200: {"jo", "olly"}, 404: {"ada", "public"}}

    def test_is_swapped_in_alone(self, jo: Client) -> None:
        answer = jo.get(
            f"{AREA_G}?by=day", headers={"HX-Request": "true", "HX-Target": "breakdown"}
        ).content.decode()

        assert answer.lstrip().startswith("<section")
        assert "<html" not in answer
        assert "Thu 15 Jul 2021" in answer

    def test_stays_on_the_day_of_knowledge(self, jo: Client) -> None:
        assert f'href="{CPM1}?by=day&amp;at={ONCE}#breakdown"' in text(jo, f"{CPM1}?at={ONCE}")

    @pytest.mark.parametrize("by", ["nothing", "Region", "region|party", "<script>"])
    def test_by_what_there_is_not_is_nothing(self, jo: Client, by: str) -> None:
        assert jo.get(AREA_G, {"by": by}).status_code == 404

    def test_of_what_parties_add_to_is_for_those_who_see_them_all(self, landed: Landed) -> None:
        shown = landed.statuses(f"{AREA_G}?by=region", ["jo", "bo", "ada", "ben", "public"])

        assert shown == {200: {"jo", "bo"}, 404: {"ada", "ben", "public"}}

    def test_of_what_no_party_adds_to_is_for_all(self, landed: Landed) -> None:
        assert set(landed.statuses("/sec/measures/CSPN-PM2/2021-07?by=day", ["jo", "ada"])) == {200}

    def test_is_the_same_as_a_file(self, jo: Client) -> None:
        answer = jo.get(f"{AREA_G}.csv?by=day")
        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))

        assert [one["group"] for one in rows] == ["", *(f"day={day}" for day in DAYS)]
        assert 'filename="sec-AREA-G-2021-07-day.csv"' in answer.headers["Content-Disposition"]

    @pytest.mark.parametrize("name", ["jo", "ada", "bo"])
    @pytest.mark.parametrize("address", [f"{AREA_G}?by=party", f"{CPM1}?by=source"])
    def test_asks_the_database_little(self, address: str, name: str, landed: Landed) -> None:
        client = landed.client(name)
        client.get("/sec/waiting")

        with CaptureQueriesContext(connection) as taken:
            text(client, address)

        asked = [one["sql"] for one in taken if one["sql"].startswith("SELECT")]
        # One more asks what stands beside the figures: leave that a party has.
        assert len([one for one in asked if "journal_closedday" not in one]) <= MOST_QUERIES + 1

    def test_by_source_measure_is_a_file_of_them(self, jo: Client) -> None:
        told = json.loads(jo.get(f"{CPM1}.json?by=source").content)

        assert {"CPM1", "CSPN-PM2"} <= {one["measure"] for one in told["measures"]}
        assert {str(one["group"]) for one in told["measures"]} == {"{}"}

    def test_of_others_is_in_no_file(self, landed: Landed) -> None:
        answers = {
            form: landed.client("ada").get(f"{AREA_G}.{form}?by=region").status_code
            for form in ("json", "csv", "xlsx")
        }
        told = landed.client("ada").get(f"{AREA_G}.json").content.decode()

        assert set(answers.values()) == {404}
        assert "region" not in told


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

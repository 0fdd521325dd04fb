import csv
import io
import json
from dataclasses import replace
from typing import Any

import pytest
from django.test import Client
from python_calamine import CalamineWorkbook

from tallystick.runs.models import Run
from tests.site.landed import ALFA, BRVO, ONCE, TODAY, Landed, july, land

pytestmark = pytest.mark.django_db
JULY = "/sec/performance/2021-07"
CARD = {"HX-Request": "true", "HX-Target": "measures"}
AT_ONCE = f"{JULY}?at={ONCE}"


@pytest.fixture
def jo(landed: Landed) -> Client:
    return landed.client("jo")


def text(client: Client, address: str, **headers: str) -> str:
    answer = client.get(address, headers=headers)
    assert answer.status_code == 200
    return answer.content.decode()


class TestPerformance:
    def test_leads_to_the_latest_month(self, jo: Client) -> None:
        assert jo.get("/sec/performance").headers["Location"] == JULY


class TestMonth:
    def test_is_open_to_all_but_those_without_content(self, landed: Landed) -> None:
        told = landed.statuses(JULY)

        assert told[404] == {"iris", "machine"}
        assert set(told) == {200, 404}

    def test_shows_figures_and_what_they_rest_on(self, jo: Client, landed: Landed) -> None:
        page = text(jo, JULY)

        assert "97.13%" in page
        assert "On-demand service responses in time" in page
        assert landed.runs["now"].reference in page
        assert "49dc755b81c0" in page

    def test_names_no_party_to_the_public(self, landed: Landed) -> None:
        page = text(landed.client("public"), JULY)

        assert "97.13%" in page
        assert [name for name in landed.parties if name in page] == []

    def test_names_a_delegates_own_party_and_no_other(self, landed: Landed) -> None:
        page = text(landed.client("ada"), JULY)

        assert [name for name in landed.parties if name in page] == [ALFA]

    def test_names_every_party_to_the_office(self, jo: Client) -> None:
        page = text(jo, JULY)

        assert ALFA in page
        assert BRVO in page

    @pytest.mark.parametrize("address", [f"{JULY}x", "/sec/performance/2021-13", "/sec/performance/21"])
    def test_of_no_period_is_nothing(self, jo: Client, address: str) -> None:
        assert jo.get(address).status_code == 404

    def test_of_another_code_is_nothing(self, jo: Client) -> None:
        assert jo.get("/rec/performance/2021-07").status_code == 404

    def test_is_not_changed_by_anybody(self, jo: Client) -> None:
        assert jo.post(JULY).status_code == 405


class TestAMonthThatIsNotGraded:
    @pytest.mark.parametrize("name", ["jo", "ada", "public"])
    def test_says_so_beside_one_that_is(self, landed: Landed, name: str) -> None:
        for period in ("2021-06", "2021-08"):
            assert "Not graded yet" in text(landed.client(name), f"/sec/performance/{period}")

    def test_is_nothing_beside_none(self, jo: Client) -> None:
        assert jo.get("/sec/performance/2021-10").status_code == 404


class TestAsKnownOnADay:
    def test_shows_what_was_known_then(self, jo: Client, landed: Landed) -> None:
        then, now = text(jo, AT_ONCE), text(jo, JULY)

        assert "As known on Fri 20 Aug 2021" in then
        assert landed.runs["once"].reference in then
        assert "20,866,214" in then
        assert "20,867,318" in now
        assert "As known on Fri 20 Aug" not in now

    def test_is_what_was_last_known_by_then(self, jo: Client, landed: Landed) -> None:
        assert landed.runs["once"].reference in text(jo, f"{JULY}?at=2021-09-19")
        assert landed.runs["now"].reference in text(jo, f"{JULY}?at={TODAY}")

    def test_keeps_its_day_in_the_links(self, jo: Client) -> None:
        page = text(jo, AT_ONCE)

        assert f"/sec/measures/CPM1/2021-07?at={ONCE}" in page
        assert f"?show=all&amp;at={ONCE}" in page
        assert f"/sec/performance/2021-07.xlsx?at={ONCE}" in page

    def test_before_anything_was_known_shows_no_figure(self, jo: Client) -> None:
        assert "97.13%" not in jo.get(f"{JULY}?at=2021-08-01").content.decode()

    @pytest.mark.parametrize("day", ["soon", "2021-02-30", "<b>"])
    def test_of_no_day_is_nothing(self, jo: Client, day: str) -> None:
        assert jo.get(JULY, {"at": day}).status_code == 404


class TestChoice:
    def test_of_a_state_lists_those_measures_alone(self, jo: Client) -> None:
        card = text(jo, f"{JULY}?state=not_reported", **CARD)

        assert "S1SP-PM1.1" in card
        assert "CPM1<" not in card

    @pytest.mark.parametrize("choice", ["show=all", "show=provider", "state=met", "show=exceptions"])
    def test_swaps_the_card_alone(self, jo: Client, choice: str) -> None:
        card = text(jo, f"{JULY}?{choice}", **CARD)

        assert card.strip().startswith('<section class="card')
        assert card.strip().endswith("</section>")
        assert "<html" not in card
        assert card.count("<section") == 1

    def test_is_a_whole_page_without_htmx(self, jo: Client) -> None:
        assert "<html" in text(jo, f"{JULY}?show=all")
        assert "<html" in text(jo, f"{JULY}?show=all", **{"HX-Request": "true", "HX-Target": "main"})

    def test_of_all_shows_more_than_of_exceptions(self, jo: Client) -> None:
        shown = {key: text(jo, f"{JULY}?show={key}", **CARD) for key in ("all", "provider")}

        assert "CPM3" in shown["all"]
        assert "CSPN" in shown["provider"]
        assert shown["all"] != shown["provider"]

    @pytest.mark.parametrize("choice", ["show=everything", "state=fine", "state=%3Cscript%3E"])
    def test_of_what_there_is_not_is_nothing(self, jo: Client, choice: str) -> None:
        assert jo.get(f"{JULY}?{choice}").status_code == 404


class TestAsAFile:
    @pytest.mark.parametrize("name", ["jo", "ada", "public", "bo"])
    def test_says_what_the_page_says(self, landed: Landed, name: str) -> None:
        told = json.loads(landed.client(name).get(f"{JULY}.json").content)

        wholes = [one for one in told["measures"] if one["measure"] == "CPM1" and not one["group"]]
        assert [(one["numerator"], one["denominator"]) for one in wholes] == [(20_867_318, 21_483_906)]

    def test_holds_a_delegates_own_rows_alone(self, landed: Landed) -> None:
        ada, public = (landed.client(name).get(f"{JULY}.json").content.decode() for name in ("ada", "public"))

        assert [name for name in landed.parties if name in ada] == [ALFA]
        assert [name for name in landed.parties if name in public] == []

    def test_is_saved_and_not_kept_by_others(self, jo: Client) -> None:
        for form in ("json", "csv", "xlsx"):
            answer = jo.get(f"{JULY}.{form}")
            assert answer.headers["Content-Disposition"] == f'attachment; filename="sec-2021-07.{form}"'
            assert answer.headers["Cache-Control"] == "no-store"
            assert answer.headers["X-Content-Type-Options"] == "nosniff"

    def test_is_of_the_day_that_is_asked(self, jo: Client) -> None:
        told = json.loads(jo.get(f"{JULY}.json?at={ONCE}").content)

        assert told["known_on"] == str(ONCE)

    def test_is_of_no_other_form(self, jo: Client) -> None:
        assert jo.get(f"{JULY}.pdf").status_code == 404

    @pytest.mark.parametrize("start", ["=", "+", "-", "@"])
    def test_gives_a_spreadsheet_nothing_to_run(self, landed: Landed, jo: Client, start: str) -> None:
        formula = f'{start}HYPERLINK("http://x","y")'
        month = july(known_on=str(TODAY))
        whole, *others = month.figures
        land(replace(month, figures=(replace(whole, title=formula), *others)), landed.acting("jo"))

        rows: list[Any] = list(csv.reader(io.StringIO(jo.get(f"{JULY}.csv").content.decode())))
        book = CalamineWorkbook.from_filelike(io.BytesIO(jo.get(f"{JULY}.xlsx").content))

        rows += [row for name in book.sheet_names for row in book.get_sheet_by_name(name).to_python()]
        cells = [str(cell) for row in rows for cell in row]
        assert sum(formula in cell for cell in cells) == 2
        assert [cell for cell in cells if cell.startswith(formula)] == []


class TestStepper:
    def test_leads_to_months_that_were_graded(self, landed: Landed, jo: Client) -> None:
        assert "Jun 2021" not in text(jo, JULY)
        Run.objects.get(pk=landed.runs["waiting"].pk).delete()
        month = july(known_on=str(TODAY))
        figures = tuple(replace(one, period="2021-06") for one in month.figures)
        land(replace(month, period="2021-06", figures=figures, findings=()), landed.acting("jo"))

        assert 'href="/sec/performance/2021-06"' in text(jo, JULY)
        assert f'href="{JULY}"' in text(jo, "/sec/performance/2021-06")


class TestRestated:
    def test_tells_what_a_figure_was_before(self, landed: Landed) -> None:
        page = text(landed.client("jo"), "/sec/performance/2021-07")

        part = page.partition('id="restated"')[2].partition("</section>")[0]
        assert "CPM1" in part
        assert "/sec/performance/2021-07?at=2021-08-20" in part
        assert "CPM2" not in part

    def test_has_nothing_to_tell_as_it_was_first_known(self, landed: Landed) -> None:
        page = text(landed.client("jo"), "/sec/performance/2021-07?at=2021-08-20")

        assert 'id="restated"' not in page


class TestLeftOut:
    def test_lists_the_exclusions_of_the_month_to_those_who_may_read_them(self, landed: Landed) -> None:
        assert "1 row waits for a second check" in text(landed.client("kit"), "/sec/performance/2021-07")
        for name in ("ada", "public"):
            page = text(landed.client(name), "/sec/performance/2021-07")
            assert 'id="exclusions"' not in page
            assert "Agreed outage" not in page

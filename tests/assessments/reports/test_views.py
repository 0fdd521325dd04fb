import csv
import datetime as dt
import io
from collections.abc import Iterator

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.assessments.cast import GUIDANCE, Cast
from tests.assessments.dropping import without
from tests.risks import cast as of_risks
from tests.risks.test_seen import figure
from tests.risks.views.conftest import browser, text

PAGE = "/sec/techniques/report"
YEAR = "2021-22"


@pytest.fixture
def year(cast: Cast) -> Iterator[Cast]:
    """A year with a technique that was reported, and one under way."""
    of_risks.Cast(cast.of).opened(YEAR)
    cast.reported()
    return cast


class TestPage:
    def test_tells_what_each_technique_came_to(self, year: Cast) -> None:
        page = text(browser(year.jo).get(f"{PAGE}?period={YEAR}"))

        assert "Coverage check before dispatch" in page
        assert "Both were reached." in page
        assert "£5,000" in page
        assert "£4,200" in page
        assert "Too few months to tell: 0 before and 0 after." in page
        assert "Reported Mon 6 Sep 2021" in page
        assert "AMBER" in page

    def test_is_of_a_quarter_or_of_the_year(self, year: Cast) -> None:
        quarters = [text(browser(year.jo).get(f"{PAGE}?period={YEAR}&quarter={one}")) for one in (1, 2, 3)]

        assert ["Both were reached." in one for one in quarters] == [False, True, True]
        assert ["Nothing was applied" in one for one in quarters] == [True, False, False]
        assert "<b>£4,200</b>" in quarters[1]
        assert "<b>£0</b>" in quarters[2]

    def test_says_what_is_not_reported_yet(self, cast: Cast) -> None:
        of_risks.Cast(cast.of).opened(YEAR)
        cast.started()
        cast.begun()

        page = text(browser(cast.jo).get(PAGE))

        assert "1 application under way has no result" in page
        assert page.count("Not reported yet.") == 1

    def test_counts_parts_for_whom_they_are(self, year: Cast) -> None:
        pages = {name: text(browser(getattr(year, name)).get(PAGE)) for name in ("jo", "ada")}

        assert "0 of 2" in pages["jo"]
        assert "0 of 1" in pages["ada"]

    @pytest.mark.parametrize("query", ["?period=1999-00", "?quarter=5", "?quarter=x", "?quarter=-1"])
    def test_is_not_there_for_days_that_are_none(self, year: Cast, query: str) -> None:
        assert browser(year.jo).get(f"{PAGE}{query}").status_code == 404

    def test_is_empty_before_a_register_is_open(self, cast: Cast) -> None:
        assert "No account yet" in text(browser(cast.jo).get(PAGE))
        assert browser(None).get(PAGE).status_code == 404

    def test_asks_little_of_the_database(self, year: Cast) -> None:
        client = browser(year.jo)
        client.get(PAGE)

        with CaptureQueriesContext(connection) as asked:
            client.get(PAGE)

        assert sum("SELECT" in one["sql"] for one in asked) <= 12


class TestOpening:
    def test_is_at_the_latest_year_in_which_anything_was_applied(self, year: Cast) -> None:
        of_risks.Cast(year.of).opened("2022-23")

        page = text(browser(year.jo).get(PAGE))

        assert "Both were reached." in page
        assert f'?period={YEAR}" aria-current="true"' in page
        assert "Nothing was applied" in text(browser(year.jo).get(f"{PAGE}?period=2022-23"))

    def test_reaches_back_to_years_before_the_first_register(self, cast: Cast) -> None:
        of_risks.Cast(cast.of).opened("2022-23")
        cast.reported()

        page = text(browser(cast.jo).get(PAGE))

        assert "Both were reached." in page
        assert f'?period={YEAR}" aria-current="true"' in page


class TestChart:
    def test_draws_the_months_before_and_after(self, cast: Cast) -> None:
        of_risks.Cast(cast.of).opened(YEAR)
        cast.reported(from_on=dt.date(2021, 3, 1))
        for place in range(14):
            period = f"{2020 + (place + 7) // 12}-{(place + 7) % 12 + 1:02}"
            figure(None, period, classification="white", numerator=900 + place % 3, denominator=1000)

        page = text(browser(cast.jo).get(f"{PAGE}?period={YEAR}"))

        assert "AREA-B before and after" in page
        assert "Limits are those of the months before March 2021, which is left out." in page
        assert '<th scope="row">February 2021</th>' in page
        assert '<th scope="row">March 2021</th>' not in page


class TestDropped:
    def test_techniques_stay_in_the_account(self, year: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
        without(monkeypatch, GUIDANCE)

        page = text(browser(year.jo).get(f"{PAGE}?period={YEAR}"))
        rows = browser(year.jo).get(f"{PAGE}.csv?period={YEAR}").content.decode()

        assert "Both were reached." in page
        assert "no longer in the catalogue" in page
        assert f'href="/sec/techniques/{GUIDANCE}"' not in page
        assert GUIDANCE in rows


class TestFile:
    def test_has_a_line_for_each_application_and_each_measure(self, year: Cast) -> None:
        answer = browser(year.jo).get(f"{PAGE}.csv?period={YEAR}&quarter=2")

        rows = list(csv.DictReader(io.StringIO(answer.content.decode())))
        assert (rows[0]["line"], rows[0]["technique"]) == ("application", "coverage_guidance")
        assert (rows[0]["planned"], rows[0]["spent"], rows[0]["answered"]) == ("5000.00", "4200.00", "0")
        assert {one["measure"] for one in rows if one["line"] == "measure"} == {"AREA-B"}
        assert all(one["verdict"] for one in rows if one["line"] == "measure")
        assert f"techniques-{YEAR}-q2.csv" in answer["Content-Disposition"]

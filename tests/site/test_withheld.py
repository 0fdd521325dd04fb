"""A whole that would tell on a party is read nowhere: not in its month, nor in what it leaves in a later one.

In June two parties add to a measure, so that each could take its own part away; in the other months eight do.
June's numbers are met nowhere else: a page that holds one has given June away.
"""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoDbBlocker

from tallystick.findings.history_runs import Run as Lasting
from tallystick.findings.spc import Spc, SpcPoint
from tallystick.month.assessment import Assessment, Figure, Finding, Point
from tallystick.runs import operations
from tallystick.runs.computing import Computed
from tallystick.runs.models import Run
from tests.month.drilled_july import split
from tests.month.figures_of_july import PARTIES
from tests.month.july import MONTH
from tests.site.landed import ALFA, BRVO, NOW, ONCE, TODAY, WORKER, Landed, around_all, ask, invited, rules

pytestmark = pytest.mark.django_db
MEASURE = "DSP-PM11"
OPEN, JUNE, JULY = ("2021-04", "2021-05"), "2021-06", "2021-07"
MONTHS = (*OPEN, JUNE, JULY)
EIGHT = {name: (91_000 + 7 * place, 100_000) for place, name in enumerate(list(PARTIES)[:8])}
TWO = {ALFA: (301_973, 412_337), BRVO: (310_361, 433_651)}
SECRETS = re.compile(
    r"612[,.]?33[34]|845[,.]?98[78]"  # June's counts, and but for one event
    r"|233[,.]?654"  # what was missed
    r"|72\.38|72\.4\b|0?\.7238"  # the share, in percent and as a part of one
    r"|18\.6[34]|18\.7[01]"  # points on the month before and after
)
OUTSIDERS = ("public", "ada", "ben", "pru", "cat", "cy")
FORMS = ("", ".json", ".csv", ".xlsx")
LIKE = next(one for one in MONTH.figures if one.measure == MEASURE)
FOUND = next(one for one in MONTH.findings if one.measure == MEASURE)


def sides(period: str) -> tuple[int, int]:
    adding = (TWO if period == JUNE else EIGHT).values()
    return sum(one for one, _ in adding), sum(of for _, of in adding)


def share(period: str) -> float:
    numerator, denominator = sides(period)
    return numerator / denominator


def past(period: str) -> tuple[Point, ...]:
    return tuple(
        Point(one, *sides(one), f"{100 * share(one):.2f}", "below_minimum", LIKE.target, LIKE.minimum)
        for one in MONTHS
        if one <= period
    )


def whole(period: str) -> Figure:
    """Return the whole as a run computes it, with all that its past leaves in it."""
    points = past(period)
    chart = Spc(
        "2021.1",
        "common",
        "fails",
        mean=sum(share(one.period) for one in points) / len(points),
        lower=0.1,
        upper=0.99,
        points=tuple(SpcPoint(one.period, share(one.period)) for one in points),
    )
    change = f"{100 * (share(period) - share(points[-2].period)):+.2f}" if len(points) > 1 else None
    lasting = Lasting("below_minimum", len(points), MONTHS[0], at_least=True)
    numerator, denominator = sides(period)
    return replace(
        LIKE, period=period, numerator=numerator, denominator=denominator, share=points[-1].share,
        state="below_minimum", run=lasting, spc=chart, change=change, flags=("at_least",),
    )  # fmt: skip


def part(period: str, name: str) -> Figure:
    numerator, denominator = (TWO if period == JUNE else EIGHT)[name]
    plain = replace(whole(period), run=None, spc=None, change=None, flags=())
    return replace(plain, group={"party": name}, numerator=numerator, denominator=denominator, share=None)


def finding(period: str) -> Finding:
    figure = whole(period)
    return replace(
        FOUND, id=f"FND-{period.replace('-', '')}PM11", period=period, numerator=figure.numerator,
        denominator=figure.denominator, why=f"{figure.share}% is below the minimum.", first_seen=MONTHS[0],
        exceptions=(figure.denominator or 0) - (figure.numerator or 0), lines=(), evidence=(),
    )  # fmt: skip


def assessed(period: str) -> Assessment:
    figures = (whole(period), *(part(period, name) for name in (TWO if period == JUNE else EIGHT)))
    shown = figures[0].share
    return replace(
        MONTH, code="sec", period=period, figures=figures, history={MEASURE: past(period)},
        findings=(finding(period),), sentence=f"{MEASURE} is {shown}%, below minimum since April 2021.",
        notes=("3 events are still open.",), lines=(), received=(), missing=(), reports=(),
    )  # fmt: skip


def land(world: Landed, month: Assessment, known_on: dt.date = TODAY) -> None:
    """Land a month by a run of its own, with the whole broken down by region and by day."""
    run = ask(world.acting("jo"), month.period, known_on)
    run.state, run.worker = Run.RUNNING, "worker"
    run.save()
    finer = (
        split(month, MEASURE, "region", ("north", "south")),
        split(month, MEASURE, "day", (f"{month.period}-01", f"{month.period}-02")),
    )
    lines = {one.id: one.lines for one in month.findings}
    computed = Computed(month, rules(), (), lines, finer)
    operations.land_run(run=run, computed=computed, by=WORKER, at=NOW)


@pytest.fixture(scope="module")
def four_months(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Landed]:
    """Land the four months, first as the public may read them and again later."""
    with around_all(django_db_blocker):
        world = Landed()
        invited(world)
        for period in MONTHS:
            land(world, assessed(period), known_on=ONCE)
            land(world, assessed(period))
        yield world


def addresses() -> list[str]:
    found = [
        "/sec/",
        "/sec/measures",
        "/sec/search?q=PM11",
        "/sec/runs",
        "/sec/obligations/OBL-SERVICE-LEVELS",
    ]
    found += [f"/sec/findings{form}" for form in FORMS]
    for period in MONTHS:
        found += [f"/sec/findings/FND-{period.replace('-', '')}PM11", f"/sec/measures/{MEASURE}"]
        for form in FORMS:
            for place in (f"/sec/performance/{period}", f"/sec/measures/{MEASURE}/{period}"):
                found += [f"{place}{form}", f"{place}{form}?at={ONCE}"]
    return found


def read(client: Client, address: str) -> str:
    """Return all that an answer tells, with what is packed in a workbook."""
    answer: Any = client.get(address, follow=True)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    return content.decode()


class TestAWholeThatIsWithheld:
    @pytest.mark.parametrize("name", OUTSIDERS)
    def test_is_read_nowhere_by_those_who_know_a_part_of_it(self, four_months: Landed, name: str) -> None:
        client = four_months.client(name)

        told = {address: SECRETS.findall(read(client, address)) for address in addresses()}

        assert {address: said for address, said in told.items() if said} == {}

    @pytest.mark.parametrize("name", ["jo", "bo", "olly"])
    def test_is_read_by_those_who_see_every_part(self, four_months: Landed, name: str) -> None:
        client = four_months.client(name)

        for address in (f"/sec/performance/{JUNE}", f"/sec/measures/{MEASURE}/{JULY}.json"):
            assert SECRETS.search(read(client, address)), address

    def test_is_not_shown_in_its_month_and_says_why(self, four_months: Landed) -> None:
        page = read(four_months.client("ada"), f"/sec/performance/{JUNE}?show=all")

        assert MEASURE in page
        assert "Not shown" in page
        assert "could take away its own part" in page

    def test_has_a_page_that_says_why(self, four_months: Landed) -> None:
        page = read(four_months.client("ben"), f"/sec/measures/{MEASURE}/{JUNE}")

        assert "could take away its own part" in page
        assert "about 72%" not in page

    def test_leaves_the_months_beside_it_in_the_trend(self, four_months: Landed) -> None:
        told = four_months.client("ada").get(f"/sec/measures/{MEASURE}/{JULY}.json").json()

        [history] = told["history"].values()
        assert [(one["period"], one["numerator"], one["state"]) for one in history] == [
            (
                period,
                None if period == JUNE else sides(period)[0],
                "withheld" if period == JUNE else "below_minimum",
            )
            for period in MONTHS
        ]
        [figure] = [one for one in told["measures"] if not one["group"]]
        assert [one["period"] for one in figure["spc"]["points"]] == [*OPEN, JULY]
        assert figure["run"] == {"side": "below_minimum", "periods": 1, "since": JULY, "at_least": True}
        assert (figure["change"], figure["numerator"]) == (None, sides(JULY)[0])

    def test_does_not_date_a_finding(self, four_months: Landed) -> None:
        seen = {
            name: four_months.client(name)
            .get(f"/sec/performance/{JULY}.json")
            .json()["findings"][0]["first_seen"]
            for name in ("ada", "jo")
        }

        assert seen == {"ada": JULY, "jo": MONTHS[0]}

    def test_has_a_finding_that_only_those_see_who_see_it(self, four_months: Landed) -> None:
        address = f"/sec/findings/FND-{JUNE.replace('-', '')}PM11"

        found = four_months.statuses(address, ("ada", "cat", "public", "jo", "bo", "olly"))

        assert found == {404: {"ada", "cat", "public"}, 200: {"jo", "bo", "olly"}}


class TestAMonthThatChangedSince:
    def test_is_told_in_later_months_as_it_was_published(self, four_months: Landed) -> None:
        """One party's file came late: the difference of two versions is all its own."""
        first, *rest = past(JULY)
        numerator, denominator = sides(OPEN[0])
        late = replace(first, numerator=numerator + 4_321, denominator=denominator + 5_432)
        with transaction.atomic():
            land(four_months, replace(assessed(JULY), history={MEASURE: (late, *rest)}))

            told = {
                name: four_months.client(name).get(f"/sec/measures/{MEASURE}/{JULY}.json").json()
                for name in ("ada", "jo")
            }
            transaction.set_rollback(True)

        known = {name: month["history"][MEASURE][0]["numerator"] for name, month in told.items()}
        assert known == {"ada": numerator, "jo": numerator + 4_321}

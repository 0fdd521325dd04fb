import datetime as dt
from typing import Any

import pytest

from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.parties.models import Organisation
from tallystick.runs import pasts
from tallystick.runs.models import Figure, Finding, Run
from tests.runs.peer_cast import keep, landed

pytestmark = pytest.mark.django_db
AT = dt.datetime(2021, 8, 20, tzinfo=dt.UTC)


def run_of(period: str, at: dt.datetime = AT) -> Run:
    run = landed(at)
    run.period, run.reference = period, f"RUN-{period}-{at:%d}"
    run.save()
    return run


def whole(run: Run, classification: str = "white", sides: tuple[int, int] = (90, 100)) -> Figure:
    keep(run, "", None, classification, sides)
    figure: Figure = Figure.objects.get(run=run, group_key="")
    figure.period, figure.history = run.period, [{}]
    figure.save()
    return figure


class TestSeesEveryWhole:
    def test_is_who_sees_every_partys_figure(self, jo: Acting, ada: Acting, public: Acting) -> None:
        assert [pasts.sees_every_whole(one) for one in (jo, ada, public)] == [True, False, False]


class TestPublished:
    def test_is_the_latest_run_of_each_month_that_was_known_then(self, ada: Acting) -> None:
        whole(run_of("2021-05"), sides=(1, 100))
        whole(run_of("2021-05", AT + dt.timedelta(days=1)), sides=(2, 100))
        whole(run_of("2021-05", AT + dt.timedelta(days=9)), sides=(3, 100))
        now = run_of("2021-06", AT + dt.timedelta(days=2))

        told = pasts.published(ada, now, [whole(now)])

        assert {period: point.numerator for period, point in told["AREA-B"].items()} == {"2021-05": 2}

    def test_is_nothing_of_a_month_whose_latest_run_withheld_it(self, ada: Acting) -> None:
        whole(run_of("2021-05"))
        told = whole(run_of("2021-05", AT + dt.timedelta(days=1)))
        told.group_key = Figure.INSTEAD
        told.save()
        now = run_of("2021-06", AT + dt.timedelta(days=2))

        assert pasts.published(ada, now, [whole(now)]).get("AREA-B", {}) == {}

    def test_asks_nothing_of_measures_that_no_party_adds_to(
        self, ada: Acting, django_assert_num_queries: Any
    ) -> None:
        run = run_of("2021-06")
        now = whole(run)
        now.is_of_parties = False

        with django_assert_num_queries(0):
            assert pasts.published(ada, run, [now]) == {}


class TestRetell:
    def test_leaves_a_month_as_it_is_where_all_was_published(self, month: Assessment) -> None:
        known = {one: {point.period: point for point in points} for one, points in month.history.items()}

        assert pasts.retell(month, known, set(month.history)) == month

    def test_leaves_what_no_party_adds_to(self, month: Assessment) -> None:
        assert pasts.retell(month, {}, set()) == month

    def test_shows_no_month_that_was_not_published(self, month: Assessment) -> None:
        told = pasts.retell(month, {}, {"CPM1"})

        assert {one.state for one in told.history["CPM1"][:-1]} == {"withheld"}
        assert told.history["CPM2"] == month.history["CPM2"]
        assert "since" not in told.sentence.partition("CPM1")[2].partition(".")[0]


class TestFirstSeen:
    def found(self, party: Organisation | None = None) -> Finding:
        return Finding(
            code="sec", classification="green", publicity="issued", reference="FND-1", period="2021-07",
            obligation="OBL-AREA-B", measure="AREA-B", subject="CSPN", first_seen="2021-04",
            state="below_target", why="", raised_at=AT, party=party,
        )  # fmt: skip

    def current(self, period: str, classification: str = "white") -> None:
        run = run_of(period)
        run.is_current = True
        run.save()
        figure = whole(run, classification)
        figure.state = "below_target"
        figure.save()

    def test_goes_back_to_a_month_that_was_withheld_and_no_further(self, ada: Acting, jo: Acting) -> None:
        for period, classification in (("2021-04", "white"), ("2021-05", "amber"), ("2021-06", "white")):
            self.current(period, classification)
        told = {who: self.found() for who in (ada, jo)}

        for who, one in told.items():
            pasts.first_seen(who, [one])

        assert [one.first_seen for one in told.values()] == ["2021-06", "2021-04"]

    def test_of_ones_own_finding_is_whole(self, ada: Acting, alfa: Organisation) -> None:
        own = self.found(alfa)

        pasts.first_seen(ada, [own])

        assert own.first_seen == "2021-04"

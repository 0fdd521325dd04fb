"""How a remedy goes, by the party's own figures and the days it promised."""

import datetime as dt
from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tallystick.cases.operations.milestones import meet_milestone
from tallystick.cases.operations.remedies import return_remedy
from tallystick.cases.progress import (
    Progress,
    carried_of,
    criterion_of,
    measures_for,
    milestone_standings,
    progress_of,
    remedy_facts,
    stages_of,
    versions_of,
)
from tallystick.cases.trajectory import Criterion, Measured, Reading, trajectory
from tallystick.cases.versions import Promise, Version, slips
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span
from tests.cases.cast import at, key, on
from tests.cases.promised import FILED_ON, MEASURE, Asked, asked, by_hand, computed, plan, planned

THREE = Criterion(MEASURE, Decimal(97), 3)
SINCE = Span.parse("2021-09")
WORK = Promise(1, 1, "Daily coverage file", "O. Pike", dt.date(2021, 10, 29), "Feed log")
MONTHS = Promise(2, 2, "Three months at 97%", "N. Holt", dt.date(2021, 12, 31), MEASURE)
VERSION = Version(1, "Cause", MEASURE, Decimal(97), 3, promises=(WORK, MONTHS))


def told(reached: str) -> Measured:
    """Return months from September 2021 on: g reached the level, s fell short, and x nobody reported."""
    periods = [str(SINCE.shifted(number)) for number in range(len(reached))]
    counts = {"g": 98, "s": 90}
    readings = [
        Reading(period, counts[one], 100)
        for period, one in zip(periods, reached, strict=True)
        if one in counts
    ]
    until = Span.parse(periods[-1]) if periods else None
    return Measured(THREE, SINCE, trajectory(THREE, readings, SINCE, until))


def progress(
    reached: str | None, day: dt.date, *, met: tuple[int, ...] = (), version: Version = VERSION
) -> Progress:
    measured = None if reached is None else told(reached)
    verified = dict.fromkeys(met, dt.date(2021, 10, 1))
    stands = milestone_standings(version, slips([version]), verified, measured, day)
    return Progress(version, day, stands, measured)


class TestState:
    @pytest.mark.parametrize(
        ("reached", "day", "met", "state"),
        [
            ("", dt.date(2021, 10, 1), (), "unknown"),  # no month was computed
            ("x", dt.date(2021, 10, 20), (), "unknown"),  # the party has no figure
            ("g", dt.date(2021, 10, 20), (), "on_track"),
            ("s", dt.date(2021, 10, 20), (), "on_track"),  # October to December are left
            ("ss", dt.date(2021, 11, 20), (1,), "at_risk"),
            ("gx", dt.date(2021, 11, 20), (1,), "at_risk"),
            ("ggg", dt.date(2021, 12, 20), (1,), "reached"),
            ("ggg", dt.date(2021, 12, 20), (), "missed"),  # its work is past its day
            ("g", dt.date(2021, 10, 30), (), "missed"),
            ("g", dt.date(2021, 10, 29), (), "on_track"),  # a day is its owner's to its end
            ("ss", dt.date(2022, 1, 1), (1,), "missed"),
        ],
    )
    def test_follows_from_months_and_days(
        self, reached: str, day: dt.date, met: tuple[int, ...], state: str
    ) -> None:
        assert progress(reached, day, met=met).state == state

    def test_is_unknown_where_no_measure_says_so(self) -> None:
        assert progress(None, dt.date(2021, 10, 1)).state == "unknown"

    @given(st.text("gsx", max_size=8), st.dates(dt.date(2021, 9, 1), dt.date(2022, 6, 30)), st.booleans())
    def test_has_a_reason(self, reached: str, day: dt.date, is_met: bool) -> None:  # noqa: FBT001 - drawn
        found = progress(reached, day, met=(1,) if is_met else ())

        assert found.measured is not None
        reasons = {
            "missed": found.missed > 0,
            "reached": found.measured.reached_on is not None,
            "at_risk": found.measured.earliest > found.due_on,
            "unknown": not found.measured.is_told,
            "on_track": found.measured.earliest <= found.due_on,
        }
        assert reasons[found.state]

    @given(st.text("gsx", max_size=8), st.dates(dt.date(2021, 9, 1), dt.date(2022, 6, 30)))
    def test_is_no_better_on_a_later_day(self, reached: str, day: dt.date) -> None:
        today, later = progress(reached, day), progress(reached, day + dt.timedelta(days=1))

        assert later.missed >= today.missed


class TestMilestones:
    def test_that_the_measure_proves_are_met_by_its_months(self) -> None:
        [_, months] = progress("ggg", dt.date(2021, 12, 20)).milestones

        assert (months.state, months.met_on, months.is_measured) == ("met", dt.date(2021, 11, 30), True)
        assert not months.is_late

    def test_that_the_measure_proves_are_awaited_while_they_can_still_have_been_met(self) -> None:
        [_, months] = progress("gg", dt.date(2022, 1, 10)).milestones

        assert months.state == "awaited"

    def test_that_the_measure_proves_are_met_late_by_the_month_that_makes_it(self) -> None:
        [_, months] = progress("ssggg", dt.date(2022, 2, 20)).milestones

        assert (months.state, months.met_on, months.is_late) == ("met", dt.date(2022, 1, 31), True)

    def test_are_met_on_the_day_that_somebody_verified(self) -> None:
        [work, _] = progress("", dt.date(2021, 12, 1), met=(1,)).milestones

        assert (work.state, work.met_on) == ("met", dt.date(2021, 10, 1))

    def test_that_are_open_come_by_their_day(self) -> None:
        assert [one.promise.thread for one in progress("", dt.date(2021, 10, 1)).open] == [1, 2]


class TestWhetherItHasDone:
    def test_is_for_the_months_to_say(self) -> None:
        day = dt.date(2021, 12, 20)

        assert [progress(one, day).has_done for one in ("ggg", "ggs", "xxx")] == [True, False, None]

    def test_follows_from_its_milestones_where_no_measure_says_so(self) -> None:
        day = dt.date(2021, 12, 20)

        otherwise = replace(VERSION, measure="", level=None, months=None, otherwise="Sites were revisited")
        assert progress(None, day, version=otherwise).has_done is None
        assert progress(None, day, version=otherwise, met=(1, 2)).has_done is True

    def test_is_said_by_nobody_where_the_code_has_its_measure_no_more(self) -> None:
        assert progress(None, dt.date(2021, 12, 20), met=(1, 2)).has_done is None


class TestMeasures:
    def test_are_those_of_the_matter_that_tell_of_one_party(self, sec: object) -> None:
        assert sec
        rulebook = rulebook_of("sec")
        made = type("Case", (), {"obligation": "OBL-AREA-D", "area": "d"})

        assert list(measures_for(made, rulebook)) == ["AREA-D1", "AREA-D2"]  # type: ignore[arg-type]


@pytest.mark.django_db
class TestARemedy:
    @pytest.fixture
    def of_alfa(self) -> Asked:
        return asked()

    def test_is_told_by_the_months_of_its_party_alone(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())
        other = of_alfa.ben.organisation
        assert other is not None
        computed(of_alfa.case.party, "2021-08", 85)
        computed(of_alfa.case.party, "2021-09", 98)
        computed(other, "2021-10", 100)

        found = progress_of(remedy, dt.date(2021, 11, 20))

        assert found.measured is not None
        assert [(one.period, one.told, one.counts) for one in found.measured.months] == [
            ("2021-08", "short", False),
            ("2021-09", "reached", True),
            ("2021-10", "not_reported", True),
        ]

    def test_is_told_by_what_its_months_were_restated_to(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())
        for period in ("2021-09", "2021-10", "2021-11"):
            computed(of_alfa.case.party, period, 98)
        day = dt.date(2021, 12, 20)
        before = progress_of(remedy, day).state

        computed(of_alfa.case.party, "2021-10", 96, flags=["restated"])
        after = progress_of(remedy, day)

        assert after.measured is not None
        assert [one.is_restated for one in after.measured.months] == [False, True, False]
        assert (before, after.state, after.measured.in_a_row) == ("missed", "missed", 1)
        assert after.has_done is False

    def test_is_not_told_by_a_month_that_is_not_over(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file())
        computed(of_alfa.case.party, "2021-10", 98)

        found = progress_of(remedy, dt.date(2021, 10, 31))

        assert found.measured is not None
        assert found.measured.months == ()

    def test_counts_from_when_its_criterion_was_first_filed_so(self, of_alfa: Asked) -> None:
        first = of_alfa.file()
        return_remedy(remedy=first, reasons="Too late", key=key(), by=of_alfa.jo, at=at(FILED_ON))
        later = (planned("Daily coverage file", dt.date(2021, 12, 10), thread=1),)
        same = of_alfa.file(plan(milestones=later), day=dt.date(2021, 11, 2))
        softly = plan(milestones=later, level=Decimal(90), instead_because="Too hard")
        softer = of_alfa.file(softly, day=dt.date(2021, 11, 3))

        spans = [progress_of(one, dt.date(2021, 11, 3)).measured for one in (first, same, softer)]

        assert [str(one.since) for one in spans if one] == ["2021-09", "2021-09", "2021-11"]

    def test_says_how_far_each_day_slipped(self, of_alfa: Asked) -> None:
        of_alfa.file()
        later = (planned("Daily coverage file", dt.date(2021, 11, 12), thread=1),)

        second = of_alfa.file(plan(milestones=later, instead_because="Delays"))

        [work] = progress_of(second, FILED_ON).milestones
        assert (work.slip.first, work.slip.days) == (dt.date(2021, 10, 29), 14)
        assert [one.version for one in versions_of(of_alfa.case)] == [1, 2]

    def test_gives_the_facts_that_moves_are_judged_by(self, of_alfa: Asked) -> None:
        day = dt.date(2021, 11, 2)
        nothing = remedy_facts(of_alfa.case, day)
        first = of_alfa.file(plan(signed_by="Nadia Holt", signed_as="Director", signed_on=FILED_ON))
        filed = remedy_facts(of_alfa.case, day)
        of_alfa.accept(first)
        accepted = remedy_facts(of_alfa.case, day)

        assert (nothing["remedy_filed"], nothing["remedy_accepted"], nothing["is_signed"]) == (0, 0, False)
        assert (nothing["milestones_open"], nothing["criterion_met"]) == (None, None)
        assert (filed["remedy_filed"], filed["remedy_accepted"], filed["is_signed"]) == (1, 0, True)
        assert (accepted["remedy_filed"], accepted["remedy_accepted"]) == (0, 1)
        assert (accepted["milestones_open"], accepted["milestones_missed"]) == (3, 1)

    def test_that_waits_stands_beside_the_one_carried_out(self, of_alfa: Asked) -> None:
        first = of_alfa.accept(of_alfa.file())
        second = of_alfa.file()

        assert carried_of(of_alfa.case, FILED_ON) == first
        assert stages_of(of_alfa.case, FILED_ON)[-1] == (second, "filed")

    def test_has_done_by_its_milestones_where_no_measure_says_so(self, of_alfa: Asked) -> None:
        remedy = of_alfa.accept(of_alfa.file(by_hand()))
        jo = on(of_alfa.jo, dt.date(2021, 10, 20))
        meet_milestone(
            milestone=remedy.milestones.get(), on=jo.day, by_what="Log", key=key(), by=jo, at=at(jo.day)
        )

        assert criterion_of(remedy, rulebook_of("sec")) is None
        assert remedy_facts(of_alfa.case, jo.day)["criterion_met"] is True

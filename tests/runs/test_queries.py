import datetime as dt
from collections.abc import Callable
from dataclasses import replace

import pytest

from tallystick.month.assessment import Assessment
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import guarded
from tallystick.rulebook.periods import Span
from tallystick.runs import operations, queries
from tallystick.runs.models import HeldRow, Run, Submission
from tests.month.drilled_july import drilled, finer
from tests.runs.conftest import NOW

Land = Callable[..., Run]
ONCE = dt.date(2021, 8, 20)

pytestmark = pytest.mark.django_db


class TestEveryQuestion:
    def test_is_asked_through_what_somebody_may_see(
        self, month: Assessment, received: list[Submission], land: Land, jo: Acting
    ) -> None:
        run = land(month)
        with guarded():
            finding = queries.findings_of(jo, "2021-07")[0]

            told = [
                queries.periods(jo),
                queries.runs_of(jo, "2021-07"),
                queries.run(jo, run.reference),
                queries.current_run(jo, "2021-07"),
                queries.finding(jo, finding.reference),
                queries.finding_told(jo, finding),
                queries.versions_of(jo, finding),
                queries.restatements(jo, "CPM1", "2021-07"),
                queries.expected(jo),
                queries.submissions_of(jo),
                queries.submission(jo, received[0].reference),
                queries.submission(jo, received[0].evidence),
            ]
            queries.assessment_for(jo, run)
            queries.lines(jo, run, finding.measure)

        assert all(told)

    def test_finds_nothing_of_a_rival(
        self, month: Assessment, received: list[Submission], land: Land, ada: Acting
    ) -> None:
        run = land(month)
        rivals = [one for one in month.findings if one.group and one.subject != "Alderbrook Energy"]

        assert [queries.finding(ada, one.id) for one in rivals] == [None] * len(rivals)
        seen = [line for one in month.findings for line in queries.lines(ada, run, one.measure)]
        assert {line.subject for line in seen} == {"Alderbrook Energy"}
        assert queries.submission(ada, received[1].reference) is None


class TestAssessmentFor:
    def test_has_every_part_of_the_measure_that_is_asked_for_in_order(
        self, month: Assessment, land: Land, jo: Acting
    ) -> None:
        told = queries.assessment_for(jo, land(month), finer_of="AREA-G")

        assert finer(told, "CPM1") == ()
        assert finer(told, "AREA-G") == tuple(
            figure for one in drilled(month) if one.measure == "AREA-G" for figure in one.figures
        )

    def test_leaves_lines_out_where_they_are_not_wanted(
        self, month: Assessment, land: Land, jo: Acting
    ) -> None:
        told = queries.assessment_for(jo, land(month), with_lines=False)

        assert told.findings
        assert {one.lines for one in told.findings} == {()}

    def test_is_without_what_is_finer_where_nobody_asks(
        self, month: Assessment, land: Land, jo: Acting
    ) -> None:
        told = queries.brief_for(jo, land(month))

        assert {name for one in told.figures for name in one.group} == {"party"}


class TestCurrentRun:
    def test_is_the_one_known_by_a_day(self, month: Assessment, land: Land, jo: Acting) -> None:
        once, now = land(month, known_on=ONCE), land(month)

        found = [
            queries.current_run(jo, "2021-07", at=day)
            for day in (None, dt.date(2021, 9, 1), ONCE - dt.timedelta(days=1))
        ]

        assert found == [now, once, None]

    def test_is_none_while_the_run_waits(self, jo: Acting) -> None:
        assert queries.current_run(jo, "2021-07") is None


class TestRunNear:
    def test_is_the_run_that_counts_and_the_graded_months_beside_it(
        self, month: Assessment, land: Land, jo: Acting
    ) -> None:
        once, now = land(month, known_on=ONCE), land(month)
        for period in ("2021-04", "2021-06", "2021-08"):
            figures = tuple(replace(one, period=period) for one in month.figures)
            land(replace(month, period=period, figures=figures, findings=(), history={}))

        found = [
            queries.run_near(jo, "2021-07", at) for at in (None, dt.date(2021, 9, 1), dt.date(2021, 1, 1))
        ]

        assert [one.run for one in found] == [now, once, None]
        assert {one.periods for one in found} == {frozenset({"2021-06", "2021-08"})}


class TestRunsOf:
    def test_keeps_what_has_not_landed_with_the_office(
        self, month: Assessment, land: Land, jo: Acting, ada: Acting
    ) -> None:
        landed = land(month)
        waiting = operations.start_run(period=Span.parse("2021-06"), known_on=landed.known_on, by=jo, at=NOW)

        assert set(queries.runs_of(jo)) == {landed, waiting}
        assert queries.runs_of(ada) == [landed]


class TestFindingTold:
    def test_is_nothing_once_it_was_withdrawn(self, month: Assessment, land: Land, jo: Acting) -> None:
        land(month)
        land(replace(month, findings=month.findings[1:]))
        gone = queries.finding(jo, month.findings[0].id)

        assert gone is not None
        assert gone.is_withdrawn
        assert queries.finding_told(jo, gone) is None

    @pytest.mark.usefixtures("received")
    def test_says_what_was_said(self, month: Assessment, land: Land, jo: Acting) -> None:
        land(month)
        found = queries.finding(jo, month.findings[0].id)

        assert found is not None
        assert queries.finding_told(jo, found) == month.findings[0]


class TestRestatements:
    def test_leave_out_a_run_that_changed_nothing(self, month: Assessment, land: Land, jo: Acting) -> None:
        first = land(month, known_on=ONCE)
        land(month)

        told = queries.restatements(jo, "CPM1", "2021-07")

        assert [one.reference for one in told] == [first.reference]


class TestHeldRows:
    def test_are_those_that_nobody_settled(self, received: list[Submission], jo: Acting, ada: Acting) -> None:
        own, other = (
            HeldRow(
                code="sec",
                classification="amber",
                publicity="issued",
                party=one.party,
                submission=one,
                row=2,
                what="in doubt",
                remedy="send again",
            )
            for one in received[:2]
        )
        own.save()
        other.save()

        assert queries.held_rows(ada) == [own]
        assert set(queries.held_rows(jo)) == {own, other}
        assert queries.held_rows(jo, received[1]) == [other]

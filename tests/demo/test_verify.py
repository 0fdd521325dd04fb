from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from tallystick.demo.plant.year import Planted
from tallystick.demo.truth import Truth, TruthFigure
from tallystick.demo.verify import Comparison, UnableToVerify, changed_files, verify
from tallystick.findings.lines import Line
from tallystick.month.assessment import Assessment, Figure, Finding, Received

JULY = "2021-07"


def as_found(truth: Truth, period: str = JULY, known_on: str | None = None) -> Assessment:
    """Return the assessment of an engine that finds exactly what was planted."""
    return Assessment(
        code=truth.code,
        code_title="",
        period=period,
        known_on=known_on or truth.known_on,
        edition="",
        snapshot="",
        engine="",
        sentence="",
        figures=tuple(_figure(truth, row) for row in truth.figures if row.period == period),
        history={},
        findings=tuple(
            _finding(row.measure, row.subject, row.state, period)
            for row in truth.findings
            if row.period == period
        ),
        received=tuple(
            Received("", one.stream, "", "", one.rows, one.accepted, one.held, one.refused, 0, one.sha256)
            for one in truth.files
        ),
        reports=(),
        missing=(),
        # A measure of the code itself names nobody on its lines.
        lines=tuple(
            Line(row.measure, row.key, "" if row.subject == "DCC" else row.subject, "", "")
            for row in truth.lines
            if row.period == period
        ),
    )


def _figure(truth: Truth, row: TruthFigure) -> Figure:
    group = dict([row.group.split("=", maxsplit=1)]) if row.group else {}
    return replace(
        _plain_figure(row.measure, row.period, group),
        numerator=row.numerator,
        denominator=row.denominator,
        open=row.open,
        held=row.held,
        excluded=row.excluded,
    )


def _plain_figure(measure: str, period: str, group: dict[str, str], **more: Any) -> Figure:
    return Figure(
        measure=measure,
        title="",
        kind="",
        provider=None,
        clause=(),
        obligation="",
        group=group,
        period=period,
        numerator=None,
        denominator=None,
        share=None,
        target=None,
        minimum=None,
        state="met",
        **more,
    )


def _finding(measure: str, subject: str, state: str, period: str) -> Finding:
    return Finding(
        id="",
        obligation="",
        area=None,
        clause=(),
        measure=measure,
        subject=subject,
        group={},
        period=period,
        numerator=None,
        denominator=None,
        state=state,
        why="",
        first_seen=period,
        exceptions=1,
    )


@pytest.fixture(scope="module")
def truth(planted: Planted) -> Truth:
    return planted.truth


@pytest.fixture(scope="module")
def july(truth: Truth) -> Assessment:
    rolls = tuple(
        _plain_figure(
            row.measure, row.period, {}, detail={k: v for k, v in vars(row).items() if k not in ROLL_KEY}
        )
        for row in truth.rolls
        if row.period == JULY
    )
    found = as_found(truth)
    return replace(found, figures=(*found.figures, *rolls))


ROLL_KEY = ("measure", "period")


def without(whole: Any, table: str, row: object) -> Any:
    """Return a truth or an assessment with one row fewer."""
    return replace(whole, **{table: tuple(one for one in getattr(whole, table) if one != row)})


def agreement(compared: Comparison, what: str) -> tuple[float, float]:
    (one,) = (each for each in compared.agreements if each.what == what)
    return one.precision, one.recall


class TestVerify:
    def test_agrees_with_an_engine_that_finds_what_was_planted(self, truth: Truth, july: Assessment) -> None:
        compared = verify(truth, [july])

        assert compared.agrees
        assert compared.differences == ()
        assert {(one.precision, one.recall) for one in compared.agreements} == {(1.0, 1.0)}
        assert compared.unassessed == truth.periods[:-1]
        assert compared.words().endswith("As planted.")
        assert compared.as_json()["compared"]["lines"]["recall"] == 1.0

    @pytest.mark.parametrize("table", ["lines", "findings"])
    def test_sees_every_single_row_that_the_truth_has_lost(
        self, table: str, truth: Truth, july: Assessment
    ) -> None:
        rows = getattr(truth, table)

        for row in [row for row in rows if row.period == JULY][::25]:
            compared = verify(without(truth, table, row), [july])
            assert not compared.agrees
            assert agreement(compared, table)[0] < 1.0
            assert row.measure in compared.differences[0]

    @pytest.mark.parametrize("table", ["lines", "findings", "figures"])
    def test_sees_every_single_row_that_was_not_found(
        self, table: str, truth: Truth, july: Assessment
    ) -> None:
        rows = getattr(july, table)
        named = [row for row in rows if row.measure != "RDP-ROLL"]

        for row in named[:: len(named) // 8]:
            # A group's figures are compared once any of its grain was asked for.
            compared = verify(truth, [without(july, table, row)])
            assert not compared.agrees
            assert agreement(compared, table)[1] < 1.0

    def test_tells_another_state_of_a_finding_in_both_directions(
        self, truth: Truth, july: Assessment
    ) -> None:
        first, *rest = july.findings
        other = replace(first, state="met")

        compared = verify(truth, [replace(july, findings=(other, *rest))])

        assert compared.differences == (
            f"Not found: the finding that {first.subject} is {first.state} in {first.measure}, {JULY}.",
            f"Not planted: the finding that {first.subject} is met in {first.measure}, {JULY}.",
        )

    def test_tells_another_count_of_a_figure(self, truth: Truth, july: Assessment) -> None:
        figures = [replace(one, open=one.open + 1) if one.measure == "CPM5" else one for one in july.figures]

        compared = verify(truth, [replace(july, figures=tuple(figures))])

        assert all("CPM5" in difference for difference in compared.differences)
        assert len(compared.differences) == 2

    def test_tells_another_count_of_a_register(self, truth: Truth, july: Assessment) -> None:
        figures = [
            replace(one, detail={**one.detail, "aged": 99}) if one.measure == "RDP-ROLL" else one
            for one in july.figures
        ]

        compared = verify(truth, [replace(july, figures=tuple(figures))])

        assert "aged 99" in compared.differences[-1]

    def test_tells_of_a_file_that_was_changed(self, truth: Truth, july: Assessment) -> None:
        first, *rest = july.received
        changed = replace(first, sha256="0" * 64)

        compared = verify(truth, [replace(july, received=(changed, *rest))])

        assert not compared.agrees
        assert "0000000000" in compared.differences[0]

    def test_tells_of_a_file_whose_rows_were_counted_otherwise(self, truth: Truth, july: Assessment) -> None:
        *rest, last = july.received

        compared = verify(truth, [replace(july, received=(*rest, replace(last, held=7)))])

        assert not compared.agrees

    def test_passes_over_measures_that_the_truth_does_not_name(self, truth: Truth, july: Assessment) -> None:
        more = replace(
            july,
            findings=(*july.findings, _finding("OTHER-1", "ALFA", "below_target", JULY)),
            lines=(*july.lines, Line("OTHER-1", "KEY", "ALFA", "", "")),
            figures=(*july.figures, _plain_figure("OTHER-1", JULY, {})),
        )

        assert verify(truth, [more]).agrees

    def test_leaves_out_the_groups_that_were_not_asked_for(self, truth: Truth, july: Assessment) -> None:
        wholes = tuple(one for one in july.figures if not one.group)

        assert verify(truth, [replace(july, figures=wholes)]).agrees

    def test_shows_the_first_differences_and_counts_the_rest(self, truth: Truth, july: Assessment) -> None:
        compared = verify(truth, [replace(july, lines=july.lines[:1])], most=3)

        assert len(compared.differences) == 3
        assert compared.more == len(july.lines) - 4
        assert "more differences" in compared.words()

    @pytest.mark.parametrize(
        ("change", "says"),
        [
            (lambda one: replace(one, known_on="2021-08-21"), "as known on 2021-08-20"),
            (lambda one: replace(one, code="uig"), "this is uig"),
            (lambda one: replace(one, period="2021-08"), "says nothing of 2021-08"),
            (lambda one: replace(one, lines=()), "without its exception lines"),
        ],
    )
    def test_refuses_an_assessment_of_something_else(
        self, change: Callable[[Assessment], Assessment], says: str, truth: Truth, july: Assessment
    ) -> None:
        with pytest.raises(UnableToVerify, match=says):
            verify(truth, [change(july)])

    def test_refuses_a_period_that_comes_twice(self, truth: Truth, july: Assessment) -> None:
        with pytest.raises(UnableToVerify, match="twice"):
            verify(truth, [july, july])

    def test_compares_what_was_known_before_files_were_restated(self, planted: Planted) -> None:
        earlier = planted.earlier
        then = as_found(earlier)

        assert verify(earlier, [then]).agrees
        assert not verify(earlier, [replace(then, figures=as_found(planted.truth).figures)]).agrees


class TestChangedFiles:
    def test_are_none_as_long_as_nobody_touched_them(self, planted: Planted) -> None:
        assert changed_files(planted.truth, planted.folder) == ()

    def test_are_told_by_name(self, planted: Planted, tmp_path: Path) -> None:
        for file in planted.truth.files:
            target = tmp_path / file.file
            target.parent.mkdir(exist_ok=True)
            target.write_bytes((planted.folder / file.file).read_bytes())
        first, second = (tmp_path / file.file for file in planted.truth.files[:2])
        first.write_text(first.read_text().replace("2021", "2020", 1))
        second.unlink()
        (tmp_path / "evidence" / "999-more.csv").write_text("")

        told = changed_files(planted.truth, tmp_path)

        assert told == (
            f"evidence/{first.name} is not as it was planted.",
            f"evidence/{second.name} is missing.",
            "evidence/999-more.csv was not planted.",
        )

"""The planter's arithmetic against a second one: pandas over the files, by the rulebook's definitions."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import pandas as pd
import pytest

from tallystick.demo.plant.year import Planted
from tallystick.demo.truth import TruthFigure
from tallystick.rulebook.measures import (
    AtLeastAtMost,
    Availability,
    FollowsWithin,
    Matches,
    NoOverlap,
    RollUp,
    Share,
    ShareWithin,
    Variance,
)
from tallystick.rulebook.rulebook import Rulebook

UNITS = {"second": "s", "minute": "min", "hour": "h"}
Evidence = Any
Judged = Any  # the rows of a measure with `day`, `key`, `part`, `whole`, `open`, `held`, `left_out`


class SecondOpinion:
    """Every measure of the rulebook, computed with pandas over all days."""

    def __init__(self, sec: Rulebook, evidence: Evidence, known_until: pd.Timestamp, known_on: str) -> None:
        self.sec, self.rows, self.known_until = sec, evidence.rows, known_until
        self.known_on = pd.Timestamp(known_on)

    def judged(self, key: str) -> Judged:
        measure: Any = self.sec.measures[key]
        kinds: dict[type, Callable[[Any], Judged]] = {
            ShareWithin: self._within,
            Share: self._share,
            FollowsWithin: self._follows,
            Matches: self._matches,
            NoOverlap: self._no_overlap,
        }
        judged = kinds[type(measure)](measure)
        judged["key"] = self._keys(judged, measure.stream)
        judged["day"] = self._day(judged, measure.at)
        excluded = self.rows["exceptions"]
        ends = excluded[excluded["stream"] == measure.stream].set_index("row_key")["until_on"]
        until = pd.to_datetime(judged["key"].map(ends.fillna(pd.Timestamp("2100-01-01")).to_dict()))
        judged["left_out"] = judged["key"].isin(ends.index) & (judged["day"] < until)
        for side in ("part", "whole", "open", "held"):
            judged[side] = judged[side].where(~judged["left_out"], 0).astype(int)
        return judged

    def _day(self, rows: pd.DataFrame, column: str) -> pd.Series:
        return rows[f"{column}__day"] if f"{column}__day" in rows else rows[column]

    def _keys(self, rows: pd.DataFrame, stream: str) -> list[str]:
        definition = self.sec.streams[stream]
        parts = []
        for name in definition.row_key:
            column = rows[name]
            if definition.columns[name].type == "instant":
                column = column.dt.strftime("%Y-%m-%dT%H:%M:%SZ")
            parts.append(column.astype(str))
        return ["|".join(cells) for cells in zip(*parts, strict=True)]

    def _where(self, stream: str, where: Any) -> pd.DataFrame:
        rows = self.rows[stream]
        return rows[_meets(rows, where)].copy()

    def _limit(self, measure: Any, rows: pd.DataFrame) -> pd.Series:
        parameter = self.sec.parameters[measure.limit.parameter]
        (value,) = dict(parameter.starts()).values()
        if not measure.limit.by:
            return pd.Series(float(value.value or 0), index=rows.index)
        table = {
            tuple(entry.key[name] for name in measure.limit.by): float(entry.value) for entry in value.entries
        }
        cells = rows[list(measure.limit.by)].itertuples(index=False)
        return pd.Series([table.get(tuple(row), np.nan) for row in cells], index=rows.index)

    def _last_day(self, measure: Any, limit: pd.Series, start: pd.Series) -> pd.Series:
        parameter = self.sec.parameters[measure.limit.parameter]
        if parameter.unit == "day":
            return start + pd.to_timedelta(limit, unit="D")
        off = sorted(self.sec.calendar().days_off)
        days = start.to_numpy().astype("datetime64[D]")
        # Counting starts after the day: roll back to a working day first, so that n more are counted.
        last = np.busday_offset(days, limit.astype(int), roll="backward", holidays=off)
        return pd.Series(pd.to_datetime(last), index=start.index)

    def _within(self, measure: ShareWithin) -> Judged:
        rows = self._where(measure.stream, measure.where)
        limit = self._limit(measure, rows)
        unit = self.sec.parameters[measure.limit.parameter].unit
        start, end = rows[measure.from_], rows[measure.to]
        known = limit.notna() & start.notna()
        if unit in UNITS:
            allowed = pd.to_timedelta(limit, unit=UNITS[unit])
            in_time, passed = (end - start) <= allowed, start + allowed < self.known_until
        else:
            last = self._last_day(measure, limit, self._day(rows, measure.from_))
            in_time, passed = self._day(rows, measure.to) <= last, last <= self.known_on
        return _settled(rows, known=known, done=end.notna(), in_time=in_time, passed=passed)

    def _share(self, measure: Share) -> Judged:
        rows = self._where(measure.stream, measure.where)
        part = _meets(rows, measure.numerator.where).astype(int)
        whole = pd.Series(1, index=rows.index)
        if measure.denominator.sum:
            whole = rows[list(measure.denominator.sum)].sum(axis=1)
            part = rows[list(measure.numerator.sum)].sum(axis=1) - rows[list(measure.numerator.less)].sum(
                axis=1
            )
        return rows.assign(part=part, whole=whole, open=0, held=0)

    def _follows(self, measure: FollowsWithin) -> Judged:
        rows = self._where(measure.stream, measure.where).sort_values(measure.at)
        ((own, theirs),) = measure.match.items()
        response = measure.response
        answers = self._where(response.stream, response.where).sort_values(response.at)
        answers = answers.assign(answered=answers[response.at], answered_day=self._day(answers, response.at))
        joined = pd.merge_asof(
            rows,
            answers[[theirs, "answered", "answered_day"]].rename(columns={theirs: "their_key"}),
            left_on=measure.at,
            right_on="answered",
            left_by=own,
            right_by="their_key",
            direction="forward",
        )
        last = self._last_day(measure, self._limit(measure, joined), self._day(joined, measure.at))
        return _settled(
            joined,
            known=pd.Series(data=True, index=joined.index),
            done=joined["answered"].notna(),
            in_time=joined["answered_day"] <= last,
            passed=last <= self.known_on,
        )

    def _matches(self, measure: Matches) -> Judged:
        rows = self._where(measure.stream, measure.where).reset_index(drop=True)
        listed = measure.register_
        register = self.rows[listed.stream].rename(columns=lambda name: f"r_{name}")
        theirs = [f"r_{name}" for name in listed.match.values()]
        pairs = rows.reset_index().merge(register, left_on=list(listed.match), right_on=theirs)
        day, until = self._day(pairs, measure.at), pairs[f"r_{listed.until}"]
        pairs = pairs[(day >= pairs[f"r_{listed.from_}"]) & (until.isna() | (day < until))]
        agreeing = pairs
        for own, other in measure.same.items():
            agreeing = agreeing[agreeing[own] == agreeing[f"r_{other}"]]
        found, right = rows.index.isin(pairs["index"]), rows.index.isin(agreeing["index"])
        if not measure.same:
            return rows.assign(part=found.astype(int), whole=1, open=0, held=0)
        return rows.assign(part=right.astype(int), whole=found.astype(int), open=0, held=(~found).astype(int))

    def _no_overlap(self, measure: NoOverlap) -> Judged:
        rows = self._where(measure.stream, measure.where).dropna(subset=list(measure.key_columns))
        rows = rows.reset_index(drop=True)
        pairs = rows.reset_index().merge(
            rows.reset_index(), on=list(measure.key_columns), suffixes=("", "_o")
        )
        start, other = pairs[measure.from_], pairs[f"{measure.from_}_o"]
        until = pairs[f"{measure.until}_o"]
        crossing = pairs[
            (pairs[str(measure.holder)] != pairs[f"{measure.holder}_o"])
            & (other <= start)
            & (pairs["index"] != pairs["index_o"])
            & (until.isna() | (until > start))
        ]
        return rows.assign(part=(~rows.index.isin(crossing["index"])).astype(int), whole=1, open=0, held=0)


def _meets(rows: pd.DataFrame, where: Any) -> pd.Series:
    met = pd.Series(data=True, index=rows.index)
    for column, condition in where.items():
        if isinstance(condition, AtLeastAtMost):
            low, high = condition.at_least, condition.at_most
            met &= rows[column].between(low if low is not None else 0, high if high is not None else 10**9)
        else:
            met &= rows[column].isin(condition)
    return met


def _settled(
    rows: pd.DataFrame, *, known: pd.Series, done: pd.Series, in_time: pd.Series, passed: pd.Series
) -> Judged:
    return rows.assign(
        part=(known & done & in_time).astype(int),
        whole=(known & (done | passed)).astype(int),
        open=(known & ~done & ~passed).astype(int),
        held=(~known).astype(int),
    )


def _span(measure: Any, period: str) -> tuple[pd.Timestamp, pd.Timestamp]:
    if measure.activity.lag:
        quarter = pd.Period(period, freq="Q") - measure.activity.lag
        return quarter.start_time, quarter.end_time
    month = pd.Period(period, freq="M")
    return month.start_time, month.end_time


@pytest.fixture(scope="module")
def opinion(sec: Rulebook, evidence: Evidence, known_until: pd.Timestamp, planted: Planted) -> SecondOpinion:
    return SecondOpinion(sec, evidence, known_until, planted.truth.known_on)


@pytest.fixture(scope="module")
def judged(opinion: SecondOpinion, sec: Rulebook, planted: Planted) -> dict[str, Judged]:
    kinds = (ShareWithin, Share, FollowsWithin, Matches, NoOverlap)
    return {
        key: opinion.judged(key) for key in planted.truth.measures if isinstance(sec.measures[key], kinds)
    }


def _in_span(judged: Judged, measure: Any, period: str) -> Judged:
    first, last = _span(measure, period)
    return judged[(judged["day"] >= first) & (judged["day"] <= last)]


def _sums(rows: Judged) -> tuple[int, ...]:
    return tuple(int(rows[name].sum()) for name in ("part", "whole", "open", "held", "left_out"))


def _figures(planted: Planted, group: str = "") -> dict[tuple[str, str, str], tuple[int, ...]]:
    rows: Iterator[TruthFigure] = (row for row in planted.truth.figures if bool(row.group) == bool(group))
    return {
        (row.measure, row.period, row.group): (
            row.numerator,
            row.denominator,
            row.open,
            row.held,
            row.excluded,
        )
        for row in rows
    }


class TestTruth:
    def test_names_every_measure_with_a_level_that_rows_can_be_counted_for(
        self, planted: Planted, sec: Rulebook
    ) -> None:
        graded = {key for key in sec.levels if key in sec.measures}

        assert graded <= set(planted.truth.measures)

    def test_has_the_figures_that_pandas_counts(
        self, planted: Planted, sec: Rulebook, judged: dict[str, Judged]
    ) -> None:
        figures = _figures(planted)

        counted = {
            (key, period, ""): _sums(_in_span(rows, sec.measures[key], period))
            for key, rows in judged.items()
            for period in planted.truth.periods
        }

        assert {key: figures[key] for key in counted} == counted

    def test_has_the_lines_that_pandas_finds(
        self, planted: Planted, sec: Rulebook, judged: dict[str, Judged]
    ) -> None:
        lines = {(line.measure, line.period, line.key) for line in planted.truth.lines}

        found = {
            (key, period, row)
            for key, rows in judged.items()
            for period in planted.truth.periods
            for row in _in_span(rows[rows["part"] < rows["whole"]], sec.measures[key], period)["key"]
        }

        assert lines == found

    def test_has_the_figures_of_each_party_that_pandas_counts(
        self, planted: Planted, sec: Rulebook, judged: dict[str, Judged]
    ) -> None:
        figures = _figures(planted, "party")
        grains = {key[0]: key[2].split("=")[0] for key in figures}

        counted = {
            (key, period, f"{grain}={label}"): _sums(rows)
            for key, grain in grains.items()
            if key in judged
            for period in planted.truth.periods
            for label, rows in _in_span(judged[key], sec.measures[key], period).groupby(grain)
        }

        assert {key: value for key, value in figures.items() if key[0] in judged} == counted

    def test_adds_up_what_rolls_up(self, planted: Planted, sec: Rulebook) -> None:
        figures = _figures(planted)
        above = [key for key, measure in sec.measures.items() if isinstance(measure, RollUp)]

        for key in above:
            parts = [name for name, measure in sec.measures.items() if measure.into == key]
            for period in planted.truth.periods:
                sums = [figures[name, period, ""] for name in parts]
                assert figures[key, period, ""] == tuple(sum(each) for each in zip(*sums, strict=True))

    def test_has_the_findings_that_the_levels_of_the_rulebook_give(
        self, planted: Planted, sec: Rulebook
    ) -> None:
        found = set()
        for row in planted.truth.figures:
            level = sec.levels.get(row.measure)
            by_party = row.measure.startswith("AREA-")
            if level is None or by_party != bool(row.group) or not row.denominator:
                continue
            (value,) = level.values.values()  # noqa: PD011 - not a table's
            state = _state(row, value)
            measure = sec.measures[row.measure]
            if state and measure.reportable:
                subject = row.group.partition("=")[2] or measure.provider or "DCC"
                found.add((row.measure, row.period, subject, state))

        truth = {(one.measure, one.period, one.subject, one.state) for one in planted.truth.findings}
        assert truth == found


def _state(row: TruthFigure, level: Any) -> str | None:
    if level.target is None:
        return None
    if row.numerator * 100 < level.minimum * row.denominator:
        return "below_minimum"
    return "below_target" if row.numerator * 100 < level.target * row.denominator else None


class TestAvailability:
    @pytest.mark.parametrize("key", ["CPM6", "DSP-PM2.1"])
    def test_is_the_minutes_that_a_minute_by_minute_count_leaves(
        self, key: str, planted: Planted, sec: Rulebook, evidence: Evidence
    ) -> None:
        measure = sec.measures[key]
        assert isinstance(measure, Availability)
        rows = evidence.rows["outages"]
        rows = rows[_meets(rows, measure.where)]
        agreed = _meets(rows, measure.less.where) & rows[str(measure.less.named)].notna()

        for period in planted.truth.periods:
            minutes = pd.date_range(
                pd.Timestamp(f"{period}-01", tz="Europe/London"),
                pd.Timestamp(f"{period}-01", tz="Europe/London") + pd.DateOffset(months=1),
                freq="min",
                inclusive="left",
            )
            down = np.zeros(len(minutes), bool)
            forgiven = np.zeros(len(minutes), bool)
            for row, is_agreed in zip(rows.itertuples(), agreed, strict=True):
                within = (minutes >= row.from_at) & (minutes < row.to_at)
                down |= within
                forgiven |= within & is_agreed
            whole = len(minutes)

            figure = _figures(planted)[key, period, ""]

            assert figure[:2] == (whole - int((down & ~forgiven).sum()), whole)

    def test_counts_the_real_minutes_of_a_short_month(self, planted: Planted) -> None:
        figures = _figures(planted)

        assert figures["CPM6", "2021-03", ""][1] == 44_580
        assert figures["CPM6", "2020-10", ""][1] == 44_700


class TestVariance:
    @pytest.mark.parametrize("key", ["SR-VARIANCE", "CSR-VARIANCE"])
    def test_is_what_each_party_sent_of_what_it_forecast(
        self, key: str, planted: Planted, sec: Rulebook, evidence: Evidence
    ) -> None:
        measure = sec.measures[key]
        assert isinstance(measure, Variance)
        sent = evidence.rows[measure.actual.stream]
        months = sent[f"{measure.actual.at}__day"].dt.strftime("%Y-%m")
        actual = sent.groupby([months, sent["party"]]).size()
        forecasts = evidence.rows["forecasts"]
        forecasts = forecasts[_meets(forecasts, measure.forecast.where)]
        expected = forecasts.groupby([forecasts["month"].dt.strftime("%Y-%m"), "party"])["forecast"].sum()

        figures = {
            (period, group.partition("=")[2]): sides[:2]
            for (name, period, group), sides in _figures(planted, "party").items()
            if name == key
        }

        assert figures == {
            pair: (int(actual.get(pair, 0)), int(expected.get(pair, 0)))
            for pair in set(actual.index) | set(expected.index)
        }

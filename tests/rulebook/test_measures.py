import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tallystick.rulebook.measures import AtLeastAtMost, Level, Levels, Measure

COMMON: dict[str, Any] = {
    "key": "A-1",
    "title": "A measure",
    "clause": ["C7.2"],
    "obligation": "OBL",
    "source": "S1",
}
OF_STREAM = {"stream": "requests", "at": "asked_at", "where": {"kind": ["read"]}, "by": ["party", "day"]}
READ = {"asked_at", "kind", "party"}


def measure(kind: str, **given: Any) -> Any:
    return TypeAdapter(Measure).validate_python({**COMMON, "kind": kind, **given})


class TestColumns:
    @pytest.mark.parametrize(
        ("kind", "given", "columns"),
        [
            (
                "share_within",
                {"from": "asked_at", "to": "done_at", "limit": {"parameter": "trt", "by": ["mode"]}},
                {"requests": READ | {"done_at", "mode"}},
            ),
            (
                "share",
                {
                    "numerator": {"where": {"ok": ["yes"]}, "sum": ["good"], "less": ["bad"]},
                    "denominator": {"sum": ["all"]},
                },
                {"requests": READ | {"ok", "good", "bad", "all"}},
            ),
            (
                "availability",
                {"from": "a", "to": "b", "less": {"where": {"planned": ["yes"]}, "named": "agreed_by"}},
                {"requests": READ | {"a", "b", "planned", "agreed_by"}},
            ),
            ("count", {"sum": "devices"}, {"requests": READ | {"devices"}}),
            ("count", {}, {"requests": READ}),
            (
                "roll_forward",
                {"opened": "o", "resolved": "r", "ageing": {"parameter": "days", "by": ["rdp"]}},
                {"requests": READ | {"o", "r", "rdp"}},
            ),
            (
                "follows_within",
                {
                    "match": ["hub"],
                    "response": {"stream": "replies", "at": "done_at", "where": {"ok": ["yes"]}},
                    "limit": {"parameter": "trt"},
                },
                {"requests": READ | {"hub"}, "replies": {"hub", "done_at", "ok"}},
            ),
            (
                "follows_within",
                {
                    "match": {"hub": "device"},
                    "response": {"stream": "requests", "at": "done_at"},
                    "limit": {"parameter": "trt"},
                },
                {"requests": READ | {"hub", "device", "done_at"}},
            ),
            (
                "no_overlap",
                {"key_columns": ["mpxn"], "from": "f", "until": "u"},
                {"requests": READ | {"mpxn", "f", "u"}},
            ),
            (
                "matches",
                {
                    "register": {"stream": "listed", "match": {"model": "m"}, "from": "f", "until": "u"},
                    "same": {"variant": "v"},
                },
                {"requests": READ | {"model", "variant"}, "listed": {"m", "f", "u", "v"}},
            ),
        ],
    )
    def test_are_all_that_a_kind_reads(
        self, kind: str, given: dict[str, Any], columns: dict[str, set[str]]
    ) -> None:
        found = measure(kind, **OF_STREAM, **given)

        assert found.columns == columns
        assert set(found.streams) == set(columns)

    def test_of_a_variance_are_those_of_both_its_sides(self) -> None:
        found = measure(
            "variance",
            by=["party", "day"],
            actual={"stream": "requests", "at": "asked_at", "where": {"kind": ["read"]}},
            forecast={"stream": "forecasts", "at": "month", "sum": "forecast"},
        )

        assert found.streams == ("requests", "forecasts")
        assert found.columns == {"requests": READ, "forecasts": {"month", "forecast", "party"}}

    def test_of_a_roll_up_are_none(self) -> None:
        assert (measure("roll_up").streams, measure("roll_up").columns) == ((), {})

    def test_of_a_reported_figure_are_those_of_the_stream_of_reports(self) -> None:
        assert measure("reported", report="RPT-PMR").streams == ("reported",)


class TestMeasure:
    def test_is_a_share_of_sums_that_is_wanted_high_unless_it_says_otherwise(self) -> None:
        found = measure("roll_up")

        assert (found.direction, found.aggregate, found.tolerance) == ("up", "ratio_of_sums", "level")
        assert (found.reportable, found.service_credit, found.official) == (True, False, "computed")
        assert (found.round.places, found.round.mode) == (2, "half_up")
        assert (found.activity.period, found.activity.lag) == ("month", 0)

    def test_was_checked_by_nobody_where_nothing_is_said_of_it(self) -> None:
        who = {"on": "2026-11-22", "against": "PMM 2018", "by": "An analyst"}

        assert measure("roll_up", checked={}).checked is None
        assert measure("roll_up", checked=who).checked.on == dt.date(2026, 11, 22)

    def test_may_bound_a_count_or_list_labels(self) -> None:
        found = measure("count", stream="s", at="a", where={"hubs": {"at_most": "50"}, "kind": ["x", "y"]})

        assert found.where == {"hubs": AtLeastAtMost(at_most=50), "kind": ("x", "y")}

    @pytest.mark.parametrize(
        ("given", "what"),
        [
            ({"kind": "ratio"}, "does not match any of the expected tags"),
            ({"kind": "roll_up", "stream": "s"}, "Extra inputs are not permitted"),
            ({"kind": "roll_up", "round": {"places": "7"}}, "less than or equal to 6"),
            ({"kind": "count", **OF_STREAM, "where": {"kind": []}}, "at least 1 item"),
            (
                {"kind": "share", **OF_STREAM, "numerator": {"sum": ["a"]}},
                "both sides count rows, or both add columns",
            ),
            (
                {"kind": "share", **OF_STREAM, "numerator": {}, "denominator": {"sum": ["a"]}},
                "both sides count rows, or both add columns",
            ),
        ],
    )
    def test_refuses_what_does_not_fit_its_kind(self, given: dict[str, Any], what: str) -> None:
        with pytest.raises(ValidationError, match=what):
            TypeAdapter(Measure).validate_python({**COMMON, **given})


class TestLevel:
    @pytest.mark.parametrize(
        "given",
        [
            {"target": "99"},
            {"target": "99.5", "minimum": "98"},
            {"target": "99", "minimum": "99"},
            {"band": ["90", "110"]},
            {"most": "0"},
        ],
    )
    def test_is_a_target_a_band_or_a_most(self, given: dict[str, Any]) -> None:
        assert not Level.model_validate({**given, "source": "recalled"}).verified

    @pytest.mark.parametrize(
        ("given", "what"),
        [
            ({}, "a level gives a target, a band or a most"),
            ({"minimum": "96"}, "a level gives a target, a band or a most"),
            ({"minimum": "96", "most": "1"}, "a minimum stands under a target"),
            ({"band": ["110", "90"]}, "a band runs from its lower to its higher edge"),
            ({"band": ["90", "90"]}, "a band runs from its lower to its higher edge"),
        ],
    )
    def test_is_refused_where_it_says_too_little(self, given: dict[str, Any], what: str) -> None:
        with pytest.raises(ValidationError, match=what):
            Level.model_validate({**given, "source": "S1"})


class TestLevels:
    def test_are_exact_and_each_from_its_day(self) -> None:
        levels = Levels.model_validate(
            {"measure": "CPM6", "values": {"2013-09-23": {"target": "99.5", "source": "recalled"}}}
        )

        assert levels.values[dt.date(2013, 9, 23)].target == Decimal("99.5")

    def test_are_at_least_one(self) -> None:
        with pytest.raises(ValidationError, match="at least 1 item"):
            Levels.model_validate({"measure": "CPM6", "values": {}})

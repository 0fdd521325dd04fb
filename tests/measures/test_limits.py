from dataclasses import replace
from typing import Any

import pytest

from tallystick.measures.limits import clock
from tallystick.rulebook.measures import Limit
from tallystick.rulebook.parameters import Parameter
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource, asked


def parameter(values: dict[str, str], **said: str) -> Parameter:
    dated = {day: {"value": value, "source": "assumed"} for day, value in values.items()}
    return Parameter.model_validate(
        {"key": "p", "title": "A limit", "clause": ["H9.1"], "unit": "day", "values": dated, **said}
    )


def incident(raised: str, resolved: str | None = None, name: str = "1") -> dict[str, Any]:
    base = {"incident_id": name, "category": "1", "responsible": "DCC"}
    return {**base, "raised_at": raised, "resolved_at": resolved}


def _rule(unit: str, counting: str, value: str) -> dict[str, str]:
    return {"unit": unit, "counting": counting, "value": value}


class TestClock:
    @pytest.mark.parametrize(
        ("rule", "resolved", "in_time"),
        [
            (_rule("day", "exclusive", "1"), "2021-08-28T23:59:59+01:00", True),
            (_rule("day", "exclusive", "1"), "2021-08-29T00:00:00+01:00", False),
            (_rule("day", "inclusive", "1"), "2021-08-27T23:59:59+01:00", True),
            (_rule("day", "inclusive", "1"), "2021-08-28T00:00:00+01:00", False),
            (_rule("working_day", "exclusive", "1"), "2021-08-31T23:59:59+01:00", True),
            (_rule("working_day", "exclusive", "1"), "2021-09-01T00:00:00+01:00", False),
            (_rule("working_day", "inclusive", "2"), "2021-08-31T12:00:00+01:00", True),
            (_rule("working_day", "inclusive", "1"), "2021-08-28T12:00:00+01:00", False),
            (_rule("hour", "exclusive", "24"), "2021-08-28T12:00:00+01:00", True),
            (_rule("hour", "exclusive", "24"), "2021-08-28T12:00:01+01:00", False),
        ],
    )
    def test_counts_in_the_limits_own_unit_and_way(
        self, sec: Rulebook, make_source: MakeSource, rule: dict[str, str], resolved: str, *, in_time: bool
    ) -> None:
        # Friday 27 August 2021, noon; Monday 30 August is a bank holiday.
        rulebook = _with(
            sec, parameter({"2013-01-01": rule["value"]}, unit=rule["unit"], counting=rule["counting"])
        )
        rows = make_source("incidents", [incident("2021-08-27T12:00:00+01:00", resolved)])

        timed = clock(rows, Limit(parameter="p"), "raised_at", "raised_at", "limit__", rulebook)

        table = timed.source.table.select(within=timed.within("raised_at", "resolved_at"))
        assert table.to_pyarrow()["within"].to_pylist() == [in_time]

    def test_takes_the_value_in_force_on_each_rows_own_day(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        rulebook = _with(sec, parameter({"2021-01-01": "1", "2021-07-01": "3"}))
        days = ["2020-12-31", "2021-06-30", "2021-07-01"]
        rows = make_source("incidents", [incident(f"{day}T12:00:00Z", name=day) for day in days])

        timed = clock(rows, Limit(parameter="p"), "raised_at", "raised_at", "limit__", rulebook)

        table = timed.source.table.order_by("incident_id").to_pyarrow()
        assert table["limit__"].to_pylist() == [None, 1, 3]

    @pytest.mark.parametrize(("known_on", "passed"), [("2021-08-30", False), ("2021-08-31", True)])
    def test_has_passed_at_the_end_of_the_last_day(
        self, sec: Rulebook, make_source: MakeSource, known_on: str, *, passed: bool
    ) -> None:
        rulebook = _with(sec, parameter({"2013-01-01": "1"}, unit="working_day"))
        rows = make_source("incidents", [incident("2021-08-27T12:00:00+01:00")])

        timed = clock(rows, Limit(parameter="p"), "raised_at", "raised_at", "limit__", rulebook)

        table = timed.source.table.select(passed=timed.passed("raised_at", asked(known_on)))
        assert table.to_pyarrow()["passed"].to_pylist() == [passed]


def _with(sec: Rulebook, one: Parameter) -> Rulebook:
    return replace(sec, parameters={**sec.parameters, one.key: one})

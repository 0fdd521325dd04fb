import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.rulebook.parameters import Parameter
from tallystick.rulebook.terms import NoValueYet

SINGLE: dict[str, Any] = {
    "key": "reply_days",
    "title": "Days to reply",
    "clause": ["C7.2"],
    "unit": "working_day",
    "values": {
        "2025-10-01": {"value": "5", "source": "M-031"},
        "2024-04-01": {"value": "7.5", "source": "recalled"},
    },
}
READ = {"key": {"kind": "read"}, "value": "30"}
TABLE: dict[str, Any] = {
    **SINGLE,
    "by": ["kind"],
    "values": {"2024-04-01": {"source": "S1", "entries": [READ, {"key": {"kind": "write"}, "value": "60"}]}},
}


class TestValueOn:
    REPLY_DAYS = Parameter.model_validate(SINGLE)

    def test_is_the_old_value_the_day_before_a_change(self) -> None:
        assert self.REPLY_DAYS.value_on(dt.date(2025, 9, 30)).value == Decimal("7.5")

    def test_is_the_new_value_on_the_day_of_the_change(self) -> None:
        assert self.REPLY_DAYS.value_on(dt.date(2025, 10, 1)).value == 5

    def test_is_the_first_value_on_its_first_day(self) -> None:
        assert self.REPLY_DAYS.value_on(dt.date(2024, 4, 1)).value == Decimal("7.5")

    def test_refuses_a_day_before_the_first_value(self) -> None:
        with pytest.raises(NoValueYet, match=r"reply_days \(C7\.2\) has no value on 2024-03-31"):
            self.REPLY_DAYS.value_on(dt.date(2024, 3, 31))

    def test_says_of_each_value_whether_it_is_verified(self) -> None:
        verified = [value.verified for value in self.REPLY_DAYS.starts().values()]

        assert verified == [False, True]


class TestStarts:
    def test_are_in_order_whatever_order_they_were_written_in(self) -> None:
        assert list(Parameter.model_validate(SINGLE).starts()) == [
            dt.date(2024, 4, 1),
            dt.date(2025, 10, 1),
        ]


class TestParameter:
    def test_may_be_a_table(self) -> None:
        value = Parameter.model_validate(TABLE).value_on(dt.date(2024, 4, 1))

        assert [(entry.key, entry.value) for entry in value.entries] == [
            ({"kind": "read"}, Decimal(30)),
            ({"kind": "write"}, Decimal(60)),
        ]

    @pytest.mark.parametrize(
        ("changes", "what"),
        [
            ({"by": ["kind"]}, "a table needs `by`, and a single value has none"),
            ({"values": TABLE["values"]}, "a table needs `by`, and a single value has none"),
            ({"values": {}}, "at least 1 item"),
            ({"values": {"2024-04-01": {"source": "S1"}}}, "either one number or a list of entries"),
            (
                {"by": ["kind"], "values": {"2024-04-01": {"source": "S1", "value": "1", "entries": [READ]}}},
                "either one number or a list of entries",
            ),
            ({**TABLE, "by": ["kind", "mode"]}, "every entry's key names exactly kind, mode"),
            ({**TABLE, "by": ["mode"]}, "every entry's key names exactly mode"),
            (
                {**TABLE, "values": {"2024-04-01": {"source": "S1", "entries": [READ, READ]}}},
                "another entry has the same key",
            ),
            ({"unit": "week"}, "Input should be 'second'"),
        ],
    )
    def test_refuses_what_does_not_fit_together(self, changes: dict[str, Any], what: str) -> None:
        with pytest.raises(ValidationError, match=what):
            Parameter.model_validate({**SINGLE, **changes})

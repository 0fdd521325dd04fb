import datetime as dt
from typing import Any

import pytest
from pydantic import ValidationError

from tallystick.rulebook.obligations import Obligation

DUTY: dict[str, Any] = {
    "key": "FCT-SR",
    "title": "Forecast service requests",
    "kind": "duty",
    "clause": ["H3.22"],
    "owner": "user",
    "source": "S3",
}
DECISION = {"state": "suspended", "because": "The Panel decided so", "source": "S3"}


class TestObligation:
    @pytest.mark.parametrize("kind", ["report", "forecast"])
    @pytest.mark.parametrize("given", [{}, {"period": "month"}, {"due": "none"}])
    def test_that_is_a_report_says_its_period_and_when_it_is_due(
        self, kind: str, given: dict[str, str]
    ) -> None:
        with pytest.raises(ValidationError, match="says its period and when it is due"):
            Obligation.model_validate({**DUTY, "kind": kind, **given})

    def test_that_is_a_report_may_have_no_date(self) -> None:
        report = Obligation.model_validate({**DUTY, "kind": "report", "period": "quarter", "due": "none"})

        assert report.due == "none"

    def test_that_is_a_duty_needs_neither(self) -> None:
        assert Obligation.model_validate(DUTY).due is None


class TestEnforcedOn:
    SUSPENDED = Obligation.model_validate(
        {
            **DUTY,
            "enforcement": {"2022-01-01": {**DECISION, "state": "pursued"}, "2021-01-15": DECISION},
        }
    )

    @pytest.mark.parametrize(
        ("day", "pursued"),
        [
            (dt.date(2021, 1, 14), True),
            (dt.date(2021, 1, 15), False),
            (dt.date(2021, 12, 31), False),
            (dt.date(2022, 1, 1), True),
        ],
    )
    def test_follows_the_latest_decision(self, day: dt.date, *, pursued: bool) -> None:
        assert self.SUSPENDED.enforced_on(day) is pursued

    def test_is_so_where_nothing_was_decided(self) -> None:
        assert Obligation.model_validate(DUTY).enforced_on(dt.date(2021, 1, 15))

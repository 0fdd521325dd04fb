from typing import Any

import pytest
from pydantic import TypeAdapter, ValidationError

from tallystick.rulebook.due import Due, DueRule

WRITTEN = {"count": "25", "unit": "working_day", "from": "period_end"}


class TestDue:
    def test_counts_after_the_anchor_and_from_the_next_day_unless_it_says_otherwise(self) -> None:
        due = Due.model_validate(WRITTEN)

        assert (due.count, due.from_) == (25, "period_end")
        assert (due.direction, due.counting, due.calendar) == ("after", "exclusive", None)

    @pytest.mark.parametrize(
        "changes",
        [
            {"count": "-1"},
            {"count": "1001"},
            {"unit": "week"},
            {"from": "today"},
            {"from_": "period_end"},
            {"direction": "sideways"},
            {"counting": "both"},
            {"calendar": "England and Wales"},
        ],
    )
    def test_refuses_what_cannot_be_counted(self, changes: dict[str, Any]) -> None:
        with pytest.raises(ValidationError):
            Due.model_validate({**WRITTEN, **changes})


class TestDueRule:
    @pytest.mark.parametrize("written", ["none", "reasonable"])
    def test_may_set_no_date(self, written: str) -> None:
        assert TypeAdapter(DueRule).validate_python(written) == written

    @pytest.mark.parametrize("written", ["soon", None, [WRITTEN]])
    def test_is_no_other_word(self, written: Any) -> None:
        with pytest.raises(ValidationError):
            TypeAdapter(DueRule).validate_python(written)

import pytest

from tallystick.evidence.headers import checked_header, checked_log_header
from tallystick.evidence.refusals import UnableToRead
from tests.evidence.desk import LOG, NAMES, plan


class TestCheckedHeader:
    def test_takes_columns_in_any_order_and_those_of_an_answer(self) -> None:
        names = (*reversed(NAMES), "correction_of", "problem")

        assert checked_header(names, plan(), 3).names == names

    def test_tells_all_that_is_wrong_at_once(self) -> None:
        with pytest.raises(UnableToRead) as refused:
            checked_header(("Party", "mode", "mode"), plan(), 1)

        assert str(refused.value).startswith(
            "Header, row 1: 'Party' is not a column of requests; did you mean 'party', in small letters?; "
            "'mode' stands 2 times, in columns 2, 3; the column 'request_id' is missing;"
        )
        assert "(and 4 more)" in str(refused.value)


class TestCheckedLogHeader:
    def test_lets_columns_stand_that_nothing_takes(self) -> None:
        names = ("case:concept:name", "time:timestamp", "more")

        assert checked_log_header(names, plan(LOG), names[:2], 1).names == names

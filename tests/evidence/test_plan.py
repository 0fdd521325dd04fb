import datetime as dt
import json

import pytest

from tallystick.evidence.limits import Limits
from tallystick.evidence.plan import microseconds, plan_from_json
from tallystick.rulebook.streams import Stream
from tests.evidence.desk import LOG, REQUESTS, plan


class TestPlan:
    @pytest.mark.parametrize("what", [REQUESTS, LOG])
    def test_comes_back_from_json_as_it_was(self, what: Stream) -> None:
        made = plan(what, party="ALFA", limits=Limits(seconds=5))

        assert plan_from_json(json.loads(json.dumps(made.as_json()))) == made

    def test_finds_its_columns(self) -> None:
        assert plan().column("mode").values == ("on_demand", "future_dated", "scheduled")


class TestMicroseconds:
    def test_are_whole_and_of_utc(self) -> None:
        later = dt.timezone(dt.timedelta(hours=1))

        assert microseconds(dt.datetime(1970, 1, 1, 1, 0, 0, 7, tzinfo=later)) == 7

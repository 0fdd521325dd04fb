from zoneinfo import ZoneInfo

import numpy as np
import pyarrow as pa

from tallystick.evidence.cases import Cases, Events
from tallystick.evidence.civil_time import CivilTime
from tests.evidence.desk import LOG, plan


def cases(at: list[str], names: list[str]) -> Cases:
    count = len(at)
    events = Events(
        case=np.zeros(count, np.int64),
        rows=np.array([2]),
        at=pa.array(at),
        attributes={"time:timestamp": pa.array(at), "concept:name": pa.array(names)},
        of_case={"case:concept:name": pa.array(["C-1"])},
        hashes=np.arange(count, dtype=np.uint64),
    )
    made = plan(LOG)
    assert made.log is not None
    return Cases(events, made, made.log, CivilTime(ZoneInfo("Europe/London")))


class TestCases:
    def test_take_events_of_one_moment_in_the_order_of_the_file(self) -> None:
        at = ["2021-07-01T09:00:00Z", "2021-07-01T09:00:00Z", "2021-07-01T08:00:00Z"]

        (pending,) = cases(at, ["asked", "closed", "opened"]).pending()

        texts = pending.make().texts
        assert texts["last"].to_pylist() == ["closed"]
        assert texts["opened_at"].to_pylist() == ["2021-07-01T08:00:00Z"]

    def test_hold_a_case_whose_event_happened_at_one_of_two_times(self) -> None:
        (pending,) = cases(["2021-10-31T01:30:00", "2021-10-31T03:00:00"], ["opened", "closed"]).pending()

        (flaw,) = pending.make().flaws
        assert (flaw.state, flaw.column) == ("held", "time:timestamp")
        assert flaw.what.startswith("an event of the case: '2021-10-31T01:30:00' happens twice")

    def test_refuse_a_case_with_an_event_at_no_time(self) -> None:
        (pending,) = cases(["2021-07-01T09:00:00Z", ""], ["opened", "closed"]).pending()

        assert [flaw.what for flaw in pending.make().flaws] == ["an event of the case has no time"]

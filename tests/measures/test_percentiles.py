import datetime as dt

from tallystick.measures.percentiles import percentiles
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource

START = dt.datetime(2021, 7, 1, 9, tzinfo=dt.UTC)
JULY = Span.parse("2021-07")


class TestPercentiles:
    def test_are_values_that_were_measured(self, sec: Rulebook, make_source: MakeSource) -> None:
        request = {
            "srv": "1.1.1",
            "mode": "on_demand",
            "party": "ALFA",
            "region": "north",
            "received_at": START,
        }
        rows = make_source(
            "service_requests",
            [
                {**request, "request_id": f"R{took}", "delivered_at": START + dt.timedelta(seconds=took)}
                for took in range(1, 101)
            ]
            + [{**request, "request_id": "open"}],
        )

        found = percentiles(rows, sec.measures["DSP-PM1.4"], JULY)

        assert found == {50: 50_000_000, 95: 95_000_000, 99: 99_000_000}

    def test_of_nothing_are_nothing(self, sec: Rulebook, make_source: MakeSource) -> None:
        rows = make_source("service_requests", [])

        assert percentiles(rows, sec.measures["DSP-PM1.4"], JULY) == {}

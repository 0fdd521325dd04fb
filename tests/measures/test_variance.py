from tallystick.measures.variance import variance
from tallystick.rulebook.periods import Span
from tallystick.rulebook.rulebook import Rulebook
from tests.measures.conftest import MakeSource

JULY = Span.parse("2021-07")


class TestVariance:
    def test_sets_what_happened_beside_what_was_forecast(
        self, sec: Rulebook, make_source: MakeSource
    ) -> None:
        request = {"srv": "1.1.1", "mode": "on_demand", "region": "north"}
        actual = make_source(
            "service_requests",
            [
                {**request, "request_id": "1", "party": "ALFA", "received_at": "2021-07-01T09:00:00Z"},
                {**request, "request_id": "2", "party": "ALFA", "received_at": "2021-07-02T09:00:00Z"},
                {**request, "request_id": "3", "party": "CHLY", "received_at": "2021-07-02T09:00:00Z"},
                {**request, "request_id": "4", "party": "ALFA", "received_at": "2021-08-02T09:00:00Z"},
            ],
        )
        forecast = make_source(
            "forecasts",
            [
                {"party": "ALFA", "service": "1.1.1", "month": "2021-07-01", "forecast": 5},
                {"party": "BRVO", "service": "1.1.1", "month": "2021-07-01", "forecast": 7},
                {"party": "BRVO", "service": "1.1.1", "month": "2021-08-01", "forecast": 9},
            ],
        )

        rows = variance(actual, forecast, sec.measures["SR-VARIANCE"], JULY).to_pylist()

        names = forecast.labels("party")
        found = {names[row["party"]]: (row["numerator"], row["denominator"]) for row in rows}
        assert found == {"ALFA": (2, 5), "BRVO": (0, 7), "CHLY": (1, 0)}
        assert {row["day"] for row in rows} == {JULY.first}

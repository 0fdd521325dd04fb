from collections.abc import Callable

from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]


class TestFirmware:
    def test_was_restated_for_two_days_of_the_north(self, sent_rows: SentRows) -> None:
        first = {row["payload_id"]: row for row in sent_rows("firmware_payloads", "2021-07")}
        again = {row["payload_id"]: row for row in sent_rows("firmware_payloads", "restated")}

        changed = [row for key, row in again.items() if row != first[key]]

        assert {row["requested_at"][:10] for row in again.values()} <= {
            "2021-07-11",  # from midnight in London, an hour before UTC's
            "2021-07-12",
            "2021-07-13",
        }
        assert changed
        assert {row["provider"] for row in changed} == {"CSPN"}
        assert all(not first[row["payload_id"]]["completed_at"] for row in changed)

    def test_reaches_the_target_exactly_in_the_south(self, planted: Planted) -> None:
        (figure,) = (r for r in planted.truth.figures if (r.measure, r.period) == ("CSPS-PM2", "2021-07"))

        assert figure.denominator % 100 == 0
        assert figure.denominator - figure.numerator == figure.denominator // 100


class TestAlerts:
    def test_of_power_outages_stand_on_both_sides_of_the_line(self, sent_rows: SentRows) -> None:
        hubs = {row["hubs"] for row in sent_rows("alerts") if row["kind"] == "power_outage"}

        assert {"50", "51"} <= hubs

    def test_come_from_all_four_senders(self, sent_rows: SentRows) -> None:
        assert {row["provider"] for row in sent_rows("alerts")} == {"DSP", "CSPN", "CSPC", "CSPS"}


class TestRoundTrips:
    def test_are_held_where_they_return_before_they_are_sent(self, sent_rows: SentRows) -> None:
        back = [
            row
            for row in sent_rows("round_trips", "2021-07")
            if row["returned_at"] and row["returned_at"] < row["sent_at"]
        ]

        assert [row["test_id"] for row in back] == ["RTT-DOUBT-1"]

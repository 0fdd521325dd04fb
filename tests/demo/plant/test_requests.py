import datetime as dt
from collections.abc import Callable

from tallystick.demo.plant.limits import TARGET_RESPONSE
from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]
STREAM = "service_requests"


class TestRequests:
    def test_ask_for_services_that_have_a_limit_but_for_one_planted(self, sent_rows: SentRows) -> None:
        asked = {(row["srv"], row["mode"]) for row in sent_rows(STREAM) if row["mode"] != "by post"}

        assert asked == {*TARGET_RESPONSE, ("7.4", "future_dated")}

    def test_go_wrong_on_the_day_after_the_failed_change(self, planted: Planted) -> None:
        lines = [line.key for line in planted.truth.lines if line.measure == "DSP-PM1.4"]

        on_the_day = [key for key in lines if key.startswith("SR-2107X-")]

        assert len(on_the_day) > len([key for key in lines if key.startswith("SR-2107-")]) / 10

    def test_hold_times_in_order(self, sent_rows: SentRows) -> None:
        for row in sent_rows(STREAM, "history"):
            received, asked, answered, delivered = (
                dt.datetime.fromisoformat(row[name]) if row[name] else None
                for name in ("received_at", "execute_at", "answered_at", "delivered_at")
            )
            assert received
            assert not asked or received < asked
            assert not (answered and delivered) or received <= answered <= delivered
            assert not (asked and delivered) or asked <= delivered

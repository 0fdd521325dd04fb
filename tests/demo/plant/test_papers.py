from collections.abc import Callable
from typing import Any

from tallystick.demo.plant.year import Planted

SentRows = Callable[..., list[dict[str, str]]]


class TestExceptions:
    def test_name_rows_that_were_sent(self, sent_rows: SentRows, evidence: Any) -> None:
        keys = {"incidents": "incident_id", "device_events": "event_id"}

        for row in sent_rows("exceptions"):
            stream = evidence.rows[row["stream"]]
            assert (stream[keys[row["stream"]]] == row["row_key"]).any(), row

    def test_have_one_that_ended(self, sent_rows: SentRows) -> None:
        assert any("" < row["until_on"] < "2021-08" for row in sent_rows("exceptions"))


class TestReported:
    def test_are_the_measures_that_no_evidence_is_sent_for(
        self, sent_rows: SentRows, planted: Planted
    ) -> None:
        rows = sent_rows("reported")

        assert {row["period"] for row in rows} == set(planted.truth.periods)
        assert {row["measure"] for row in rows} <= set(planted.truth.measures)

    def test_give_a_reason_where_a_figure_is_below_target(
        self, sent_rows: SentRows, planted: Planted
    ) -> None:
        (below,) = (one for one in planted.truth.findings if one.measure == "S1SP-DXC-PM1.1")
        told = {(row["measure"], row["period"]): row["commentary"] for row in sent_rows("reported")}

        assert below.subject == "S1SP-DXC"
        assert told[below.measure, below.period]


class TestCertificates:
    def test_of_july_came_late(self, planted: Planted) -> None:
        sent = {file.stream: file.received_at for file in planted.truth.files if file.period == "2021-07"}

        assert sent["certificate_requests"] > sent["service_requests"]

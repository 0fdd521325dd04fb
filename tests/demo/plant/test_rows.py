from typing import Any

import pytest

from tallystick.demo.plant.rows import KEYS, STREAMS, HubReturn, key_of
from tallystick.demo.plant.year import Planted
from tallystick.rulebook.rulebook import Rulebook


class TestStreams:
    @pytest.mark.parametrize("stream", STREAMS)
    def test_have_the_columns_and_the_key_of_the_rulebook(self, stream: str, sec: Rulebook) -> None:
        definition = sec.streams[stream]

        assert set(STREAMS[stream]._fields) == set(definition.columns)
        assert KEYS[stream] == tuple(definition.row_key)

    def test_are_all_that_the_rulebook_names(self, sec: Rulebook) -> None:
        assert set(STREAMS) == set(sec.streams)

    def test_come_from_a_sender_that_the_rulebook_allows(self, planted: Planted, sec: Rulebook) -> None:
        for file in planted.truth.files:
            if file.party:
                assert sec.streams[file.stream].party == "party"


class TestKeyOf:
    def test_joins_the_columns_with_bars_and_writes_instants_in_utc(self) -> None:
        row = HubReturn("HUB-1", "removed", 1_625_097_600_000, "Dovecote Energy", "north", None)

        assert key_of(row) == "Dovecote Energy|HUB-1|removed|2021-07-01T00:00:00Z"


class TestFiles:
    def test_become_what_the_truth_says_row_by_row(self, planted: Planted, evidence: Any) -> None:
        for file in planted.truth.files:
            counts = evidence.counts[file.file]
            found = (counts["accepted"], counts["held"], counts["refused"])
            assert found == (file.accepted, file.held, file.refused), file.file

    def test_leave_one_row_a_key(self, sec: Rulebook, evidence: Any) -> None:
        for stream, rows in evidence.rows.items():
            assert not rows.duplicated(list(sec.streams[stream].row_key)).any(), stream

    def test_hold_rows_that_the_engine_must_refuse_and_hold(self, planted: Planted) -> None:
        assert sum(file.refused for file in planted.truth.files) == 5
        assert sum(file.held for file in planted.truth.files) == 3

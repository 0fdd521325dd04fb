import json
from pathlib import Path

from tests.site.conftest import Tally

HEADER = "payload_id,provider,category,requested_at,completed_at\n"
GOOD = "P1,CSPN,1,2021-07-01T10:00:00Z,2021-07-01T11:00:00Z\n"
BAD = "P2,CSPX,1,2021-07-01T10:00:00Z,\nP3,CSPN,1,yesterday,\n"
AT = ("--stream", "firmware_payloads", "--received-at", "2021-08-03T14:00")


class TestReceive:
    def test_says_what_became_of_every_row_and_gives_the_rest_back(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD + BAD)

        result = run("receive", str(tmp_path / "sent.csv"), *AT)

        assert result.exit_code == 1
        assert "of 3 rows 1 were accepted, 0 held, 2 refused." in result.output
        assert "row 3, provider: 'CSPX' is not" in result.output
        assert "row 4, requested_at:" in result.output
        refused = Path(result.output.rpartition("To correct and send again: ")[2].strip())
        assert "P3" in refused.read_text()

    def test_takes_the_corrected_rows_and_keeps_the_good_ones(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD + BAD)
        first = run("receive", str(tmp_path / "sent.csv"), *AT)
        refused = Path(first.output.rpartition("To correct and send again: ")[2].strip())
        (tmp_path / "again.csv").write_text(
            refused.read_text().replace("CSPX", "CSPN").replace("yesterday", "2021-07-01T12:00:00Z")
        )

        second = run("receive", str(tmp_path / "again.csv"), *AT)

        assert second.exit_code == 0, second.output
        shown = run("assess", "--period", "2021-07", "--as-known-on", "2021-08-30", "--json")
        (figure,) = [one for one in json.loads(shown.output)["measures"] if one["measure"] == "CSPN-PM2"]
        assert (figure["numerator"], figure["denominator"]) == (1, 3)

    def test_changes_nothing_in_a_preview(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD)

        result = run("receive", str(tmp_path / "sent.csv"), *AT, "--preview")

        assert "would be accepted" in result.output
        assert not (tmp_path / "store").exists()

    def test_takes_the_same_file_once(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD)
        run("receive", str(tmp_path / "sent.csv"), *AT)

        again = run("receive", str(tmp_path / "sent.csv"), *AT, "--json")

        (receipt,) = json.loads(again.output)
        assert receipt["repeated"] is True

    def test_names_the_stream_that_was_meant(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD)

        result = run("receive", str(tmp_path / "sent.csv"), "--stream", "firmware_payload")

        assert result.exit_code == 1
        assert "Did you mean firmware_payloads?" in result.output

    def test_refuses_what_was_received_in_the_future(self, run: Tally, tmp_path: Path) -> None:
        (tmp_path / "sent.csv").write_text(HEADER + GOOD)
        late = ("--stream", "firmware_payloads", "--received-at", "2999-01-01T00:00")

        result = run("receive", str(tmp_path / "sent.csv"), *late)

        assert result.exit_code == 1
        assert "later than now" in result.output

import datetime as dt
from dataclasses import replace

import pytest

from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.submissions import Summary
from tests.evidence.conftest import (
    CODE,
    FORECASTS,
    JULY,
    REQUESTS,
    VISITS,
    Archive,
    in_words,
    origin,
    stands,
    stream,
)


class TestTakeIn:
    def test_changes_nothing_when_the_same_rows_come_in_another_file(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "july")
        before = archive.files()

        again = archive.send(REQUESTS, JULY[::-1], "july-again", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert again.notes == ("Every row of the file stood already.",)
        assert archive.files() == before

    @pytest.mark.parametrize(
        "said", [{"held_rows": 1}, {"refused_rows": 1}, {"period": "2021-07"}, {"party": "ALFA"}]
    )
    def test_keeps_the_same_rows_when_the_file_says_more(
        self, archive: Archive, said: dict[str, object]
    ) -> None:
        archive.send(REQUESTS, JULY, "july")
        reading, sent = archive.read(REQUESTS, JULY, "july-again")
        told = {name: value for name, value in said.items() if name.endswith("_rows")}
        sent.with_suffix(".arrow").with_name("refused.csv").write_text("request_id,problem\nR-7,late\n")
        reading = replace(reading, refused=sent.with_name("refused.csv"), **told)  # type: ignore[arg-type]
        more = {name: str(value) for name, value in said.items() if name not in told}

        receipt = archive.store.receive(reading, REQUESTS, CODE, origin(sent, **more))

        assert not receipt.repeated
        assert stands(archive, JULY)

    def test_takes_a_file_for_a_period_as_all_there_is(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")

        receipt = archive.send(REQUESTS, [JULY[2]], "b", on="2021-08-03", party="BRVO", period="2021-07")

        assert stands(archive, [JULY[0], JULY[2], JULY[3]])
        assert receipt.submission.summary == Summary(unchanged=1, withdrawn=1)
        assert len(receipt.submission.covered) == 31

    def test_takes_an_empty_file_of_a_party_for_a_period_as_nothing_having_happened(
        self, archive: Archive
    ) -> None:
        archive.send(REQUESTS, JULY, "july")

        archive.send(REQUESTS, [], "b", on="2021-08-03", party="BRVO", period="2021-07")

        assert stands(archive, [JULY[0], JULY[3]])
        assert dt.date(2021, 7, 17) in archive.store.snapshot("small").covered("requests")

    def test_corrects_rows_by_key_and_replaces_nothing_else(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY, "july").submission
        moved = {**JULY[0], "asked_at": "2021-07-05T10:00+01:00"}

        receipt = archive.send(REQUESTS, [moved], "c", on="2021-08-03", correction_of=first.id)

        assert stands(archive, [moved, *JULY[1:]])
        assert receipt.submission.summary == Summary(replaced=1)

    def test_refuses_to_correct_what_was_never_received(self, archive: Archive) -> None:
        with pytest.raises(UnableToReceive, match="corrects 'E-0000000000', and no submission of requests"):
            archive.send(REQUESTS, JULY, "c", correction_of="E-0000000000")

    def test_refuses_to_correct_what_another_party_sent(self, archive: Archive) -> None:
        first = archive.send(REQUESTS, JULY[:1], "a", party="ALFA").submission

        with pytest.raises(UnableToReceive, match="corrects a submission of another party"):
            archive.send(REQUESTS, JULY[:1], "c", party="BRVO", correction_of=first.id)

    def test_refuses_when_rows_got_lost_on_the_way(self, archive: Archive) -> None:
        with pytest.raises(UnableToReceive, match="5 rows were accepted and 4 came through"):
            archive.send(REQUESTS, JULY, "july", accepted_rows=5)

    def test_refuses_a_column_whose_kind_changed(self, archive: Archive) -> None:
        archive.send(FORECASTS, [{"party": "ALFA", "month": "2021-07-01", "forecast": 1}], "a")
        changed = stream(
            "forecasts",
            {"party": "id", "month": "day", "forecast": "count"},
            row_key=["party"],
            partition="none",
            upsert="key",
        )

        with pytest.raises(UnableToReceive, match="The column party of forecasts is kept as text"):
            archive.send(changed, [{"party": "ALFA", "month": "2021-07-01", "forecast": 2}], "b")

    def test_refuses_a_partition_that_changed(self, archive: Archive) -> None:
        archive.send(FORECASTS, [{"party": "ALFA", "month": "2021-07-01", "forecast": 1}], "a")

        with pytest.raises(
            UnableToReceive, match="forecasts is kept by none, and the rulebook now says month"
        ):
            archive.send(FORECASTS.model_copy(update={"partition": "month"}), [], "b")

    def test_takes_a_column_that_was_added(self, archive: Archive) -> None:
        old = {"party": "ALFA", "month": "2021-07-01", "forecast": 1}
        archive.send(FORECASTS, [old], "a")
        wider = stream(
            "forecasts",
            {"party": "text", "month": "day", "forecast": "count", "note": "text?"},
            row_key=["party", "month"],
            party="party",
            partition="none",
            replaces=["party", "month"],
        )

        archive.send(wider, [{**old, "party": "BRVO", "note": "new"}], "b", on="2021-08-03")

        notes = {row["party"]: row["note"] for row in archive.rows(wider)}
        assert notes == {"ALFA": None, "BRVO": "new"}

    def test_keeps_days_by_a_column_of_days(self, archive: Archive) -> None:
        rows = [
            {
                "visit_id": f"V{n}",
                "party": "ALFA",
                "area": area,
                "on_day": day,
                "left_at": "2021-07-01T09:00Z",
            }
            for n, (area, day) in enumerate([("N", "2021-07-01"), ("S", "2021-07-01"), ("N", "2021-07-02")])
        ]
        archive.send(VISITS, rows, "a")

        archive.send(VISITS, [{**rows[0], "visit_id": "V9"}], "b", on="2021-08-03")

        expected = in_words(VISITS, [{**rows[0], "visit_id": "V9"}, *rows[1:]])
        assert sorted(archive.rows(VISITS), key=str) == sorted(expected, key=str)

    def test_shares_the_codes_of_a_label_between_streams(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")
        archive.send(FORECASTS, [{"party": "AAAA", "month": "2021-07-01", "forecast": 1}], "f")

        assert archive.store.snapshot("small").labels("party") == ("ALFA", "BRVO", "AAAA")

    def test_keeps_codes_apart(self, archive: Archive) -> None:
        archive.send(REQUESTS, JULY, "july")
        archive.code = CODE.model_copy(update={"key": "other"})

        archive.send(REQUESTS, JULY[:1], "july")

        assert len(archive.rows(REQUESTS)) == 1
        assert archive.store.snapshot("small").submissions() != archive.store.snapshot("other").submissions()

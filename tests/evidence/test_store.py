import csv
import datetime as dt
import json
from dataclasses import replace
from pathlib import Path

import pyarrow as pa
import pytest

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.files import locked
from tallystick.evidence.reading import RowProblem
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Summary
from tests.evidence.conftest import (
    CODE,
    FORECASTS,
    METERS,
    REQUESTS,
    VISITS,
    Desk,
    Row,
    in_words,
    origin,
    request,
    stream,
)

JULY = [
    request("R-1", "ALFA", "2021-07-01T10:00+01:00", kind="gas", answered_at="2021-07-03T10:00+01:00"),
    request("R-2", "BRVO", "2021-07-01T11:00+01:00", well="yes", tries=2),
    request("R-3", "BRVO", "2021-07-02T11:00+01:00", well="no", due_on="2021-07-09"),
    request("R-4", "ALFA", "2021-07-31T23:59:59+01:00", kind="air"),
]


def stands(desk: Desk, rows: list[Row], known_on: str | None = None) -> bool:
    found = desk.rows(REQUESTS, known_on)
    return sorted(found, key=str) == sorted(in_words(REQUESTS, rows), key=str)


class TestOpen:
    def test_tells_that_there_is_no_store(self, tmp_path: Path) -> None:
        with pytest.raises(UnableToOpenStore, match=r"There is no store in .*Receive a file into it first\."):
            Store.open(tmp_path)

    def test_makes_nothing_until_something_is_received(self, tmp_path: Path) -> None:
        store = Store.open(tmp_path / "new", create=True)

        assert store.snapshot("small").streams() == ()
        assert not (tmp_path / "new").exists()

    def test_refuses_a_folder_of_other_files(self, tmp_path: Path) -> None:
        (tmp_path / "letter.txt").write_text("Dear all")

        with pytest.raises(UnableToOpenStore, match="holds other files"):
            Store.open(tmp_path, create=True)

    def test_refuses_a_store_of_another_version(self, tmp_path: Path) -> None:
        (tmp_path / "format").write_text("tallystick-store 9\n")

        with pytest.raises(UnableToOpenStore, match="says 'tallystick-store 9'; this version reads"):
            Store.open(tmp_path)

    def test_refuses_a_format_that_is_no_text(self, tmp_path: Path) -> None:
        (tmp_path / "format").write_bytes(b"\xff\xfe")

        with pytest.raises(UnableToOpenStore, match="format cannot be read"):
            Store.open(tmp_path)


class TestReceive:
    def test_keeps_every_row_under_its_civil_day(self, desk: Desk) -> None:
        receipt = desk.send(REQUESTS, JULY, "july")

        days = desk.store.snapshot("small").days("requests")
        assert stands(desk, JULY)
        assert [str(day) for day in days] == ["2021-07-01", "2021-07-02", "2021-07-31"]
        assert [file.rows for file in days.values()] == [2, 1, 1]
        assert receipt.submission.summary == Summary(added=4)
        assert not receipt.repeated

    def test_makes_equal_bytes_of_equal_files_in_equal_order(self, tmp_path: Path) -> None:
        stores = []
        for place, clock in (("one", "2021-08-05"), ("two", "2021-09-09")):
            desk = Desk(tmp_path / place)
            for name, rows in (("a", JULY), ("b", JULY[1:3]), ("c", [{**JULY[0], "kind": "oil"}])):
                reading, sent = desk.read(REQUESTS, rows, name)
                desk.store.receive(reading, REQUESTS, CODE, origin(sent, taken_in=clock))
            stores.append(desk.files())

        one, two = stores
        assert one.keys() == two.keys()
        different = {name for name in one if one[name] != two[name]}
        assert different == {name for name in one if name.startswith("submissions/") and name.endswith(".json")}
        for name in different:
            told, again = json.loads(one[name]), json.loads(two[name])
            assert told.pop("taken_in_at") != again.pop("taken_in_at")
            assert told == again

    def test_changes_nothing_when_the_same_file_comes_again(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY, "july")
        before = desk.files()

        again = desk.send(REQUESTS, JULY, "july", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert desk.files() == before

    def test_says_when_the_same_file_no_longer_stands(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY, "july")
        desk.send(REQUESTS, [{**JULY[2], "tries": 9}], "later", on="2021-08-03")

        again = desk.send(REQUESTS, JULY, "july", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert "does not change it back" in again.notes[0]
        assert stands(desk, [JULY[0], JULY[1], {**JULY[2], "tries": 9}, JULY[3]])

    def test_changes_nothing_when_the_same_rows_come_in_another_file(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY, "july")
        before = desk.files()

        again = desk.send(REQUESTS, JULY[::-1], "july-again", on="2021-08-09")

        assert (again.repeated, again.submission) == (True, first.submission)
        assert again.notes == ("Every row of the file stood already.",)
        assert desk.files() == before

    @pytest.mark.parametrize(
        "said", [{"held_rows": 1}, {"refused_rows": 1}, {"period": "2021-07"}, {"party": "ALFA"}]
    )
    def test_keeps_the_same_rows_when_the_file_says_more(self, desk: Desk, said: dict[str, object]) -> None:
        desk.send(REQUESTS, JULY, "july")
        reading, sent = desk.read(REQUESTS, JULY, "july-again")
        told = {name: value for name, value in said.items() if name.endswith("_rows")}
        sent.with_suffix(".arrow").with_name("refused.csv").write_text("request_id,problem\nR-7,late\n")
        reading = replace(reading, refused=sent.with_name("refused.csv"), **told)  # type: ignore[arg-type]
        more = {name: str(value) for name, value in said.items() if name not in told}

        receipt = desk.store.receive(reading, REQUESTS, CODE, origin(sent, **more))

        assert not receipt.repeated
        assert stands(desk, JULY)

    def test_replaces_what_the_sender_said_of_the_day_before(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")

        changed = {**JULY[1], "tries": 5}
        receipt = desk.send(REQUESTS, [changed, request("R-8", "BRVO", "2021-07-01T09:00Z")], "b", on="2021-08-03")

        assert stands(desk, [JULY[0], changed, request("R-8", "BRVO", "2021-07-01T09:00Z"), *JULY[2:]])
        assert receipt.submission.summary == Summary(added=1, replaced=1)

    def test_counts_what_stood_already_and_what_is_gone(self, desk: Desk) -> None:
        rows = [request(f"R-{n}", "ALFA", "2021-07-01T10:00Z", tries=n) for n in range(5)]
        desk.send(REQUESTS, rows, "a")

        receipt = desk.send(REQUESTS, [*rows[:2], {**rows[2], "tries": 9}], "b", on="2021-08-03")

        assert receipt.submission.summary == Summary(replaced=1, unchanged=2, withdrawn=2)

    def test_takes_a_file_for_a_period_as_all_there_is(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")

        receipt = desk.send(REQUESTS, [JULY[2]], "b", on="2021-08-03", party="BRVO", period="2021-07")

        assert stands(desk, [JULY[0], JULY[2], JULY[3]])
        assert receipt.submission.summary == Summary(unchanged=1, withdrawn=1)
        assert len(receipt.submission.covered) == 31

    def test_takes_an_empty_file_of_a_party_for_a_period_as_nothing_having_happened(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")

        desk.send(REQUESTS, [], "b", on="2021-08-03", party="BRVO", period="2021-07")

        assert stands(desk, [JULY[0], JULY[3]])
        assert dt.date(2021, 7, 17) in desk.store.snapshot("small").covered("requests")

    def test_leaves_a_stream_received_by_an_empty_file(self, desk: Desk) -> None:
        desk.send(REQUESTS, [], "a")

        snapshot = desk.store.snapshot("small")
        assert snapshot.received("requests")
        assert not snapshot.days("requests")
        assert not snapshot.covered("requests")

    def test_corrects_rows_by_key_and_replaces_nothing_else(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY, "july").submission
        moved = {**JULY[0], "asked_at": "2021-07-05T10:00+01:00"}

        receipt = desk.send(REQUESTS, [moved], "c", on="2021-08-03", correction_of=first.id)

        assert stands(desk, [moved, *JULY[1:]])
        assert receipt.submission.summary == Summary(replaced=1)

    def test_refuses_to_correct_what_was_never_received(self, desk: Desk) -> None:
        with pytest.raises(UnableToReceive, match="corrects 'E-0000000000', and no submission of requests"):
            desk.send(REQUESTS, JULY, "c", correction_of="E-0000000000")

    def test_refuses_to_correct_what_another_party_sent(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY[:1], "a", party="ALFA").submission

        with pytest.raises(UnableToReceive, match="corrects a submission of another party"):
            desk.send(REQUESTS, JULY[:1], "c", party="BRVO", correction_of=first.id)

    def test_puts_a_late_file_in_its_place(self, desk: Desk) -> None:
        desk.send(REQUESTS, [JULY[1]], "later", on="2021-08-05")

        receipt = desk.send(REQUESTS, [{**JULY[1], "tries": 7}], "earlier", on="2021-08-03")

        assert stands(desk, [JULY[1]])
        assert stands(desk, [{**JULY[1], "tries": 7}], known_on="2021-08-04")
        assert receipt.submission.summary == Summary(added=1, overtaken=1)

    def test_replaces_row_by_row_where_the_stream_says_so(self, desk: Desk) -> None:
        meters = [
            {"meter_id": f"M{n}", "from_at": "2021-07-01T00:00Z", "party": "ALFA", "seen_on": "2021-07-02"}
            for n in range(3)
        ]
        desk.send(METERS, meters, "a")

        moved = [{**meters[1], "seen_on": "2021-07-09"}, {**meters[1], "from_at": "2021-07-05T00:00Z"}]
        receipt = desk.send(METERS, moved, "b", on="2021-08-03")

        expected = in_words(METERS, [meters[0], meters[2], *moved])
        assert sorted(desk.rows(METERS), key=str) == sorted(expected, key=str)
        assert receipt.submission.summary == Summary(added=1, replaced=1)
        assert list(desk.store.snapshot("small").days("meters")) == [None]

    def test_replaces_by_columns_where_there_are_no_days(self, desk: Desk) -> None:
        rows = [{"party": party, "month": "2021-07-01", "forecast": 10} for party in ("ALFA", "BRVO")]
        desk.send(FORECASTS, rows, "a")

        desk.send(FORECASTS, [{**rows[1], "forecast": 12}], "b", on="2021-08-03", period="2021-07")

        expected = in_words(FORECASTS, [rows[0], {**rows[1], "forecast": 12}])
        assert sorted(desk.rows(FORECASTS), key=str) == sorted(expected, key=str)

    def test_keeps_days_by_a_column_of_days(self, desk: Desk) -> None:
        rows = [
            {"visit_id": f"V{n}", "party": "ALFA", "area": area, "on_day": day, "left_at": "2021-07-01T09:00Z"}
            for n, (area, day) in enumerate([("N", "2021-07-01"), ("S", "2021-07-01"), ("N", "2021-07-02")])
        ]
        desk.send(VISITS, rows, "a")

        desk.send(VISITS, [{**rows[0], "visit_id": "V9"}], "b", on="2021-08-03")

        expected = in_words(VISITS, [{**rows[0], "visit_id": "V9"}, *rows[1:]])
        assert sorted(desk.rows(VISITS), key=str) == sorted(expected, key=str)

    def test_shares_the_codes_of_a_label_between_streams(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")
        desk.send(FORECASTS, [{"party": "AAAA", "month": "2021-07-01", "forecast": 1}], "f")

        assert desk.store.snapshot("small").labels("party") == ("ALFA", "BRVO", "AAAA")

    def test_keeps_codes_apart(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")
        desk.code = CODE.model_copy(update={"key": "other"})

        desk.send(REQUESTS, JULY[:1], "july")

        assert len(desk.rows(REQUESTS)) == 1
        assert desk.store.snapshot("small").submissions() != desk.store.snapshot("other").submissions()

    def test_keeps_the_file_as_sent_and_what_its_sender_must_mend(
        self, desk: Desk, problem: RowProblem
    ) -> None:
        refused = desk.folder / "scratch" / "back.csv"
        refused.write_text('party,correction_of,problem\nALFA,E-x,"no, ""never"""\n')

        receipt = desk.send(
            REQUESTS, JULY, "july", held_rows=1, refused_rows=1, refused=refused, problems=(problem,)
        )

        submission = receipt.submission
        folder = desk.store.root / "submissions" / submission.id
        assert (desk.store.root / "received" / submission.sha256).read_text() == "a file called july"
        with (folder / "refused.csv").open(newline="") as file:
            assert list(csv.reader(file)) == [
                ["party", "problem", "correction_of"],
                ["ALFA", 'no, "never"', submission.id],
            ]
        with pa.OSFile(str(folder / "held.arrow")) as file:
            assert pa.ipc.open_file(file).read_all().num_rows == 4
        assert json.loads((folder / "problems.json").read_text()) == [problem.as_json()]

    def test_refuses_a_file_that_changed_since_it_was_read(self, desk: Desk) -> None:
        reading, sent = desk.read(REQUESTS, JULY, "july")
        sent.write_text("something else")

        with pytest.raises(UnableToReceive, match="july changed while it was being taken in"):
            desk.store.receive(reading, REQUESTS, CODE, origin(sent))

        assert not desk.store.snapshot("small").streams()
        assert set(desk.files()) == {"format", "locks/readers", "locks/writer"}

    def test_refuses_when_rows_got_lost_on_the_way(self, desk: Desk) -> None:
        with pytest.raises(UnableToReceive, match="5 rows were accepted and 4 came through"):
            desk.send(REQUESTS, JULY, "july", accepted_rows=5)

    def test_refuses_a_column_whose_kind_changed(self, desk: Desk) -> None:
        desk.send(FORECASTS, [{"party": "ALFA", "month": "2021-07-01", "forecast": 1}], "a")
        changed = stream(
            "forecasts",
            {"party": "id", "month": "day", "forecast": "count"},
            row_key=["party"],
            partition="none",
            upsert="key",
        )

        with pytest.raises(UnableToReceive, match="The column party of forecasts is kept as text"):
            desk.send(changed, [{"party": "ALFA", "month": "2021-07-01", "forecast": 2}], "b")

    def test_refuses_a_partition_that_changed(self, desk: Desk) -> None:
        desk.send(FORECASTS, [{"party": "ALFA", "month": "2021-07-01", "forecast": 1}], "a")

        with pytest.raises(UnableToReceive, match="forecasts is kept by none, and the rulebook now says month"):
            desk.send(FORECASTS.model_copy(update={"partition": "month"}), [], "b")

    def test_takes_a_column_that_was_added(self, desk: Desk) -> None:
        old = {"party": "ALFA", "month": "2021-07-01", "forecast": 1}
        desk.send(FORECASTS, [old], "a")
        wider = stream(
            "forecasts",
            {"party": "text", "month": "day", "forecast": "count", "note": "text?"},
            row_key=["party", "month"],
            party="party",
            partition="none",
            replaces=["party", "month"],
        )

        desk.send(wider, [{**old, "party": "BRVO", "note": "new"}], "b", on="2021-08-03")

        notes = {row["party"]: row["note"] for row in desk.rows(wider)}
        assert notes == {"ALFA": None, "BRVO": "new"}

    def test_tells_a_second_writer_to_come_back(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")
        reading, sent = desk.read(REQUESTS, JULY[:1], "b")

        with (
            locked(desk.store.root / "locks" / "writer"),
            pytest.raises(UnableToReceive, match="Another process is writing"),
        ):
            desk.store.receive(reading, REQUESTS, CODE, origin(sent), wait=False)

    def test_keeps_no_merged_day_that_nobody_needs_any_more(self, desk: Desk) -> None:
        for n in range(4):
            row = request(f"R-{n}", f"P{n}", "2021-07-01T10:00Z")
            desk.send(REQUESTS, [row], f"{n}", on=f"2021-08-0{n + 1}")

        pairs = [name for name in desk.files() if name.endswith(".ids.parquet")]
        assert len(pairs) == 5  # four parts and what stands now

    def test_keeps_what_somebody_still_reads(self, desk: Desk) -> None:
        desk.send(REQUESTS, [JULY[0]], "a")
        desk.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")
        reading = desk.store.snapshot("small")
        files = list(reading.days("requests").values())

        desk.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "c", on="2021-08-04")
        assert all(file.main.exists() and file.ids.exists() for file in files)
        assert "pending.json" in desk.files()

        del reading
        desk.send(REQUESTS, [], "d", on="2021-08-05", party="CHLY")
        assert not any(file.main.exists() or file.ids.exists() for file in files)
        assert "pending.json" not in desk.files()

    def test_keeps_what_comes_to_stand_again_while_somebody_reads(self, desk: Desk) -> None:
        desk.send(REQUESTS, [JULY[0]], "a")
        desk.send(REQUESTS, [JULY[1]], "b", on="2021-08-03")
        reading = desk.store.snapshot("small")
        day = dt.date(2021, 7, 1)
        digest = reading.days("requests")[day].digest
        desk.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "c", on="2021-08-04")
        desk.send(REQUESTS, [], "d", on="2021-08-05", party="CHLY", period="2021-07")

        del reading
        desk.send(REQUESTS, [], "e", on="2021-08-06", party="DLTA")

        assert desk.store.snapshot("small").days("requests")[day].digest == digest
        assert stands(desk, JULY[:2])


class TestPreview:
    def test_gives_the_receipt_that_receiving_would(self, desk: Desk) -> None:
        desk.send(REQUESTS, JULY, "july")
        reading, sent = desk.read(REQUESTS, [{**JULY[1], "tries": 5}], "b")
        before = desk.files()

        previewed = desk.store.preview(reading, REQUESTS, CODE, origin(sent, on="2021-08-03"))

        assert desk.files() == before
        assert desk.store.receive(reading, REQUESTS, CODE, origin(sent, on="2021-08-03")) == previewed

    def test_makes_no_store(self, desk: Desk) -> None:
        reading, sent = desk.read(REQUESTS, JULY, "july")

        previewed = desk.store.preview(reading, REQUESTS, CODE, origin(sent))

        assert previewed.submission.summary == Summary(added=4)
        assert not desk.store.root.exists()
        assert sorted(path.name for path in sent.parent.iterdir()) == ["july", "july.arrow"]

    def test_knows_a_file_again(self, desk: Desk) -> None:
        first = desk.send(REQUESTS, JULY, "july")
        reading, sent = desk.read(REQUESTS, JULY, "july")

        previewed = desk.store.preview(reading, REQUESTS, CODE, origin(sent))

        assert (previewed.repeated, previewed.submission) == (True, first.submission)

"""Odd files that are read nevertheless, and odd cells that send their row back."""

import datetime as dt
from pathlib import Path

import pytest

from tests.evidence.desk import GOOD, HEADER, NAMES, Desk, csv_of, packed, row, rows_of, told
from tests.evidence.hostile import archives

AFTER = "2021-07-01T09:30:00Z"


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


class TestOddText:
    @pytest.mark.parametrize(
        "content",
        [
            b"\xef\xbb\xbf" + csv_of(GOOD),
            csv_of(GOOD).replace(b"\n", b"\r\n"),
            csv_of(GOOD).replace(b"\n", b"\r"),
            csv_of(GOOD).rstrip(b"\n"),
            b"\n\n" + csv_of("", GOOD, "", ""),
            csv_of(",".join(f'"{cell}"' for cell in GOOD.split(","))),
            csv_of(GOOD.replace(",", " , ")),
            csv_of(GOOD.replace("ALFA", "\u00a0ALFA\u3000")),
        ],
        ids=["mark", "CR LF", "CR", "no end", "blank lines", "quoted", "spaces", "wide spaces"],
    )
    def test_gives_the_same_row(self, desk: Desk, content: bytes) -> None:
        reading = desk.read(content)

        assert [(one["request_id"], one["party"]) for one in rows_of(reading.accepted)] == [("R-1", "ALFA")]
        assert reading.counted == 1

    def test_counts_rows_as_a_spreadsheet_does(self, desk: Desk) -> None:
        lines = csv_of(GOOD, "", row(request_id="R-2"), "R-3", '"R\n4",x', row(request_id="R-5", mode="no"))

        reading = desk.read(lines)

        assert [(one.row, one.column) for one in reading.problems] == [(5, ""), (6, ""), (7, "mode")]
        assert [one["_row"] for one in rows_of(reading.accepted)] == [2, 4]

    def test_in_cp1252_is_read_where_that_is_said(self, desk: Desk) -> None:
        content = csv_of(row(party="Caf\u00e9 \u00a3")).decode().encode("cp1252")

        reading = desk.read(content, encoding="cp1252")

        assert rows_of(reading.accepted)[0]["party"] == "Caf\u00e9 \u00a3"

    def test_with_bytes_that_cp1252_lacks_is_refused(self, desk: Desk) -> None:
        why = desk.refusal(csv_of(GOOD, row(party="x")).replace(b",x,", b",\x81,"), encoding="cp1252")

        assert why == "Row 3, byte 5: this is not CP1252. Save the file as UTF-8."

    def test_names_one_party_alike_however_its_letters_are_made(self, desk: Desk) -> None:
        lines = (row(party="Caf\u00e9"), row(request_id="R-2", party="Cafe\u0301"))

        reading = desk.read(csv_of(*lines))

        assert {one["party"] for one in rows_of(reading.accepted)} == {"Caf\u00e9"}

    @pytest.mark.parametrize("formula", ["=cmd|'/c calc'!A1", "@SUM(1)", "+1", "-1", "\t=1"])
    def test_that_looks_like_a_formula_is_text(self, desk: Desk, formula: str) -> None:
        reading = desk.read(csv_of(row(party=formula)))

        assert rows_of(reading.accepted)[0]["party"] == formula.strip()


class TestOddCell:
    @pytest.mark.parametrize(
        ("column", "cell", "what"),
        [
            ("request_id", "1.23E+12", "'1.23E+12' looks altered by a spreadsheet"),
            ("request_id", "", "the cell is empty"),
            ("request_id", "  ", "the cell is empty"),
            ("request_id", "x" * 201, "the cell holds 201 characters"),
            ("request_id", "R\u202e1", "the cell holds the hidden character U+202E at position 2"),
            ("party", "AL\u200bFA", "the cell holds the hidden character U+200B at position 3"),
            ("party", "x" * 2_001, "the cell holds 2,001 characters"),
            ("party", '"A\nB"', "the cell holds the hidden character U+000A at position 2"),
            ("mode", "On_demand", "'On_demand' is not a known value"),
            ("mode", "x" * 100, f"'{'x' * 39}…' is not a known value"),
            ("done", '"1,234"', "'1,234' is not a count"),
            ("done", "1.0", "'1.0' is not a count"),
            ("done", "1e3", "'1e3' is not a count"),
            ("done", "1e400", "'1e400' is not a count"),
            ("done", "NaN", "'NaN' is not a count"),
            ("done", "-0", "'-0' is not a count"),
            ("done", "0x1F", "'0x1F' is not a count"),
            ("done", "\u0661", "'\u0661' is not a count"),
            ("done", "9223372036854775808", "'9223372036854775808' is too large"),
            ("done", "97.13%", "'97.13%' is not a count"),
            ("change", "+3", "'+3' is not a count"),
            ("due_on", "12/13/2021", "'12/13/2021' is not a day"),
            ("due_on", "31/02/2021", "'31/02/2021' is not a day"),
            ("due_on", "2021-02-31", "the day '2021-02-31' does not exist"),
            ("due_on", "1899-12-31", "the year of '1899-12-31' is out of range"),
            ("due_on", "12021-01-01", "'12021-01-01' is not a day"),
            ("due_on", "44378", "'44378' is not a day"),
            ("asked_at", "01/07/2021 09:30", "'01/07/2021 09:30' is not a time"),
            ("asked_at", "2021-07-01", "'2021-07-01' is not a time"),
            ("asked_at", "2021-02-29T09:30:00Z", "'2021-02-29T09:30:00Z' does not exist"),
            ("asked_at", "2021-07-01T24:00:00Z", "'2021-07-01T24:00:00Z' does not exist"),
            ("asked_at", "2021-07-01T09:30:60Z", "'2021-07-01T09:30:60Z' does not exist"),
            (
                "asked_at",
                "2021-07-01T09:30:00+15:00",
                "'2021-07-01T09:30:00+15:00' is further from UTC than any",
            ),
            ("asked_at", "2101-07-01T09:30:00Z", "the year of '2101-07-01T09:30:00Z' is out of range"),
            (
                "asked_at",
                "2021-07-01T09:30:00.1234567Z",
                "'2021-07-01T09:30:00.1234567Z' is finer than a micro",
            ),
            (
                "asked_at",
                "2021-03-28T01:30:00",
                "'2021-03-28T01:30:00' does not happen in Europe/London, as the",
            ),
        ],
    )
    def test_refuses_its_row(self, desk: Desk, column: str, cell: str, what: str) -> None:
        reading = desk.read(csv_of(row(**{"answered_at": "", column: cell})))

        assert [(one.column, one.state) for one in reading.problems] == [(column, "refused")]
        assert reading.problems[0].what.startswith(what)
        assert (reading.refused_rows, reading.accepted_rows) == (1, 0)

    def test_in_the_hour_that_comes_twice_holds_its_row(self, desk: Desk) -> None:
        reading = desk.read(csv_of(row(asked_at="2020-10-25T01:30:00", answered_at="2020-10-25T02:00:00")))

        assert told(reading) == [
            (
                "held: row 2, column asked_at: '2020-10-25T01:30:00' happens twice in Europe/London, as the "
                "clocks go back; expected the time with its offset, ending in Z, +00:00 or +01:00"
            )
        ]
        assert rows_of(reading.held)[0]["asked_at"] == dt.datetime(2020, 10, 25, 0, 30, tzinfo=dt.UTC)

    @pytest.mark.parametrize(
        "cell",
        [
            AFTER,
            "2021-07-01T10:30:00",
            "2021-07-01 10:30:00+01:00",
            "2021-07-01T05:30:00-0400",
            "2021-07-01T09:30:00.000Z",
            "2021-07-01T09:30:00.000000000Z",
            "2021-07-01T10:30:00.0",
        ],
    )
    def test_may_write_one_time_in_many_ways(self, desk: Desk, cell: str) -> None:
        reading = desk.read(csv_of(row(asked_at=cell), row(request_id="R-2", asked_at=AFTER)))

        assert {one["asked_at"] for one in rows_of(reading.accepted)} == {
            dt.datetime(2021, 7, 1, 9, 30, tzinfo=dt.UTC)
        }


class TestTwins:
    def test_that_are_alike_are_kept_once(self, desk: Desk) -> None:
        reading = desk.read(csv_of(GOOD, row(request_id="R-2"), GOOD))

        assert told(reading) == ["refused: row 4: the same row stands on row 2; expected each row once"]
        assert [one["_row"] for one in rows_of(reading.accepted)] == [2, 3]
        assert reading.refused.read_text(encoding="utf-8").splitlines()[1].startswith(GOOD)

    def test_that_differ_are_all_held(self, desk: Desk) -> None:
        reading = desk.read(csv_of(GOOD, row(request_id="R-2"), row(done="2"), row(done="0"), GOOD))

        assert [(one.row, one.state, one.what) for one in reading.problems] == [
            (2, "held", "rows 2 and 4 and 5 have the same key and differ"),
            (4, "held", "rows 2 and 4 and 5 have the same key and differ"),
            (5, "held", "rows 2 and 4 and 5 have the same key and differ"),
            (6, "refused", "the same row stands on row 2"),
        ]
        assert [one["_row"] for one in rows_of(reading.held)] == [2, 4, 5]
        assert (reading.accepted_rows, reading.held_rows, reading.refused_rows) == (1, 3, 1)


class TestOddWorkbook:
    def test_is_read_whole_whatever_it_says_of_its_size(self, desk: Desk) -> None:
        lines = [HEADER, *(row(request_id=f"R-{number}") for number in range(500))]

        reading = desk.read(archives.workbook(archives.rows(*lines, dimension="A1")), name="sent.xlsx")

        assert (reading.rows, reading.counted, reading.accepted_rows) == (500, 500, 500)

    def test_may_have_a_million_rows_of_formatting(self, desk: Desk) -> None:
        blank = "".join(f'<row r="{number}"><c r="A{number}" s="0"/></row>' for number in range(3, 20_000))
        sheet = archives.rows(HEADER, GOOD).replace("</sheetData>", f"{blank}</sheetData>")

        reading = desk.read(archives.workbook(sheet), name="sent.xlsx")

        assert reading.rows == reading.counted == 1

    def test_says_what_was_hidden(self, desk: Desk) -> None:
        sheets = (
            '<sheet name="Sent" sheetId="1" r:id="rId1"/>'
            '<sheet name="Old" sheetId="2" state="hidden" r:id="rId2"/>'
        )
        sheet = archives.rows(HEADER, GOOD).replace('<row r="2"', '<row r="2" hidden="1"')

        reading = desk.read(archives.workbook(sheet, sheets=sheets), name="sent.xlsx")

        assert reading.notes == (
            "Sheet 'Old' is hidden and was not read.",
            "Hidden rows of the sheet, read as well: 1.",
        )

    @pytest.mark.parametrize(
        ("cell", "what"),
        [
            ('<c r="B2" t="e"><v>#REF!</v></c>', "the cell holds an error of the spreadsheet, such as #REF!"),
            ('<c r="B2"><f>A1&amp;"x"</f></c>', "the cell holds a formula whose value was not saved"),
            ('<c r="B2"><f>A1</f><v></v></c>', "the cell holds a formula whose value was not saved"),
            ('<c r="B2"><v>1e400</v></c>', "the cell holds a number too large to be one"),
            (
                '<c r="B2"><v>1234567890123456</v></c>',
                "'1.23456789012346E+15' looks altered by a spreadsheet",
            ),
        ],
    )
    def test_refuses_a_row_whose_cell_was_spoilt(self, desk: Desk, cell: str, what: str) -> None:
        sheet = archives.rows(HEADER, GOOD).replace(archives.cell("B2", "ALFA"), cell)

        reading = desk.read(archives.workbook(sheet), name="sent.xlsx")

        assert [(one.sheet, one.row, one.column, one.what) for one in reading.problems] == [
            ("Sent", 2, "party", what)
        ]

    def test_finds_a_row_that_holds_nothing_but_an_error(self, desk: Desk) -> None:
        last = '<row r="9"><c r="B9" t="e"><v>#N/A</v></c></row>'
        sheet = archives.rows(HEADER, GOOD).replace("</sheetData>", f"{last}</sheetData>")

        reading = desk.read(archives.workbook(sheet), name="sent.xlsx")

        assert (reading.rows, reading.refused_rows, reading.counted) == (2, 1, 2)
        assert reading.problems[0].row == 9

    def test_may_give_counts_and_days_as_a_spreadsheet_keeps_them(self, desk: Desk) -> None:
        day = dt.date(2021, 7, 2)
        moment = dt.datetime(2021, 7, 1)  # noqa: DTZ001  a spreadsheet knows no offset
        content = desk.workbook([12, "ALFA", "on_demand", moment, None, day, 5.0, 6, -1])

        reading = desk.read(content, name="sent.xlsx")

        assert [tuple(one.values()) for one in rows_of(reading.accepted)] == [
            (2, "12", "ALFA", "on_demand", dt.datetime(2021, 6, 30, 23, tzinfo=dt.UTC), None, day, 5, 6, -1)
        ]

    @pytest.mark.parametrize(
        ("place", "cell", "what"),
        [
            (0, dt.date(2021, 1, 2), "the cell is a date; a spreadsheet may have made it of a word"),
            (3, dt.time(9, 30), "the cell holds a length of time or an hour without its day"),
            (3, 44378.5, "'44378.5' is not a time"),
            (
                5,
                dt.date(1900, 2, 1),
                "the cell is a date before 1 March 1900, which spreadsheets count wrong",
            ),
            (5, dt.datetime(2021, 7, 2, 8, 0), "'2021-07-02T08:00:00' is not a day"),  # noqa: DTZ001  as above
            (6, 5.5, "'5.5' is not a count"),
            (6, "5.0", "'5.0' is not a count"),
        ],
    )
    def test_refuses_what_is_no_such_thing(self, desk: Desk, place: int, cell: object, what: str) -> None:
        cells: list[object] = [*GOOD.split(",")[:3], "2021-07-01T09:30:00Z", None, None, 1, 2, 3]
        cells[place] = cell

        reading = desk.read(desk.workbook(cells), name="sent.xlsx")

        assert [(one.column, one.what) for one in reading.problems] == [(NAMES[place], what)]

    def test_refuses_cells_beside_the_columns(self, desk: Desk) -> None:
        reading = desk.read(desk.workbook([*GOOD.split(","), "note"]), name="sent.xlsx")

        assert reading.problems[0].what == "the row has 1 cell to the right of the header"


class TestOddPacking:
    def test_of_several_members_is_read_as_one(self, desk: Desk) -> None:
        content = packed(csv_of()) + packed(f"{GOOD}\n".encode())

        assert desk.read(content, name="sent.csv.gz").accepted_rows == 1

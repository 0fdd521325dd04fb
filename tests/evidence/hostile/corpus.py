"""Files that should not have been sent, and what their sender is told."""

import gzip
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from tests.evidence.desk import GOOD, HEADER, csv_of, row
from tests.evidence.hostile import archives

TOO_LARGE = 3_000_000
COLUMNS = "The columns are request_id, party, mode, asked_at, answered_at, due_on, done, of, change, in any"
WRONG_NAMES = (
    (
        "a space",
        "request_id ",
        "'request_id ' is not a column of requests; did you mean 'request_id', without",
    ),
    (
        "another case",
        "Request_ID",
        "'Request_ID' is not a column of requests; did you mean 'request_id', in s",
    ),
    (
        "a slip",
        "reqest_id",
        "'reqest_id' is not a column of requests; did you mean 'request_id'?; the column",
    ),
    (
        "a letter that looks alike",
        "r\u0435quest_id",
        "'r\u0435quest_id' is not a column of requests; did you mean 'request_id'? A letter in it is "
        "CYRILLIC SMALL LETTER IE; the column 'request_id' is missing. " + COLUMNS,
    ),
    ("no name", "", "column 1 has no name; the column 'request_id' is missing."),
    (
        "a name twice",
        "party",
        "'party' stands 2 times, in columns 1, 2; the column 'request_id' is missing.",
    ),
)
REFUSED_PARTS = (
    ("xl/vbaProject.bin", "Macros are not accepted. Save the workbook as .xlsx without them."),
    ("xl/macrosheets/sheet1.xml", "Macros are not accepted."),
    ("xl/activeX/activeX1.xml", "Active content is not accepted."),
    ("xl/embeddings/oleObject1.bin", "Embedded files are not accepted. Remove them from the workbook."),
    ("xl/externalLinks/externalLink1.xml", "The workbook links to other files. Paste their values and"),
)


@dataclass(frozen=True)
class Sent:
    """A file, and how the refusal of it as a whole reads from the start."""

    what: str
    name: str
    make: Callable[[], bytes]
    told: str


def corpus() -> Iterator[Sent]:
    yield from _not_what_it_says()
    yield from _text()
    yield from _headers()
    yield from _packed()
    yield from _archives()
    yield from _parts()
    yield from _documents()
    yield from _sheets()
    yield from _xml()


def _says(what: str, name: str, content: bytes, told: str) -> Sent:
    return Sent(what, name, lambda: content, told)


def _not_what_it_says() -> Iterator[Sent]:
    good = csv_of(GOOD)
    csv = "but the name says .csv. Send a file whose content is what its name says."
    yield _says("nothing", "sent.csv", b"", "The file is empty (0 bytes). Send it again.")
    yield _says("a PDF", "sent.csv", b"%PDF-1.7\n", f"The content is a PDF document, {csv}")
    yield _says("a program", "sent.csv", b"MZ\x90\0", f"The content is a Windows program, {csv}")
    yield _says("a workbook", "sent.csv", b"PK\x03\x04", f"The content is a ZIP archive, {csv}")
    yield _says("a web page", "sent.csv", b"<html><table>", f"The content is a web page, {csv}")
    yield _says("JSON", "sent.csv", b'{"a": 1}', f"The content is JSON, {csv}")
    yield _says("Parquet", "sent.csv", b"PAR1\0\0", f"The content is a Parquet file, {csv}")
    yield _says(
        "a page that says workbook",
        "sent.xlsx",
        b"<html><body><table>",
        "The content is a web page, but the name says .xlsx.",
    )
    yield _says("text that says workbook", "sent.xlsx", good, "The content is text, but the name says .xlsx.")
    yield _says("text that says gzip", "sent.csv.gz", good, "The content is text, but the name says .csv.gz.")
    yield _says(
        "an image that says XES", "sent.xes", b"\x89PNG\r\n", "The content is a PNG image, but the name"
    )
    older = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
    yield _says("an older workbook", "sent.xlsx", older, "The content is an older Excel file (.xls).")
    encrypted = older + "EncryptedPackage".encode("utf-16-le")
    yield _says("a password", "sent.xlsx", encrypted, "The workbook is encrypted. Remove the password and")
    accepted = "accepted are .csv, .csv.gz, .xlsx, .xes and .xes.gz."
    for suffix in (".xls", ".xlsb", ".ods", ".numbers", ".pdf", ".zip"):
        yield _says(f"a {suffix}", f"a{suffix}", good, f"The name ends in '{suffix}'; {accepted}")
    yield _says("no suffix", "sent", good, f"The name ends in no known format; {accepted}")
    hidden = "The file's name holds control or invisible characters. Rename it."
    yield _says("a name that runs backwards", "vsc\u202excsv.csv", good, hidden)
    yield _says("a name of two lines", "sent\nX-Header: 1.csv", good, hidden)


def _text() -> Iterator[Sent]:
    utf_16 = "The text is UTF-16. Save it as UTF-8; Excel calls that CSV UTF-8."
    yield _says("UTF-16", "sent.csv", csv_of(GOOD).decode().encode("utf-16"), utf_16)
    yield _says(
        "UTF-16 without its mark",
        "sent.csv",
        csv_of(GOOD).decode().encode("utf-16-le"),
        "Row 1, byte 2: there is a NUL, which text never holds. The file is damaged or not UTF-8;",
    )
    yield _says(
        "a pound sign of CP1252",
        "sent.csv",
        csv_of(GOOD, row(party="\xa3")).replace(b"\xc2\xa3", b"\xa3"),
        "Row 3, byte 5: this is not UTF-8. Save the file as UTF-8, or say it is CP1252.",
    )
    late = csv_of(*[GOOD] * 48_209, row(request_id="caf\xe9")).replace(b"\xc3\xa9", b"\xe9")
    yield _says("mixed encodings", "sent.csv", late, "Row 48,211, byte 4: this is not UTF-8.")
    yield _says("a NUL", "sent.csv", csv_of(GOOD, row(party="A\0B")), "Row 3, byte 6: there is a NUL, which")
    unclosed = (
        "a quotation mark is out of place or never closed, or a cell holds more than 131,072 characters."
    )
    yield _says("a quotation that never ends", "sent.csv", csv_of(GOOD, f'"{GOOD}'), f"Row 3: {unclosed}")
    yield _says("a quotation inside", "sent.csv", csv_of(row(party='"ALFA" Ltd')), f"Row 2: {unclosed}")
    huge = csv_of(row(party='"' + "x\n" * 70_000 + '"'))
    yield _says("a cell of 140,000 characters", "sent.csv", huge, f"Row 2: {unclosed}")
    yield _says(
        "no line's end", "sent.csv", b"x" * 9_000_000, "A line is longer than 8 MB. Check that the file"
    )
    yield _says("blank lines", "sent.csv", b"\n\r\n\n", "The file holds no header. Its first row names the")


def _headers() -> Iterator[Sent]:
    yield _says(
        "no header", "sent.csv", f"{GOOD}\n".encode(), "Header, row 1: 'R-1' is not a column of requests;"
    )
    for what, wrong, told in WRONG_NAMES:
        header = HEADER.replace("request_id", wrong, 1)
        yield _says(
            f"a header with {what}", "sent.csv", csv_of(GOOD, header=header), f"Header, row 1: {told}"
        )
    lacking = csv_of(GOOD, header=HEADER.removesuffix(",change"))
    yield _says("a column missing", "sent.csv", lacking, "Header, row 1: the column 'change' is missing. The")
    more = csv_of(f"{GOOD},x", header=f"{HEADER},remark")
    yield _says("a column more", "sent.csv", more, "Header, row 1: 'remark' is not a column of requests. The")
    wide = ",".join(f"c{number}" for number in range(5_000)).encode()
    yield _says("5,000 columns", "sent.csv", wide, "The header has 5,000 columns; the limit is 500.")
    semicolons = csv_of(GOOD).replace(b",", b";")
    yield _says(
        "semicolons", "sent.csv", semicolons, "The columns are separated by semicolons. Save the file"
    )
    tabs = csv_of(GOOD).replace(b",", b"\t")
    yield _says("tabs", "sent.csv", tabs, "The columns are separated by tabs. Save the file with commas.")


def _packed() -> Iterator[Sent]:
    good = gzip.compress(csv_of(GOOD))
    cut = "The compressed file ends before its content does. Send it again."
    yield _says("gzip cut off", "sent.csv.gz", good[:-4], cut)
    flipped = bytearray(good)
    flipped[len(good) // 2] ^= 0x40
    yield _says("gzip damaged", "sent.csv.gz", bytes(flipped), "The compressed file is damaged and cannot be")
    yield _says(
        "gzip and more", "sent.csv.gz", good + b"more", "The compressed file is damaged and cannot be"
    )
    bomb = gzip.compress(csv_of(*[GOOD] * (TOO_LARGE // len(GOOD))))
    yield _says("a gzip bomb", "sent.csv.gz", bomb, "The file unpacks to more than 2 MB, which is the limit.")
    twice = gzip.compress(good)
    yield _says(
        "gzip in gzip", "sent.csv.gz", twice, "The packed content is a gzip file, but the name says .csv"
    )
    large = csv_of(*[GOOD] * (TOO_LARGE // len(GOOD) + 1000))
    yield _says("too large a file", "sent.csv", large, "The file has 3 MB; the limit is 2 MB. Split it.")


def _archives() -> Iterator[Sent]:
    good = archives.workbook(archives.rows(HEADER, GOOD))
    damaged = "The workbook is damaged or cut off. Save it anew and send it again."
    yield _says("a workbook cut off", "sent.xlsx", good[:-30], damaged)
    yield Sent(
        "a workbook that unpacks to too much",
        "sent.xlsx",
        lambda: archives.bomb(TOO_LARGE),
        "The workbook unpacks to more than 2 MB, which is the limit. Split it.",
    )
    yield Sent(
        "a workbook that lies about its size",
        "sent.xlsx",
        lambda: archives.lying(archives.bomb(TOO_LARGE), "xl/media/blank.bin", 1_000),
        "The workbook unpacks to more than 2 MB, which is the limit. Split it.",
    )
    yield Sent(
        "20,000 parts",
        "sent.xlsx",
        lambda: archives.workbook("", extra={f"xl/p{number}.xml": b"" for number in range(20_000)}),
        "The workbook contains 20,006 parts; the limit is 2,000.",
    )


def _parts() -> Iterator[Sent]:
    good = archives.workbook(archives.rows(HEADER, GOOD))
    yield _says(
        "parts that overlap", "sent.xlsx", archives.overlapping(40), "Parts of the workbook overlap each"
    )
    for path in ("../../etc/cron.d/x", "/etc/x", "C:/x.xml", "xl\\..\\..\\x"):
        sent = archives.workbook("", extra={path: b"x"})
        shown = path.replace("\\", "/")
        yield _says(
            f"the path {path}", "sent.xlsx", sent, f"There is an unsafe path in the workbook: '{shown}'."
        )
    yield _says(
        "an archive inside",
        "sent.xlsx",
        archives.workbook("", extra={"xl/a.bin": good}),
        "The workbook holds another",
    )
    for part, told in REFUSED_PARTS:
        yield _says(part, "sent.xlsx", archives.workbook("", extra={part: b"x"}), told)
    word = archives.archive({"word/document.xml": b"<a/>"})
    yield _says("a document", "sent.xlsx", word, "The content is a Word document, but the name says .xlsx.")
    binary = archives.archive({"xl/workbook.bin": b"x"})
    yield _says(
        "a binary workbook", "sent.xlsx", binary, "The content is an Excel binary workbook (.xlsb), but"
    )
    yield _says(
        "an archive", "sent.xlsx", archives.archive({"a": b"x"}), "The content is a ZIP archive without a"
    )
    with_password = bytearray(good)
    with_password[good.rfind(b"PK\x01\x02") + 8] |= 1
    yield _says(
        "a part with a password", "sent.xlsx", bytes(with_password), "The workbook is encrypted. Remove"
    )


def _documents() -> Iterator[Sent]:
    doctype = b'<!DOCTYPE workbook [<!ENTITY x SYSTEM "file:///etc/hostname">]><workbook>&x;</workbook>'
    told = (
        "Part 'xl/workbook.xml' of the workbook contains a DTD, which is not accepted. Save it anew without"
    )
    yield _says(
        "an entity from outside", "sent.xlsx", archives.workbook("", extra={"xl/workbook.xml": doctype}), told
    )
    laughs = b"".join(b'<!ENTITY l%d "&l%d;&l%d;">' % (n, n - 1, n - 1) for n in range(1, 30))
    strings = b"<!DOCTYPE sst [" + laughs + b"]><sst/>"
    yield _says(
        "a billion laughs",
        "sent.xlsx",
        archives.workbook("", extra={"xl/sharedStrings.xml": strings}),
        "Part 'xl/sharedStrings.xml' of the workbook contains a DTD",
    )
    wide = '<?xml version="1.0" encoding="UTF-16"?><sst/>'.encode("utf-16")
    yield _says(
        "a part in UTF-16",
        "sent.xlsx",
        archives.workbook("", extra={"xl/sharedStrings.xml": wide}),
        "Part 'xl/sharedStrings.xml' of the workbook is XML that is not UTF-8. Save it anew as UTF-8.",
    )


def _sheets() -> Iterator[Sent]:
    both = '<sheet name="A" sheetId="1" r:id="rId1"/><sheet name="B" sheetId="2" r:id="rId2"/>'
    filled = f'<worksheet xmlns="{archives.MAIN}">{archives.rows("x")}</worksheet>'.encode()
    two = archives.workbook(archives.rows("x"), sheets=both, extra={"xl/worksheets/sheet2.xml": filled})
    yield _says("two sheets", "sent.xlsx", two, "Several sheets hold rows: 'A', 'B'. Send one sheet a file.")
    hidden = '<sheet name="A" sheetId="1" r:id="rId1" state="hidden"/>'
    yield _says(
        "nothing but a hidden sheet",
        "sent.xlsx",
        archives.workbook(archives.rows(HEADER, GOOD), sheets=hidden),
        "No visible sheet of the workbook holds any row.",
    )
    merged = (
        archives.rows(HEADER.replace("party", ""), GOOD) + '<mergeCells><mergeCell ref="A1:B1"/></mergeCells>'
    )
    yield _says(
        "a merged header",
        "sent.xlsx",
        archives.workbook(merged),
        "Header, row 1: column 2 has no name; the column 'party' is missing.",
    )
    yield _says(
        "a sheet cut off",
        "sent.xlsx",
        archives.workbook("<sheetData><row><c><v>1</v></c>"),
        "The workbook's part xl/worksheets/sheet1.xml is damaged. Save it anew as .xlsx.",
    )


def _xml() -> Iterator[Sent]:
    doctype = b'<!DOCTYPE log [<!ENTITY x SYSTEM "file:///etc/hostname">]><log>&x;</log>'
    told = "The file contains a DTD, which is not accepted. Save it anew without one."
    yield _says("a log with an entity", "sent.xes", b'<?xml version="1.0"?>' + doctype, told)
    yield _says("a packed log with an entity", "sent.xes.gz", gzip.compress(b"<log/>" + doctype), told)
    other = b'<?xml version="1.0" encoding="UTF-7"?><log/>'
    yield _says(
        "a log in UTF-7", "sent.xes", other, "The file is XML that is not UTF-8. Save it anew as UTF-8."
    )
    yield _says("another XML", "sent.xes", b"<?xml version='1.0'?><svg/>", "The XML holds 'svg', not a log.")
    cut = b"<log><trace><event>"
    yield _says(
        "a log cut off", "sent.xes", cut, "Line 1: the XML is damaged or ends too early. Export the log"
    )
    deep = b"<log><trace>" + b"<a>" * 5_000 + b"</a>" * 5_000 + b"</trace></log>"
    yield _says("a log 5,000 deep", "sent.xes", deep, "Line 1: the XML is damaged or ends too early.")
    packed = zlib.compress(b"<log/>")
    yield _says("another packing", "sent.xes.gz", packed, "The content is of no kind that is known, but")

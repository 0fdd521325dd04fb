"""Workbooks that no spreadsheet would write, made byte by byte; nothing harmful is stored."""

import io
import struct
import zipfile
import zlib

TYPES = '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def workbook(
    sheet: str, *, strings: str = "", sheets: str = "", extra: dict[str, bytes] | None = None
) -> bytes:
    """Return a workbook with the rows of one sheet as given; `extra` adds or replaces parts."""
    listed = sheets or '<sheet name="Sent" sheetId="1" r:id="rId1"/>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": f'<Relationships xmlns="{RELATIONS}"><Relationship Id="rId1" Target="xl/workbook.xml" '
        f'Type="{LINKS}/officeDocument"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{RELATIONS}">'
        + "".join(
            f'<Relationship Id="rId{number}" Target="worksheets/sheet{number}.xml" Type="{LINKS}/worksheet"/>'
            for number in (1, 2)
        )
        + f'<Relationship Id="rId9" Target="sharedStrings.xml" Type="{LINKS}/sharedStrings"/>'
        "</Relationships>",
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>',
        "xl/worksheets/sheet2.xml": f'<worksheet xmlns="{MAIN}"><sheetData/></worksheet>',
    }
    if strings:
        parts["xl/sharedStrings.xml"] = f'<sst xmlns="{MAIN}">{strings}</sst>'
    return archive({name: text.encode() for name, text in parts.items()} | (extra or {}))


def rows(*lines: str, dimension: str = "") -> str:
    """Return sheet data of the lines' cells, split at commas, as text in the cells themselves."""
    said = f'<dimension ref="{dimension}"/>' if dimension else ""
    return (
        f"{said}<sheetData>{''.join(_row(number, line) for number, line in enumerate(lines, 1))}</sheetData>"
    )


def cell(place: str, text: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{text}</t></is></c>'


def archive(parts: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, content in parts.items():
            packed.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def bomb(most: int) -> bytes:
    """Return a workbook with a part of so many zeros."""
    return workbook(rows("a"), extra={"xl/media/blank.bin": bytes(most)})


def lying(content: bytes, part: str, size: int) -> bytes:
    """Return the archive with the declared size of a part changed in both places."""
    name = part.encode()
    changed = bytearray(content)
    for sign, ahead, place in ((b"PK\x03\x04", 30, 22), (b"PK\x01\x02", 46, 24)):
        start = 0
        while (start := content.find(sign, start)) >= 0:
            if content[start + ahead : start + ahead + len(name)] == name:
                struct.pack_into("<I", changed, start + place, size)
            start += 1
    return bytes(changed)


def overlapping(parts: int) -> bytes:
    """Return an archive whose directory names one stretch of bytes many times."""
    content = zlib.compress(bytes(100_000), 9)[2:-4]
    local = _local(b"xl/workbook.xml", content)
    directory = b"".join(_central(f"xl/part{number}.xml".encode(), content) for number in range(parts))
    directory += _central(b"xl/workbook.xml", content)
    end = struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, parts + 1, parts + 1, len(directory), len(local), 0)
    return local + directory + end


def _local(name: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(bytes(100_000))
    return struct.pack(
        "<4s5H3I2H", b"PK\x03\x04", 20, 0, 8, 0, 0, crc, len(content), 100_000, len(name), 0
    ) + (name + content)


def _central(name: bytes, content: bytes) -> bytes:
    crc = zlib.crc32(bytes(100_000))
    fixed = (20, 20, 0, 8, 0, 0, crc, len(content), 100_000, len(name), 0, 0, 0, 0, 0, 0)
    return struct.pack("<4s6H3I5H2I", b"PK\x01\x02", *fixed) + name


def _row(number: int, line: str) -> str:
    cells = "".join(
        cell(f"{chr(ord('A') + place)}{number}", text) for place, text in enumerate(line.split(",")) if text
    )
    return f'<row r="{number}">{cells}</row>'

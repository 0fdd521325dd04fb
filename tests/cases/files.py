"""Files to attach, good and bad: each made when it is asked for, small enough to keep."""

import base64
import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache

CONTENT_TYPES = (
    b'<?xml version="1.0"?><Types><Override ContentType="application/vnd.openxmlformats-officedocument.'
)
CANARY = b"canary-of-an-attachment-7Q2M"
PDF = b"%PDF-1.7\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
LETTER = b"From: ada@example.org\r\nTo: jo@example.org\r\nSubject: Hubs\r\n\r\nWe saw it.\r\n"
ELEVEN_MB = 11_000_000


@dataclass(frozen=True)
class Bad:
    """A file that is refused: what it is, its name, its bytes, and a word of what is said."""

    what: str
    name: str
    make: Callable[[], bytes]
    says: str


def png() -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 1, 1, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0\0")) + chunk(b"IEND", b"")


def jpeg() -> bytes:
    return b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(9) + b"\xff\xd9"


def packed(**parts: bytes) -> bytes:
    """Return a ZIP archive of parts; a double underscore in a name is a slash, a single one a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def office(types: bytes = CONTENT_TYPES, **parts: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", types)
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def docx(**parts: bytes) -> bytes:
    return office(word__document_xml=b"<document/>", **parts)


def xlsx(**parts: bytes) -> bytes:
    return office(xl__workbook_xml=b"<workbook/>", **parts)


def letter_with(name: str, content: bytes, kind: str = "application/pdf") -> bytes:
    """Return a letter that carries a file; without a name, as an attachment that has none."""
    body = base64.encodebytes(content)
    head = LETTER.replace(
        b"\r\n\r\n", b'\r\nContent-Type: multipart/mixed; boundary="b"\r\n\r\n--b\r\n\r\n', 1
    )
    told = f"--b\r\nContent-Type: {kind}\r\nContent-Transfer-Encoding: base64\r\n".encode()
    called = f'; filename="{name}"' if name else ""
    told += f"Content-Disposition: attachment{called}\r\n\r\n".encode()
    return head + told + body + b"\r\n--b--\r\n"


@cache
def bomb() -> bytes:
    """Return a document of some kilobytes that unpacks to more than anybody may attach."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", CONTENT_TYPES)
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            for _ in range(210):
                part.write(bytes(1_000_000))
    return made.getvalue()


def overlapping() -> bytes:
    """Return a workbook two parts of which share their bytes, as the directory has it."""
    whole = bytearray(xlsx(xl__styles_xml=b"<styles/>"))
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        first, second = (one.header_offset for one in archive.infolist()[1:3])
    place = whole.rindex(struct.pack("<I", second))
    whole[place : place + 4] = struct.pack("<I", first)
    return bytes(whole)


def garbled() -> bytes:
    """Return a document the list of whose parts is whole, and the part that says what they are is not."""
    whole = bytearray(docx())
    with zipfile.ZipFile(io.BytesIO(bytes(whole))) as archive:
        place = archive.getinfo("[Content_Types].xml").header_offset + 30 + len("[Content_Types].xml")
    whole[place : place + 8] = b"\xff" * 8
    return bytes(whole)


GOOD: dict[str, Callable[[], bytes]] = {
    "notes.pdf": lambda: PDF,
    "letter.docx": docx,
    "rows.xlsx": xlsx,
    "rows.csv": lambda: b"\xef\xbb\xbfhub,day\nH1,2021-07-01\n",
    "older.csv": lambda: "hub,name\nH1,Café".encode("cp1252"),
    "notes.txt": lambda: b"[1] We replaced it.\n",
    "photo.png": png,
    "Photo.JPG": jpeg,
    "padded.jpeg": lambda: jpeg() + bytes(7),
    "mail.eml": lambda: LETTER,
    "carries.eml": lambda: letter_with("rows.csv", b"a,b\n1,2\n"),
    "answered.eml": lambda: letter_with("before.eml", letter_with("rows.csv", b"a,b\n1,2\n"), "text/plain"),
    "pictured.eml": lambda: letter_with("logo.gif", b"GIF89a", "image/gif"),
}
BAD = [
    Bad(
        "a PDF that is a ZIP as well",
        "a.pdf",
        lambda: PDF + packed(a_exe=b"MZ") + PDF[-6:],
        "ZIP archive as well",
    ),
    Bad(
        "an image with a page in its head",
        "a.png",
        lambda: png()[:8] + b"<script>" + png()[8:],
        "web page as well",
    ),
    Bad("an image that goes on", "a.png", lambda: png() + b"more", "goes on after its end"),
    Bad(
        "a photograph with a program behind it",
        "a.jpg",
        lambda: jpeg() + b"MZ\x90\0" * 9,
        "goes on after its end",
    ),
    Bad("a photograph that is cut off", "a.jpg", lambda: jpeg()[:-1], "cut off"),
    Bad("a PDF that is cut off", "a.pdf", lambda: PDF[:20], "cut off"),
    Bad("a document that is a bomb", "a.docx", bomb, "unpacks to more than 200 MB"),
    Bad("a workbook whose parts overlap", "a.xlsx", overlapping, "overlap"),
    Bad("a docm called docx", "a.docx", lambda: docx(word__vbaProject_bin=b"\0"), "macros are not accepted"),
    Bad(
        "macros by another name",
        "a.docx",
        lambda: office(CONTENT_TYPES + b"ms-office.vbaProject", word__document_xml=b"", word__x_bin=b"\0"),
        "macros are not accepted",
    ),
    Bad("an xlsm called xlsx", "a.xlsx", lambda: xlsx(xl__vbaProject_bin=b"\0"), "macros are not accepted"),
    Bad(
        "a document with a file in it", "a.docx", lambda: docx(word__embeddings__o_bin=b""), "embedded files"
    ),
    Bad(
        "a document whose parts are damaged",
        "a.docx",
        garbled,
        "the document is damaged and cannot be unpacked",
    ),
    Bad("a document without types", "a.docx", lambda: packed(word__document_xml=b""), "damaged"),
    Bad("an archive", "a.docx", lambda: packed(a_txt=b"a"), "a ZIP archive"),
    Bad("a presentation", "a.docx", lambda: office(ppt__presentation_xml=b""), "a PowerPoint presentation"),
    Bad("an archive that is cut off", "a.docx", lambda: docx()[:60], "damaged"),
    Bad("an SVG called PNG", "a.png", lambda: b"<svg onload='x()'/>", "SVG image"),
    Bad("an SVG with a declaration", "a.txt", lambda: b"<?xml version='1.0'?><svg/>", "SVG image"),
    Bad("a page called text", "a.txt", lambda: b" <!DOCTYPE html><p>", "a web page"),
    Bad("a script", "a.txt", lambda: b"#!/bin/sh\nrm", "a script"),
    Bad("a program called PDF", "a.pdf", lambda: b"MZ\x90\0", "a Windows program"),
    Bad(
        "an older workbook",
        "a.xlsx",
        lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
        "older Office",
    ),
    Bad("bytes of no kind", "a.csv", lambda: b"a,b\n\0\1", "of no kind that is known"),
    Bad("a PDF called as a program", "a.exe", lambda: PDF, "Let it end in .pdf"),
    Bad("a name that reads backwards", "gpj\u202efdp.exe", lambda: PDF, "gpjfdp.exe"),
    Bad("a batch file", "a.bat", lambda: b"del *", "Let it end in .csv or .txt"),
    Bad("a path that leads out", "../../etc/a.sh", lambda: b"rm", "'a.sh'"),
    Bad("a letter with a program", "a.eml", lambda: letter_with("a.pdf", b"MZ\0"), "a Windows program"),
    Bad(
        "a letter with an archive",
        "a.eml",
        lambda: letter_with("a.zip", packed(a_txt=b"")),
        "the e-mail carries 'a.zip'",
    ),
    Bad(
        "a letter with a letter with a program",
        "a.eml",
        lambda: letter_with("b.eml", letter_with("a.pdf", b"MZ\0"), "application/octet-stream"),
        "carries 'b.eml', and the e-mail carries 'a.pdf', and its content is a Windows program",
    ),
    Bad(
        "a letter with an encoded letter with a program",
        "a.eml",
        lambda: letter_with("b.eml", letter_with("a.pdf", b"MZ\0"), "message/rfc822"),
        "carries 'b.eml', and the e-mail carries 'a.pdf', and its content is a Windows program",
    ),
    Bad(
        "a letter with a page without a name",
        "a.eml",
        lambda: letter_with("", b"<html><script>x()</script>", "text/html"),
        "carries 'a part without a name', and its content is a web page",
    ),
    Bad(
        "a letter about nothing",
        "a.eml",
        lambda: b"From: a@example.org\r\n\r\ny",
        "no date, recipient or subject",
    ),
    Bad("a letter from nobody", "a.eml", lambda: b"Subject: x\r\n\r\ny", "names no sender"),
    Bad("a letter of a thousand parts", "a.eml", lambda: LETTER + b"Content-Type: a\r\n" * 999, "100 parts"),
    Bad("nothing", "a.pdf", lambda: b"", "empty (0 bytes)"),
    Bad("eleven megabytes", "a.txt", lambda: b"a" * ELEVEN_MB, "has 11.0 MB; the limit is 10 MB"),
]

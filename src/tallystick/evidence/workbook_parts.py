"""The archive that a workbook is, checked part by part before anything reads it.

Sizes are counted as the parts stream by and are never believed; nothing is written, and no part is kept.
"""

import struct
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath, PureWindowsPath
from typing import BinaryIO, NamedTuple

from tallystick.evidence.limits import Limits, megabytes
from tallystick.evidence.refusals import UnableToRead, quoted
from tallystick.evidence.xml_text import DoctypeWatch

PIECE = 1 << 16
DIRECTORY_BYTES = 4_000_000
TAIL = 22 + 65_535
LOCAL_HEADER = 30
ENCRYPTED = 0x1
SYMLINK = 0o120000
TYPES, LONGEST_TYPES = "[Content_Types].xml", 1 << 20
_END = b"PK\x05\x06"
_MANY = 0xFFFF
_ARCHIVES = (b"PK\x03\x04", b"\x1f\x8b", b"Rar!", b"7z\xbc\xaf")
_XML_SUFFIXES = (".xml", ".rels", ".vml")
# What other archives of this family hold, and what they are then.
_OTHERS = {
    "xl/workbook.bin": "an Excel binary workbook (.xlsb)",
    "word/document.xml": "a Word document",
    "ppt/presentation.xml": "a PowerPoint presentation",
    "content.xml": "an OpenDocument file",
    "Index/Document.iwa": "a Numbers document",
}
_MACROS = "Macros are not accepted. Save the {noun} as {suffix} without them."
_REFUSED_PARTS = (
    ("vbaproject", _MACROS),
    ("macrosheets/", _MACROS),
    ("activex/", "Active content is not accepted. Save the {noun} as {suffix} without it."),
    ("embeddings/", "Embedded files are not accepted. Remove them from the {noun}."),
    ("externallinks/", "The {noun} links to other files. Paste their values and save it again."),
)


class Office(NamedTuple):
    """A kind of Office file: what it is called, how its name ends, and the part that each has."""

    noun: str
    suffix: str
    part: str


WORKBOOK = Office("workbook", ".xlsx", "xl/workbook.xml")
DOCUMENT = Office("document", ".docx", "word/document.xml")


def check_workbook(file: BinaryIO, limits: Limits) -> None:
    """Refuse a workbook that is unsafe to unpack, or is no workbook.

    :raises UnableToRead: with the first thing that is wrong
    """
    parts = listed(file, limits, WORKBOOK)
    _check_kind({part.filename for part in parts})
    check_places(parts, file.seek(0, 2), WORKBOOK)
    left = limits.workbook_bytes
    for part in parts:
        left -= _check_part(file, part, left, limits)


def listed(file: BinaryIO, limits: Limits, office: Office) -> list[zipfile.ZipInfo]:
    """Return the parts of an Office file as its directory has them, without unpacking any.

    :raises UnableToRead: if the directory is damaged or too long, or names what is not accepted
    """
    _check_directory(file, limits, office)
    try:
        parts = zipfile.ZipFile(file).infolist()
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error):
        raise UnableToRead(damaged(office)) from None
    _check_names(parts, office)
    return parts


def kind_of(names: set[str]) -> str:
    """Return in words what an archive with such parts is."""
    return next((kind for name, kind in _OTHERS.items() if name in names), "a ZIP archive")


def check_places(parts: list[zipfile.ZipInfo], size: int, office: Office) -> None:
    """Refuse parts that share bytes, by which a small archive unpacks to a huge one.

    :raises UnableToRead: if some do, or the file of `size` bytes ends before they do
    """
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end:
            raise UnableToRead(f"Parts of the {office.noun} overlap each other. Save it anew.")
        end = part.header_offset + LOCAL_HEADER + len(part.orig_filename.encode()) + part.compress_size
    if end > size:
        raise UnableToRead(damaged(office))


def check_types(file: BinaryIO, parts: list[zipfile.ZipInfo], office: Office) -> None:
    """Refuse macros by whatever name they go, from the one part that states what each of the others is.

    :raises UnableToRead: if it states some, is missing, or is longer than any that people make
    """
    stated = next((part for part in parts if part.filename == TYPES), None)
    if stated is None or stated.flag_bits & ENCRYPTED:
        raise UnableToRead(damaged(office))
    said = b""
    for piece in _unpacked(file, stated, office):
        said += piece
        if len(said) > LONGEST_TYPES:
            raise UnableToRead(damaged(office))
    if b"macroenabled" in said.lower() or b"vbaproject" in said.lower():
        raise UnableToRead(_MACROS.format(noun=office.noun, suffix=office.suffix))


def damaged(office: Office) -> str:
    return f"The {office.noun} is damaged or cut off. Save it anew and send it again."


def _check_directory(file: BinaryIO, limits: Limits, office: Office) -> None:
    """Refuse an archive whose directory is too long before it is read whole."""
    size = file.seek(0, 2)
    file.seek(max(size - TAIL, 0))
    tail = file.read(TAIL)
    place = tail.rfind(_END)
    if place < 0 or len(tail) < place + 22:
        raise UnableToRead(damaged(office))
    count, length = struct.unpack("<HI", tail[place + 10 : place + 16])
    most = limits.workbook_parts
    if count > most or length > DIRECTORY_BYTES:
        said = f"{count:,}" if count < _MANY else "too many"
        raise UnableToRead(f"The {office.noun} contains {said} parts; the limit is {most:,}.")


def _check_names(parts: list[zipfile.ZipInfo], office: Office) -> None:
    noun, seen = office.noun, set()
    for part in parts:
        name = part.orig_filename.replace("\\", "/")
        outside = name.startswith("/") or ".." in PurePosixPath(name).parts or PureWindowsPath(name).drive
        if outside or "\0" in name or (part.external_attr >> 16) & 0o170000 == SYMLINK:
            raise UnableToRead(f"There is an unsafe path in the {noun}: {quoted(name)}. Save it anew.")
        if name.lower() in seen:
            raise UnableToRead(f"The {noun} holds its part {quoted(name)} twice. Save it anew.")
        seen.add(name.lower())
        for piece, remedy in _REFUSED_PARTS:
            if piece in name.lower():
                raise UnableToRead(remedy.format(noun=noun, suffix=office.suffix))


def _check_kind(names: set[str]) -> None:
    if WORKBOOK.part in names:
        return
    kind = kind_of(names)
    kind = "a ZIP archive without a workbook" if kind == "a ZIP archive" else kind
    raise UnableToRead(f"The content is {kind}, but the name says .xlsx. Save it as .xlsx or .csv.")


def _check_part(file: BinaryIO, part: zipfile.ZipInfo, left: int, limits: Limits) -> int:
    """Unpack one part piece by piece and return how large it was."""
    if part.flag_bits & ENCRYPTED:
        raise UnableToRead("The workbook is encrypted. Remove the password and send it again.")
    watch = DoctypeWatch(f"Part {quoted(part.filename)} of the workbook")
    is_xml = part.filename.lower().endswith(_XML_SUFFIXES)
    size = 0
    for piece in _unpacked(file, part, WORKBOOK):
        if size == 0 and piece.startswith(_ARCHIVES):
            raise UnableToRead(f"The workbook holds another archive: {quoted(part.filename)}. Remove it.")
        size += len(piece)
        if size > left:
            most = megabytes(limits.workbook_bytes)
            raise UnableToRead(f"The workbook unpacks to more than {most}, which is the limit. Split it.")
        if is_xml:
            watch.look(piece)
            _refuse_macro_type(part, piece)
    if size != part.file_size:
        raise UnableToRead(f"Part {quoted(part.filename)} of the workbook is damaged. Save it anew.")
    return size


def _refuse_macro_type(part: zipfile.ZipInfo, piece: bytes) -> None:
    if part.filename == TYPES and b"macroEnabled" in piece:
        raise UnableToRead(_MACROS.format(noun=WORKBOOK.noun, suffix=WORKBOOK.suffix))


def _unpacked(file: BinaryIO, part: zipfile.ZipInfo, office: Office) -> Iterator[bytes]:
    """Yield a part's content, by its own reckoning and not by the size the archive declares."""
    file.seek(part.header_offset)
    header = file.read(LOCAL_HEADER)
    if len(header) < LOCAL_HEADER or not header.startswith(b"PK\x03\x04"):
        raise UnableToRead(damaged(office))
    name, extra = struct.unpack("<HH", header[26:30])
    file.seek(name + extra, 1)
    left = part.compress_size
    if part.compress_type == zipfile.ZIP_STORED:
        while left and (piece := file.read(min(PIECE, left))):
            left -= len(piece)
            yield piece
        return
    if part.compress_type != zipfile.ZIP_DEFLATED:
        said = f"The {office.noun} is packed in a way that is not accepted. Save it anew as {office.suffix}."
        raise UnableToRead(said)
    yield from _inflated(file, left, office)


def _inflated(file: BinaryIO, left: int, office: Office) -> Iterator[bytes]:
    inflate = zlib.decompressobj(-zlib.MAX_WBITS)
    waiting = b""
    try:
        while not inflate.eof:
            if not waiting and left:
                waiting = file.read(min(PIECE, left))
                left = left - len(waiting) if waiting else 0  # the file may end before it says
            piece = inflate.decompress(waiting, PIECE)
            waiting = inflate.unconsumed_tail
            if piece:
                yield piece
            elif not waiting and not left:
                return
    except zlib.error:
        raise UnableToRead(f"The {office.noun} is damaged and cannot be unpacked. Save it anew.") from None

"""What a file is, told from its content: never from its name, nor from what a browser says of it.

Of a workbook or a document no more is read than the list of its parts and the one that says what each is.
"""

import base64
import email
import io
import quopri
import re
from collections.abc import Iterator
from email.message import Message as Letter

from tallystick.cases.models import Attachment
from tallystick.evidence import formats
from tallystick.evidence.limits import Limits, megabytes
from tallystick.evidence.refusals import UnableToRead, quoted
from tallystick.evidence.workbook_parts import (
    DOCUMENT,
    WORKBOOK,
    Office,
    check_places,
    check_types,
    kind_of,
    listed,
)

OFFICE = {Attachment.WORKBOOK: WORKBOOK, Attachment.DOCUMENT: DOCUMENT}
ACCEPTED = "Accepted are PDF, Word (.docx), Excel (.xlsx), CSV, text, PNG, JPEG and e-mail (.eml)."
UNPACKED = 200_000_000
LIMITS = Limits(workbook_bytes=UNPACKED)
# How a directory of a ZIP archive begins, and how far from the end that may be.
ZIP_END, ZIP_TAIL = b"PK\x05\x06", 22 + 65_535
PDF_END, PDF_TAIL = b"%%EOF", 2048
PNG_END = b"\x00\x00\x00\x00IEND\xaeB`\x82"
JPEG_END = re.compile(rb"\xff\xd9[\0\xff\r\n ]{0,16}\Z")  # some cameras pad to whole words
JPEG_TAIL = 18
HEAD = 1024
MARKUP = re.compile(rb"<(!doctype|html|script|svg|iframe|body)\b", re.IGNORECASE)
NEVER_IN_TEXT = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f\x7f]")
HEADER = re.compile(rb"\A[A-Za-z][A-Za-z0-9-]{1,40}:[ \t]*\S")
MOST_PARTS = 100
# A letter carried as a file by a letter that is one itself: as deep as people go.
DEEPEST = 3
DAMAGED = "the e-mail is damaged. Save it anew from where you read it."
UNNAMED = "a part without a name"
ENCODED = {"base64": base64.decodebytes, "quoted-printable": quopri.decodestring}
TEXTS = (formats.TEXT, "JSON")  # a row of a text may well begin with a bracket
IMAGES_OF_LETTERS = ("a GIF image",)


class UnknownKind(Exception):
    """The content is of no kind that may be attached; the message says what it is."""


def kinds_of(content: bytes) -> tuple[str, ...]:
    """Return what a file may be by its content: of a text, its name may choose.

    :raises UnknownKind: if it is nothing that is accepted, holds what is not, or is damaged
    """
    found = formats.content_of(content[: formats.HEAD])
    if found == formats.ZIP:
        return (_office(content),)
    if found == "a PDF document":
        _check_whole(content, "PDF", PDF_END in content[-PDF_TAIL:])
        return (Attachment.PDF,)
    if found == "a PNG image":
        _check_whole(content, "PNG image", content.endswith(PNG_END))
        return (Attachment.PNG,)
    if found == "a JPEG image":
        _check_whole(content, "JPEG image", JPEG_END.search(content, len(content) - JPEG_TAIL) is not None)
        return (Attachment.JPEG,)
    if found in TEXTS:
        return _texts(content)
    if found == formats.CFBF:
        found = "an older Office file, an e-mail of Outlook, or encrypted"
    elif found == formats.XML:
        found = "XML, as an SVG image or a web page is"
    raise UnknownKind(f"its content is {found}. {ACCEPTED}")


def _office(content: bytes) -> str:
    """Return which kind of Office file an archive is, from its directory alone."""
    file = io.BytesIO(content)
    try:
        parts = listed(file, LIMITS, Office("file", ".docx or .xlsx", ""))
        names = {one.filename for one in parts}
        kind = next((kind for kind, one in OFFICE.items() if one.part in names), None)
        if kind is None:
            raise UnknownKind(f"its content is {kind_of(names)}. {ACCEPTED}")
        check_places(parts, len(content), OFFICE[kind])
        check_types(file, parts, OFFICE[kind])
    except UnableToRead as refusal:
        raise UnknownKind(_lowered(str(refusal))) from None
    if sum(one.file_size for one in parts) > UNPACKED:
        raise UnknownKind(f"it unpacks to more than {megabytes(UNPACKED)}. Attach a part of it.")
    return kind


def _check_whole(content: bytes, noun: str, ends: bool) -> None:  # noqa: FBT001 - whether its own end is there
    if not ends:
        raise UnknownKind(f"the {noun} is damaged, cut off, or goes on after its end. Save it anew.")
    if ZIP_END in content[-ZIP_TAIL:]:
        raise UnknownKind(f"the {noun} is a ZIP archive as well. Save it anew as {noun} alone.")
    if MARKUP.search(content[:HEAD]):
        raise UnknownKind(f"the {noun} is a web page as well. Save it anew as {noun} alone.")


def _texts(content: bytes) -> tuple[str, ...]:
    bare = content.removeprefix(b"\xef\xbb\xbf").lstrip()
    if bare.startswith(b"<"):
        raise UnknownKind(f"its content is markup, as a web page or an SVG image is. {ACCEPTED}")
    if bare.startswith(b"#!"):
        raise UnknownKind(f"its content is a script. {ACCEPTED}")
    if NEVER_IN_TEXT.search(content) or not _is_readable(content):
        raise UnknownKind(f"its content is of no kind that is known. {ACCEPTED} Save a text as UTF-8.")
    if not HEADER.match(bare):
        return (Attachment.CSV, Attachment.TEXT)
    return (Attachment.CSV, Attachment.TEXT, Attachment.LETTER)


def check_letter(content: bytes) -> None:
    """Refuse an e-mail without sender, and one that carries what could not be attached by itself.

    :raises UnknownKind: naming the first such thing
    """
    letter = _letter(content)
    if letter["From"] is None:
        raise UnknownKind("the e-mail names no sender. Save it anew from where you read it.")
    if not any(letter[one] for one in ("Date", "To", "Subject")):
        raise UnknownKind(
            "the e-mail has no date, recipient or subject. Save it anew from where you read it."
        )
    _check_within(letter, 0)


def _letter(content: bytes) -> Letter:
    if content.lower().count(b"content-type") > MOST_PARTS or content.count(b"boundary") > MOST_PARTS:
        raise UnknownKind(f"the e-mail has more than {MOST_PARTS} parts. Attach what matters by itself.")
    try:
        return email.message_from_bytes(content)
    except (RecursionError, LookupError, ValueError):
        raise UnknownKind(DAMAGED) from None


def _check_within(letter: Letter, depth: int) -> None:
    """Refuse what a letter carries that could not be attached by itself.

    :param depth: how many letters carry this one as a file
    """
    try:
        for name, carried in _carried(letter):
            if depth == DEEPEST:
                raise UnknownKind("it is an e-mail too deep within others. Attach it by itself.")
            _check_carried(name, carried, depth)
    except (RecursionError, LookupError, ValueError):
        raise UnknownKind(DAMAGED) from None


def _carried(letter: Letter) -> Iterator[tuple[str, bytes]]:
    """Yield the files that a letter carries; what it says itself, plain or as a web page, is none."""
    for part in letter.walk():
        name, kind = part.get_filename(), part.get_content_maintype()
        is_said = name is None and kind == "text" and part.get_content_disposition() != "attachment"
        encoded = kind == "message" and str(part["Content-Transfer-Encoding"]).strip().lower()
        if part.is_multipart() and encoded in ENCODED:
            # Against the standard, and read by mail programs all the same.
            yield name or UNNAMED, ENCODED[encoded](_within(part))
        elif not part.is_multipart() and not is_said:
            content = part.get_payload(decode=True)
            yield name or UNNAMED, content if isinstance(content, bytes) else b""


def _within(part: Letter) -> bytes:
    """Return what a part that is a letter itself holds, as it is written."""
    held = part.get_payload(0)
    return held.as_bytes() if isinstance(held, Letter) else b""


def _check_carried(name: str, content: bytes, depth: int) -> None:
    if formats.content_of(content[: formats.HEAD]) in IMAGES_OF_LETTERS:
        return
    try:
        if Attachment.TEXT in kinds_of(content):
            # Any text may be a letter to a mail program.
            _check_within(_letter(content), depth + 1)
    except UnknownKind as refusal:
        raise UnknownKind(f"the e-mail carries {quoted(name)}, and {refusal}") from None


def _is_readable(content: bytes) -> bool:
    for encoding in ("utf-8", "cp1252"):
        try:
            content.decode(encoding)
        except UnicodeDecodeError:
            continue
        return True
    return False


def _lowered(said: str) -> str:
    return said[0].lower() + said[1:]

"""What an answer gives away: every secret in its body, its headers, and whatever is packed inside."""

import base64
import binascii
import io
import re
import zipfile
from typing import Any

SECRET = re.compile(r"CNRY\d{10}")
PACKED = re.compile(rb"[A-Za-z0-9+/_-]{16,}={0,2}")
WORKBOOK = b"PK\x03\x04"
FORM_MARKS = (
    re.compile(rb'name="csrfmiddlewaretoken" value="[^"]+"'),
    re.compile(rb'X-CSRFToken(?:&#34;|"): (?:&#34;|")[^&"]+'),
)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def secrets_in(answer: Any) -> set[str]:
    """Return the secrets that whoever got the answer may now know."""
    return said_in(
        "\n".join(f"{name}: {value}" for name, value in answer.headers.items()).encode()
    ) | said_in(body(answer))


def said_in(content: bytes) -> set[str]:
    """Return the secrets in some bytes: as they stand, packed in a workbook, or written as base64."""
    if content.startswith(WORKBOOK):
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            content = b"\n".join(book.read(name) for name in book.namelist())
    found = set(SECRET.findall(content.decode("utf-8", "replace")))
    for packed in PACKED.findall(content):
        found |= set(SECRET.findall(_unpacked(packed).decode("latin-1")))
    return found


def plain(answer: Any) -> tuple[int, bytes, tuple[tuple[str, str], ...]]:
    """Return an answer without the marks of its forms, which differ each time: status, body, headers."""
    content = body(answer)
    for mark in FORM_MARKS:
        content = mark.sub(b"", content)
    return answer.status_code, content, tuple(sorted(answer.headers.items()))


def _unpacked(packed: bytes) -> bytes:
    """Return what base64 stands for, from the first letter that starts a group of it."""
    text = packed.rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
    try:
        return base64.b64decode(text[: len(text) // 4 * 4])
    except binascii.Error:
        return b""

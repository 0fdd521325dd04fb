"""XML as it streams by: refused where it declares a document type, or is in an encoding that hides one."""

import re

from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.unpacking import Readable

_DECLARATIONS = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_OVERLAP = len(b"<!DOCTYPE") - 1
_ENCODING = re.compile(rb"""^\s*<\?xml[^>]*?encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
_ALLOWED = frozenset({b"utf-8", b"utf8", b"us-ascii", b"ascii"})
_UTF_8_MARK = b"\xef\xbb\xbf"


class DoctypeWatch:
    """Looks through text piece by piece.

    :raises UnableToRead: from `look`
    """

    def __init__(self, place: str = "The file") -> None:
        self._place = place
        self._before: bytes | None = None

    def look(self, piece: bytes) -> None:
        if self._before is None and piece:
            self._check_encoding(piece)
        joined = (self._before or b"") + piece
        if _DECLARATIONS.search(joined):
            raise UnableToRead(
                f"{self._place} contains a DTD, which is not accepted. Save it anew without one."
            )
        self._before = joined[-_OVERLAP:]

    def _check_encoding(self, start: bytes) -> None:
        start = start.removeprefix(_UTF_8_MARK)
        found = _ENCODING.match(start)
        said = found.group(1).lower() if found else b"utf-8"
        if said not in _ALLOWED or b"\0" in start[:64] or start[:2] in (b"\xff\xfe", b"\xfe\xff"):
            raise UnableToRead(f"{self._place} is XML that is not UTF-8. Save it anew as UTF-8.")


class WatchedXml:
    """XML for a parser that reads it piece by piece, looked through on the way."""

    def __init__(self, content: Readable, place: str = "The file") -> None:
        self._content = content
        self._watch = DoctypeWatch(place)

    def read(self, size: int = 1 << 16, /) -> bytes:
        piece = self._content.read(size if size > 0 else 1 << 16)
        self._watch.look(piece)
        return piece

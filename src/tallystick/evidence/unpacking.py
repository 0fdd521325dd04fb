"""A file as the bytes it stands for: as it is, or unpacked from gzip under a cap."""

import io
import zlib
from typing import BinaryIO, Protocol

from tallystick.evidence.limits import megabytes
from tallystick.evidence.refusals import UnableToRead

PIECE = 1 << 20
DAMAGED_GZIP = (
    "The compressed file is damaged and cannot be unpacked. Pack it with gzip anew and send it again."
)
_GZIP = 16 + zlib.MAX_WBITS


class Readable(Protocol):
    """Anything that gives bytes: as many as asked for or fewer, and none only at the end."""

    def read(self, size: int, /) -> bytes: ...


class Unpacked(io.RawIOBase):
    """The content of a gzip file, refused once it grows beyond the cap.

    Members that follow each other are read as one, as gzip itself does.
    """

    def __init__(self, packed: BinaryIO, most: int) -> None:
        super().__init__()
        self._packed = packed
        self._most = most
        self._given = 0
        self._member = zlib.decompressobj(_GZIP)
        self._waiting = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """Return up to `size` unpacked bytes.

        :raises UnableToRead: if the content is too large, damaged or cut off
        """
        size = size if size > 0 else PIECE
        while True:
            if not self._waiting:
                self._waiting = self._packed.read(PIECE)
                if not self._waiting:
                    return self._end()
            if self._member.eof:
                self._member = zlib.decompressobj(_GZIP)
            piece = self._piece(size)
            if piece:
                return piece

    def _piece(self, size: int) -> bytes:
        try:
            piece = self._member.decompress(self._waiting, size)
        except zlib.error:
            raise UnableToRead(DAMAGED_GZIP) from None
        self._waiting = self._member.unused_data if self._member.eof else self._member.unconsumed_tail
        self._given += len(piece)
        if self._given > self._most:
            raise UnableToRead(
                f"The file unpacks to more than {megabytes(self._most)}, which is the limit. Split it."
            )
        return piece

    def _end(self) -> bytes:
        if not self._member.eof:
            raise UnableToRead("The compressed file ends before its content does. Send it again.")
        return b""


def content(file: BinaryIO, *, packed: bool, most: int) -> Readable:
    """Return the content of a file, unpacked where it is gzip."""
    return Unpacked(file, most) if packed else file

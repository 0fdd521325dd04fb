"""What is checked of a file before any of it is read for its rows: name, size, and what it really is."""

import os
import stat
import zlib
from typing import BinaryIO

from tallystick.evidence.formats import CFBF, HEAD, check_content, content_of, format_of
from tallystick.evidence.limits import Limits, megabytes
from tallystick.evidence.refusals import UnableToRead
from tallystick.evidence.unpacking import DAMAGED_GZIP
from tallystick.evidence.workbook_parts import check_workbook

_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_GZIP = 16 + zlib.MAX_WBITS


def preflight(file: BinaryIO, name: str, limits: Limits) -> str:
    """Return the format of a file that may be read for its rows.

    :raises UnableToRead: if it is not what it says, is too large, or holds what is not accepted
    """
    format_ = format_of(name)
    status = os.fstat(file.fileno())
    if not stat.S_ISREG(status.st_mode):
        raise UnableToRead("This is not a file. Send a file.")
    _check_size(status.st_size, format_, limits)
    file.seek(0)
    head = file.read(HEAD)
    if format_ == "xlsx" and content_of(head) == CFBF:
        _refuse_older_office(file)
    check_content(head, format_)
    if format_.endswith(".gz"):
        check_content(_first_unpacked(head), format_, depth=1)
    if format_ == "xlsx":
        check_workbook(file, limits)
    return format_


def _check_size(size: int, format_: str, limits: Limits) -> None:
    if size == 0:
        raise UnableToRead("The file is empty (0 bytes). Send it again.")
    kind = format_.partition(".")[0]
    most = {"csv": limits.csv_bytes, "xlsx": limits.workbook_bytes, "xes": limits.log_bytes}[kind]
    if size > most:
        raise UnableToRead(f"The file has {megabytes(size)}; the limit is {megabytes(most)}. Split it.")


def _refuse_older_office(file: BinaryIO) -> None:
    """Refuse a compound file: an encrypted workbook hides in one, and so does the older format."""
    file.seek(0)
    if _ENCRYPTED_PACKAGE in file.read(1 << 20) or _ENCRYPTED_PACKAGE in _last(file):
        raise UnableToRead("The workbook is encrypted. Remove the password and send it again.")
    raise UnableToRead("The content is an older Excel file (.xls). Save it as .xlsx or .csv.")


def _last(file: BinaryIO) -> bytes:
    file.seek(-min(1 << 20, file.seek(0, os.SEEK_END)), os.SEEK_END)
    return file.read()


def _first_unpacked(head: bytes) -> bytes:
    """Return the first bytes inside gzip."""
    try:
        return zlib.decompressobj(_GZIP).decompress(head, HEAD)
    except zlib.error:
        raise UnableToRead(DAMAGED_GZIP) from None

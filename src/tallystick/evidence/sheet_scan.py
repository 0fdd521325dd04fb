"""What stands in the sheets of a workbook, told from its XML as it streams by.

This is a second look, independent of the library that reads the values: it counts the rows that hold
anything, and finds cells whose value a spreadsheet has not worked out, which that library shows as empty.
"""

import posixpath
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import lru_cache
from typing import BinaryIO, Literal
from xml.parsers import expat

from tallystick.evidence.refusals import UnableToRead

PIECE = 1 << 18
Fault = Literal["error", "unworked"]
DIGITS = "0123456789"
LONGEST_PLACE = len("XFD1048576")
_TRUE = ("1", "true")


@dataclass(frozen=True)
class SheetPart:
    """A sheet as the workbook lists it; `part` is its place in the archive."""

    name: str
    visible: bool
    part: str


@dataclass
class SheetScan:
    """What one sheet holds. Faults are by row number and column, both counted from 1."""

    rows: int = 0
    hidden_rows: int = 0
    faults: dict[tuple[int, int], Fault] = field(default_factory=dict)


class Scanner:
    """Reads parts of one workbook by streaming them."""

    def __init__(self, file: BinaryIO) -> None:
        self._archive = zipfile.ZipFile(file)

    def sheets(self) -> list[SheetPart]:
        """Return the sheets in the order of the workbook.

        :raises UnableToRead: if the workbook does not say where its sheets are
        """
        found: list[dict[str, str]] = []
        self._stream("xl/workbook.xml", lambda tag, given: found.append(given) if tag == "sheet" else None)
        places: dict[str, str] = {}

        def place(tag: str, given: dict[str, str]) -> None:
            if tag == "Relationship" and given.get("TargetMode") != "External":
                places[given.get("Id", "")] = given.get("Target", "")

        self._stream("xl/_rels/workbook.xml.rels", place)
        return [
            SheetPart(one.get("name", ""), one.get("state", "visible") == "visible", _part(one, places))
            for one in found
        ]

    def scan(self, sheet: SheetPart) -> SheetScan:
        reader = _SheetReader(self._blank_strings())
        self._parse(sheet.part, reader.parser)
        return reader.scan

    def _blank_strings(self) -> frozenset[int]:
        """Return the numbers of the shared strings in which nothing can be seen."""
        if "xl/sharedStrings.xml" not in self._archive.namelist():
            return frozenset()
        reader = _StringsReader()
        self._parse("xl/sharedStrings.xml", reader.parser)
        return frozenset(reader.blank)

    def _stream(self, part: str, start: Callable[[str, dict[str, str]], None]) -> None:
        parser = _parser()
        parser.StartElementHandler = lambda tag, given: start(
            _local(tag), {_local(k): v for k, v in given.items()}
        )
        self._parse(part, parser)

    def _parse(self, part: str, parser: expat.XMLParserType) -> None:
        try:
            with self._archive.open(part) as opened:
                while piece := opened.read(PIECE):
                    parser.Parse(piece, False)
            parser.Parse(b"", True)
        except KeyError:
            raise UnableToRead(f"The workbook lacks its part {part}. Save it anew as .xlsx.") from None
        except (expat.ExpatError, zipfile.BadZipFile):
            raise UnableToRead(f"The workbook's part {part} is damaged. Save it anew as .xlsx.") from None


class _SheetReader:
    """Follows the cells of a sheet."""

    def __init__(self, blank: frozenset[int]) -> None:
        self.scan = SheetScan()
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._blank = blank
        self._row = 0
        self._column = 0
        self._filled = False
        self._hidden = False
        self._type = ""
        self._formula = False
        self._inside = False
        self._value = ""

    def _start(self, tag: str, given: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "c":
            self._column = _column(given.get("r", "")[:LONGEST_PLACE].rstrip(DIGITS)) or self._column + 1
            self._type = given.get("t", "n")
            self._formula, self._inside, self._value = False, False, ""
        elif tag == "row":
            self._row = int(given.get("r", self._row + 1))
            self._column = 0
            self._filled = False
            self._hidden = given.get("hidden", "") in _TRUE
        elif tag == "f":
            self._formula = True
        elif tag in ("v", "t"):
            self._inside = True
        elif tag == "rPh":
            self._type = "phonetic"

    def _end(self, tag: str) -> None:
        tag = _local(tag)
        if tag in ("v", "t"):
            self._inside = False
        elif tag == "c":
            self._judge_cell()
        elif tag == "row" and self._filled:
            self.scan.rows += 1
            self.scan.hidden_rows += self._hidden

    def _text(self, text: str) -> None:
        if self._inside:
            self._value += text

    def _judge_cell(self) -> None:
        seen = self._value.strip()
        if self._type == "e" and seen:
            self.scan.faults[self._row, self._column] = "error"
        elif self._formula and not seen and self._type != "str":
            self.scan.faults[self._row, self._column] = "unworked"
        elif not seen or (self._type == "s" and int(seen) in self._blank):
            return
        self._filled = True


class _StringsReader:
    """Follows the shared strings, of which cells give only the number."""

    def __init__(self) -> None:
        self.blank: list[int] = []
        self.parser = _parser()
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self._number = -1
        self._inside = False
        self._phonetic = False
        self._seen = False

    def _start(self, tag: str, _: dict[str, str]) -> None:
        tag = _local(tag)
        if tag == "si":
            self._number += 1
            self._seen = False
        elif tag == "rPh":
            self._phonetic = True
        self._inside = tag == "t" and not self._phonetic

    def _end(self, tag: str) -> None:
        tag = _local(tag)
        self._inside = False
        if tag == "rPh":
            self._phonetic = False
        elif tag == "si" and not self._seen:
            self.blank.append(self._number)

    def _text(self, text: str) -> None:
        self._seen |= self._inside and bool(text.strip())


def refuse_doctype(*_: object) -> None:
    """Refuse a document type, through which XML reaches for other files or grows without bound."""
    raise UnableToRead("The file contains a DTD, which is not accepted. Save it anew without one.")


def _parser() -> expat.XMLParserType:
    parser = expat.ParserCreate()
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = refuse_doctype
    parser.EntityDeclHandler = refuse_doctype
    return parser


def _part(sheet: dict[str, str], places: dict[str, str]) -> str:
    target = places.get(sheet.get("id", ""), "")
    return target.removeprefix("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")


@lru_cache(maxsize=20_000)
def _column(letters: str) -> int:
    """Return the column of a cell's letters, A being 1; 0 where there are none."""
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column


def _local(tag: str) -> str:
    return tag.rpartition(":")[2] if ":" in tag else tag

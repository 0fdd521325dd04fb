"""YAML as a person wrote it: text, lists and mappings, and the place of each.

A loader that types scalars guesses before the definition is known, and YAML 1.1 guesses `on`, `NO`,
`0123` and `12:30` wrong. Here only the parser's events are used: every scalar stays the text that was
written, a key with nothing after it is None, and the definitions say what is a date or a number.
"""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from yaml import events, reader

from tallystick.rulebook.problems import Problem

MOST_BYTES = 1_000_000
DEEPEST = 20
WIDEST_QUOTE = 60

Path_ = tuple[str | int, ...]
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _Refused(Exception):
    """The text cannot be read on; the problem is already noted."""


class Text:
    """What one file says.

    `value` is made of dict, list, str and None only; `problems` is what was wrong before any definition
    was asked.
    """

    def __init__(self, file: Path, raw: bytes | None = None) -> None:
        self.file = file
        self.value: Any = None
        self.problems: list[Problem] = []
        self._places: dict[Path_, tuple[int, int]] = {(): (1, 1)}
        try:
            self.value = self._read(self._bytes() if raw is None else raw)
        except _Refused:
            self.value = None

    def problem(self, path: Path_, what: str, remedy: str, nearest: str = "") -> Problem:
        """Return a problem at the path, or at the closest place above it that was written."""
        line, column = self.place(path)
        return Problem(self.file, line, column, what, remedy, nearest)

    def place(self, path: Path_) -> tuple[int, int]:
        """Return the line and column of the path, or of the closest place above it that was written."""
        while path not in self._places:
            path = path[:-1]
        return self._places[path]

    def _bytes(self) -> bytes:
        try:
            with self.file.open("rb") as opened:
                return opened.read(MOST_BYTES + 1)
        except OSError as error:
            what = f"the file cannot be read: {error.strerror or error}"
            return bytes(self._refuse(1, 1, what, "Put a file there that may be read."))

    def _read(self, raw: bytes) -> Any:
        if len(raw) > MOST_BYTES:
            self._refuse(1, 1, f"the file is larger than {MOST_BYTES:,} bytes", "Split it.")
        try:
            written = raw.decode("utf-8-sig")
        except UnicodeDecodeError as error:
            self._refuse(
                raw.count(b"\n", 0, error.start) + 1, 1, "the text is not UTF-8", "Save the file as UTF-8."
            )
        try:
            return self._document(yaml.parse(written, Loader=_Loader))
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
            what = str(error.problem or error.context).removeprefix("but ")
            self._refuse(line, column, what, "Write it as YAML 1.2.")
        except reader.ReaderError as error:
            before = written[: written.find(chr(error.character))]
            line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
            what = f"the character U+{error.character:04X} may not stand in a text"
            self._refuse(line, column, what, "Remove it.")
        except yaml.YAMLError as error:
            self._refuse(1, 1, _one_line(str(error)), "Write it as YAML 1.2.")

    def _document(self, stream: Iterator[events.Event]) -> Any:
        next(stream)  # the stream's start
        if isinstance(next(stream), events.StreamEndEvent):
            self._refuse(1, 1, "the file is empty", "Write the definition, or delete the file.")
        value = self._value(next(stream), stream, ())
        if value is None:
            self._refuse(1, 1, "the file states nothing", "Write the definition, or delete the file.")
        next(stream)  # the document's end
        after = next(stream)
        if not isinstance(after, events.StreamEndEvent):
            self._refuse_at(after, "found another document", "Keep one document a file.")
        return value

    def _value(self, event: events.Event, stream: Iterator[events.Event], path: Path_) -> Any:
        self._check_safe(event, path)
        self._places.setdefault(path, _place(event))
        if isinstance(event, events.MappingStartEvent):
            return self._mapping(stream, path)
        if isinstance(event, events.SequenceStartEvent):
            return self._sequence(stream, path)
        if not isinstance(event, events.ScalarEvent):
            return self._refuse_at(event, "this cannot be read", "Write it as YAML 1.2.")
        quoted = event.style in ("'", '"', "|", ">")
        return event.value if event.value or quoted else None

    def _sequence(self, stream: Iterator[events.Event], path: Path_) -> list[Any]:
        items: list[Any] = []
        for event in iter(stream.__next__, None):
            if isinstance(event, events.SequenceEndEvent):
                break
            items.append(self._value(event, stream, (*path, len(items))))
        return items

    def _mapping(self, stream: Iterator[events.Event], path: Path_) -> dict[str, Any]:
        pairs: dict[str, Any] = {}
        for event in iter(stream.__next__, None):
            if isinstance(event, events.MappingEndEvent):
                break
            self._check_safe(event, path)
            key = event.value if isinstance(event, events.ScalarEvent) else ""
            if not key:
                self._refuse_at(event, "the key is not a word", "Use a word as the key.")
            if key in pairs:
                self._refuse_at(
                    event, f"the key {key[:WIDEST_QUOTE]!r} stands here twice", "Keep one of the two."
                )
            self._places[*path, key] = _place(event)
            pairs[key] = self._value(next(stream), stream, (*path, key))
        return pairs

    def _check_safe(self, event: events.Event, path: Path_) -> None:
        """Refuse aliases, which grow without bound, tags, which reach outside, and great depth."""
        if isinstance(event, events.AliasEvent):
            what = f"the alias *{str(event.anchor)[:WIDEST_QUOTE]} stands for text written elsewhere"
            self._refuse_at(event, what, "Write the text out.")
        tag = getattr(event, "tag", None)
        if tag and tag != "!":
            self._refuse_at(event, f"the tag {tag[:WIDEST_QUOTE]} is not read", "Remove it.")
        if isinstance(event, events.CollectionStartEvent) and len(path) >= DEEPEST:
            self._refuse_at(event, f"lists and mappings stand more than {DEEPEST} deep", "Write it flatter.")

    def _refuse_at(self, event: events.Event, what: str, remedy: str) -> Any:
        self._refuse(*_place(event), what, remedy)

    def _refuse(self, line: int, column: int, what: str, remedy: str) -> Any:
        self.problems.append(Problem(self.file, line, column, what, remedy))
        raise _Refused


def _place(event: events.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)


def _one_line(message: str) -> str:
    return " ".join(message.split())[:200] or "this cannot be read"

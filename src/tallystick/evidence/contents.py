"""What a snapshot names: of each stream the submissions and the pair of every day, and the labels.

`HEAD` holds the number of the snapshot in force. `snapshots/N.json` names one list a stream and one file of
words a column; both are named by what they say and never changed.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tallystick.evidence.civil_days import Day
from tallystick.evidence.labels import Labels
from tallystick.evidence.pairs import Pair, Place
from tallystick.evidence.submissions import Submission, fingerprint, read_day, written_day

HEAD = "HEAD"


class UnableToOpenStore(Exception):
    """The folder is not a store that can be read."""


@dataclass(frozen=True)
class Kept:
    """What is kept of one stream: the submissions in the order they were taken in, and the days."""

    submissions: tuple[str, ...] = ()
    fingerprints: tuple[str, ...] = ()
    days: Mapping[Day, Pair] = field(default_factory=dict)

    def as_json(self) -> dict[str, Any]:
        return {
            "submissions": [list(one) for one in zip(self.submissions, self.fingerprints, strict=True)],
            "days": {written_day(day): pair.as_json() for day, pair in self.days.items()},
        }

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Kept":
        return cls(
            tuple(one for one, _ in value["submissions"]),
            tuple(one for _, one in value["submissions"]),
            {read_day(day): Pair.from_json(pair) for day, pair in value["days"].items()},
        )


@dataclass(frozen=True)
class Contents:
    """A snapshot, read as far as it is asked for. Paths are relative to the root."""

    root: Path
    number: int = 0
    lists: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    words: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @classmethod
    def in_force(cls, root: Path) -> "Contents":
        """Read the snapshot that HEAD names; a store that has received nothing has none.

        :raises UnableToOpenStore: if HEAD or its snapshot cannot be read
        """
        head = root / HEAD
        if not head.exists():
            return cls(root)
        try:
            number = int(head.read_text("ascii"))
            said = json.loads((root / snapshot_path(number)).read_text("utf-8"))
        except (OSError, ValueError) as error:
            raise UnableToOpenStore(
                f"{head} names a snapshot that cannot be read. Restore the store from its backup."
            ) from error
        return cls(root, number, said["streams"], said["labels"])

    def as_json(self) -> dict[str, Any]:
        return {"number": self.number, "streams": self.lists, "labels": self.words}

    def streams(self, code: str) -> tuple[str, ...]:
        return tuple(sorted(self.lists.get(code, {})))

    def kept(self, code: str, stream: str) -> Kept:
        name = self.lists.get(code, {}).get(stream)
        return Kept.from_json(_read(self.root / list_path(code, stream, name))) if name else Kept()

    def submissions(self, code: str, stream: str) -> tuple[Submission, ...]:
        """Return the submissions of a stream, in the order they were taken in."""
        return tuple(
            Submission.from_json(_read(self.root / record_path(one)))
            for one in self.kept(code, stream).submissions
        )

    def labels(self, code: str) -> Labels:
        named = self.words.get(code, {})
        return Labels(
            {
                column: tuple(_read(self.root / words_path(code, column, name)))
                for column, name in named.items()
            }
        )

    def files(self, code: str, kept: Kept, stream: str) -> set[Path]:
        """Return the files that a snapshot names for a stream and its code; the stream's list is given."""
        found = {words_path(code, column, name) for column, name in self.words.get(code, {}).items()}
        if stream in self.lists.get(code, {}):
            found.add(list_path(code, stream, self.lists[code][stream]))
        for day, pair in kept.days.items():
            place = Place.within(day_folder(code, stream, day), pair.digest)
            found |= {place.main, place.beside}
        return found

    def following(self, code: str, stream: str, kept: Kept, labels: Labels) -> "Contents":
        """Return the snapshot that comes after this one."""
        words = {column: fingerprint(labels.of(column)) for column in sorted(labels.words)}
        lists = {**self.lists.get(code, {}), stream: fingerprint(kept.as_json())}
        return Contents(self.root, self.number + 1, {**self.lists, code: lists}, {**self.words, code: words})


def parts_of(submissions: Iterable[Submission]) -> set[Path]:
    """Return the files of every submission's own parts."""
    return {
        path
        for one in submissions
        for day, pair in one.parts.items()
        for place in [Place.within(day_folder(one.code, one.stream, day), pair.digest)]
        for path in (place.main, place.beside)
    }


def snapshot_path(number: int) -> Path:
    return Path("snapshots", f"{number}.json")


def list_path(code: str, stream: str, name: str) -> Path:
    return Path("evidence", code, stream, f"{name}.json")


def words_path(code: str, column: str, name: str) -> Path:
    return Path("labels", code, f"{column}-{name}.json")


def record_path(submission: str) -> Path:
    return Path("submissions", f"{submission}.json")


def day_folder(code: str, stream: str, day: Day) -> Path:
    return Path("evidence", code, stream, f"day={written_day(day)}")


def written(value: Any) -> bytes:
    """Return JSON as the store writes it: a line a thing would be long, so keys sorted and two spaces."""
    return (json.dumps(value, sort_keys=True, ensure_ascii=False, indent=1) + "\n").encode()


def _read(path: Path) -> Any:
    try:
        return json.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise UnableToOpenStore(
            f"{path.name} is missing or damaged. Restore the store from its backup."
        ) from error

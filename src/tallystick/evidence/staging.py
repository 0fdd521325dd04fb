"""Files on their way into the store: written and confirmed aside, under the names they will have."""

import threading
from collections.abc import Iterable
from pathlib import Path

import pyarrow as pa

from tallystick.evidence.civil_days import Day
from tallystick.evidence.contents import day_folder
from tallystick.evidence.files import Files
from tallystick.evidence.layout import Layout
from tallystick.evidence.pairs import Packed, Pair, Place, packed


class Staging:
    """`waiting` maps the path a file will have under the root to where it waits now."""

    def __init__(self, files: Files, folder: Path, root: Path) -> None:
        self._files = files
        self._folder = folder
        self._root = root
        self._lock = threading.Lock()
        self.waiting: dict[Path, Path] = {}

    def put(self, path: Path, blocks: Iterable[bytes | memoryview]) -> None:
        """Set a file aside unless the store already has it, under the same name and so with equal content."""
        place = self._new_place(path)
        if place:
            self._files.write(place, blocks)

    def put_part(self, code: str, day: Day, rows: pa.Table, layout: Layout) -> Pair:
        """Set coded rows, already in order, aside as a pair named by its bytes."""
        return self._put(packed(rows, layout), code, day, layout)

    def put_merged(self, code: str, day: Day, digest: str, rows: pa.Table, layout: Layout) -> Pair:
        """Set coded rows, already in order, aside as a pair that is named already."""
        return self._put(packed(rows, layout, digest), code, day, layout)

    def _put(self, pair: Packed, code: str, day: Day, layout: Layout) -> Pair:
        place = Place.within(day_folder(code, layout.stream, day), pair.known.digest)
        self.put(place.main, [memoryview(pair.main)])
        self.put(place.beside, [memoryview(pair.beside)])
        return pair.known

    def place(self, code: str, stream: str, day: Day, digest: str) -> Place:
        """Return where a pair can be read now, whether it waits or stands."""
        final = Place.within(day_folder(code, stream, day), digest)
        return Place(*(self.waiting.get(path, self._root / path) for path in (final.main, final.beside)))

    def _new_place(self, path: Path) -> Path | None:
        with self._lock:
            if path in self.waiting or (self._root / path).exists():
                return None
            place = self._folder / f"{len(self.waiting)}"
            self.waiting[path] = place
            return place

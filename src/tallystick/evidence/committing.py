"""Making a batch of files part of the store, all of it or nothing, whenever the machine may stop.

Every file waits aside, confirmed by the disk. A note says which files are about to appear and which will no
longer be needed; then they are renamed into place, then the snapshot, and last `HEAD`, which alone makes the
batch count. Whoever writes next reads the note: if `HEAD` never changed, what had appeared is removed; if it
did, what is no longer needed is removed, unless somebody is still reading.
"""

import contextlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tallystick.evidence.contents import HEAD, Contents, snapshot_path, written
from tallystick.evidence.files import Files, InUse, locked

NOTE = Path("pending.json")
ASIDE = Path("tmp")
READERS = Path("locks", "readers")
WRITER = Path("locks", "writer")


@dataclass(frozen=True)
class Note:
    """`adds` go unless the snapshot of that number is in force, `drops` once it is, and `later` anyway."""

    number: int
    adds: tuple[str, ...] = ()
    drops: tuple[str, ...] = ()
    later: tuple[str, ...] = ()

    @classmethod
    def read(cls, root: Path) -> "Note | None":
        try:
            said = json.loads((root / NOTE).read_text("utf-8"))
        except FileNotFoundError:
            return None
        return cls(said["number"], tuple(said["adds"]), tuple(said["drops"]), tuple(said["later"]))

    def as_json(self) -> dict[str, object]:
        return {
            "number": self.number,
            "adds": list(self.adds),
            "drops": list(self.drops),
            "later": list(self.later),
        }


@dataclass(frozen=True)
class Batch:
    """Files that wait aside, by the path each will have, and the snapshot that names them.

    `drops` are files that this snapshot no longer needs; `needs` are those it does.
    """

    waiting: dict[Path, Path]
    snapshot: Contents
    drops: set[Path]
    needs: set[Path]


def commit(files: Files, root: Path, batch: Batch) -> None:
    """Put a batch in force. The note must have been settled before."""
    snapshot = snapshot_path(batch.snapshot.number)
    adds = sorted(str(path) for path in (*batch.waiting, snapshot))
    before = Note.read(root)
    later = [path for path in (before.later if before else ()) if Path(path) not in batch.needs]
    note = Note(batch.snapshot.number, tuple(adds), tuple(sorted(map(str, batch.drops))), tuple(later))
    put(files, root, NOTE, written(note.as_json()))
    place(files, root, batch.waiting)
    put(files, root, snapshot, written(batch.snapshot.as_json()))
    put(files, root, Path(HEAD), f"{batch.snapshot.number}\n".encode())


def place(files: Files, root: Path, waiting: dict[Path, Path]) -> None:
    """Rename files into the store and have the disk confirm every name."""
    touched: dict[Path, None] = {}
    for path in waiting:
        _make_folders(files, root, path.parent, touched)
    for path, aside in waiting.items():
        files.rename(aside, root / path)
        touched[path.parent] = None
    for folder in touched:
        files.sync_folder(root / folder)


def settle(files: Files, root: Path) -> None:
    """Finish what an earlier writer began: see the note above."""
    note = Note.read(root)
    if note is None:
        return
    if Contents.in_force(root).number >= note.number:
        unneeded = (*note.later, *note.drops)
    else:
        _remove(files, root, note.adds)
        unneeded = note.later
    with contextlib.ExitStack() as reading:
        try:
            reading.enter_context(locked(root / READERS, wait=False))
        except InUse:
            put(files, root, NOTE, written(Note(note.number, later=unneeded).as_json()))
            return
        _remove(files, root, unneeded)
    files.remove(root / NOTE)
    files.sync_folder(root)


def clear(files: Files, root: Path) -> None:
    """Remove whatever waits aside; only the one who holds the writer's lock may."""
    for path in sorted((root / ASIDE).iterdir()):
        files.remove(path)


def put(files: Files, root: Path, path: Path, data: bytes) -> None:
    """Write a file aside, then put it where it belongs in one step."""
    aside = root / ASIDE / path.name
    files.write(aside, [data])
    place(files, root, {path: aside})


def _make_folders(files: Files, root: Path, folder: Path, touched: dict[Path, None]) -> None:
    """Make the folders of a path that are not there yet; those that got a new name in them are touched."""
    for missing in [one for one in (*reversed(folder.parents), folder) if not (root / one).exists()]:
        files.make_folder(root / missing)
        touched[missing.parent] = None


def _remove(files: Files, root: Path, paths: Iterable[str]) -> None:
    """Remove files, and the folders that are empty without them, and have the disk confirm that."""
    touched: dict[Path, None] = {}
    for path in map(Path, paths):
        files.remove(root / path)
        touched[path.parent] = None
        for folder in path.parents:
            if folder == Path() or not (root / folder).exists() or any((root / folder).iterdir()):
                break
            files.remove_empty_folder(root / folder)
            touched[folder.parent] = None
    for folder in touched:
        if (root / folder).exists():
            files.sync_folder(root / folder)

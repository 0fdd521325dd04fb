"""The store: evidence taken in once, kept as columns, never changed, and asked for as it was known.

The guide page `docs/guide/evidence-store.md` describes the folders for readers of the files.
"""

import contextlib
import datetime as dt
import os
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pyarrow as pa

from tallystick.evidence.civil_days import Day
from tallystick.evidence.committing import (
    ASIDE,
    READERS,
    WRITER,
    Batch,
    clear,
    commit,
    place,
    put,
    settle,
)
from tallystick.evidence.contents import (
    Contents,
    UnableToOpenStore,
    day_folder,
    list_path,
    parts_of,
    words_path,
    written,
)
from tallystick.evidence.files import Files, InUse, lock, locked
from tallystick.evidence.keepsakes import set_aside
from tallystick.evidence.layout import Layout
from tallystick.evidence.ordering import arranged
from tallystick.evidence.pairs import Pair, Place, rows_from
from tallystick.evidence.reading import Reading
from tallystick.evidence.receiving import Intake, Sending, UnableToReceive, take_in
from tallystick.evidence.snapshot import Knowledge, Snapshot
from tallystick.evidence.staging import Staging
from tallystick.evidence.submissions import Origin, Receipt, Submission
from tallystick.rulebook.code import Code
from tallystick.rulebook.streams import Stream

FORMAT = Path("format")
VERSION = "tallystick-store 1"


class Store:
    """One folder of evidence. Many may read it at once; one writes at a time."""

    def __init__(self, root: Path, files: Files) -> None:
        self.root = root
        self._files = files

    @classmethod
    def open(cls, root: Path, *, create: bool = False, files: Files | None = None) -> "Store":
        """Open a store. With `create`, a folder that is not one yet becomes one when something is received.

        :raises UnableToOpenStore: if the folder is no store, or one of another version
        """
        try:
            said = (root / FORMAT).read_text("utf-8").strip()
        except FileNotFoundError:
            said = ""
        except (OSError, ValueError) as error:
            raise UnableToOpenStore(f"{root / FORMAT} cannot be read.") from error
        if said not in ("", VERSION):
            raise UnableToOpenStore(f"{root} says {said[:40]!r}; this version reads {VERSION!r}.")
        if not said and not create:
            raise UnableToOpenStore(f"There is no store in {root}. Receive a file into it first.")
        if not said and _holds_something_else(root):
            raise UnableToOpenStore(f"{root} holds other files. Choose an empty folder for the store.")
        return cls(root, files or Files())

    def receive(
        self, reading: Reading, stream: Stream, code: Code, origin: Origin, *, wait: bool = True
    ) -> Receipt:
        """Take a file in, all of its accepted rows or nothing.

        The same file again, or one whose rows all stand already, changes nothing and gives the first receipt.

        :raises UnableToReceive: if it cannot be taken in; nothing of it was
        """
        sending = Sending(reading, Layout.of(stream), code, origin)
        with _refusing(origin.called), self._writing(wait=wait):
            try:
                return self._received(sending)
            except (OSError, UnableToReceive):
                with contextlib.suppress(OSError):
                    self._tidy()
                raise

    def preview(self, reading: Reading, stream: Stream, code: Code, origin: Origin) -> Receipt:
        """Return the receipt that receiving the file would give; nothing is written to the store.

        :raises UnableToReceive: if it could not be taken in
        """
        sending = Sending(reading, Layout.of(stream), code, origin)
        with _refusing(origin.called), TemporaryDirectory(dir=reading.accepted.parent) as folder:
            readers = self._begin_reading()
            try:
                contents = Contents.in_force(self.root)
                staging = Staging(self._files, Path(folder), self.root)
                return _first(sending, contents) or _receipt(take_in(sending, contents, staging))
            finally:
                _end_reading(readers)

    def snapshot(
        self, code: str, *, known_on: dt.date | None = None, zone: ZoneInfo | dt.timezone = dt.UTC
    ) -> Snapshot:
        """Return what is known of a code, or was known by the end of a civil day in a time zone.

        :raises UnableToOpenStore: if the store is damaged
        """
        known = Knowledge(known_on, zone) if known_on else None
        readers = self._begin_reading()
        try:
            contents = Contents.in_force(self.root)
        except UnableToOpenStore:
            _end_reading(readers)
            raise
        return Snapshot(contents, code, known=known, readers=readers, keep=self._keep_known)

    def _received(self, sending: Sending) -> Receipt:
        self._tidy()
        before = Contents.in_force(self.root)
        first = _first(sending, before)
        if first:
            return first
        staging = Staging(self._files, self.root / ASIDE, self.root)
        intake = take_in(sending, before, staging)
        if not intake.repeats:
            set_aside(sending.reading, sending.origin, intake.submission, staging)
            self._commit(_batch(sending, intake, before, staging), sending.origin.called)
        with contextlib.suppress(OSError):  # the batch counts already, or nothing is left of it but this
            self._tidy()
        return _receipt(intake)

    def _commit(self, batch: Batch, name: str) -> None:
        try:
            commit(self._files, self.root, batch)
        except OSError as error:
            if Contents.in_force(self.root).number < batch.snapshot.number:
                raise
            raise UnableToReceive(
                f"All of {name} was taken in, but the disk did not confirm it: {error.strerror}. "
                "Mend the disk and send the file again, to be sure."
            ) from error

    def _tidy(self) -> None:
        """Remove what was left aside, and finish or undo what an earlier writer began."""
        clear(self._files, self.root)
        settle(self._files, self.root)

    def _keep_known(self, code: str, day: Day, name: str, rows: pa.Table, layout: Layout) -> None:
        """Write a pair of rows as they were once known, for this reader and later ones."""
        try:
            with self._writing():
                self._tidy()
                staging = Staging(self._files, self.root / ASIDE, self.root)
                staging.put_merged(code, day, name, arranged(rows, layout), layout)
                place(self._files, self.root, staging.waiting)
        except OSError as error:
            raise UnableToOpenStore(
                f"What was known earlier has to be written to {self.root} to be read, and that failed: "
                f"{error.strerror}."
            ) from error

    def _begin_reading(self) -> int | None:
        """Hold the readers' lock, shared, and return its handle; a store not made yet has none."""
        path = self.root / READERS
        if not path.exists():
            return None
        handle = os.open(path, os.O_RDONLY)
        lock(handle, shared=True, wait=True)
        return handle

    @contextlib.contextmanager
    def _writing(self, *, wait: bool = True) -> Iterator[None]:
        """Be the one who writes, making the store if it is not there."""
        self._make_locks()
        try:
            with locked(self.root / WRITER, wait=wait):
                if not (self.root / FORMAT).exists():
                    clear(self._files, self.root)
                    put(self._files, self.root, FORMAT, f"{VERSION}\n".encode())
                yield
        except InUse as error:
            raise UnableToReceive(
                f"Another process is writing to {self.root}. Send the file again when it has finished."
            ) from error

    def _make_locks(self) -> None:
        for folder in (self.root / ASIDE, (self.root / WRITER).parent):
            if not folder.exists():
                self._files.make_folder(folder)
        for path in (self.root / WRITER, self.root / READERS):
            if not path.exists():
                self._files.make_lock(path)


def _end_reading(readers: int | None) -> None:
    if readers is not None:
        os.close(readers)


@contextlib.contextmanager
def _refusing(name: str) -> Iterator[None]:
    """Tell of a disk that would not be written to in words."""
    try:
        yield
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise UnableToReceive(
            f"The disk did not take {name}: {why}. Nothing of it was taken in; "
            "make room or mend the disk, and send the file again."
        ) from error


def _first(sending: Sending, contents: Contents) -> Receipt | None:
    """Return the first receipt of a file that has been received before."""
    code, stream = sending.code.key, sending.layout.stream
    kept = contents.kept(code, stream)
    if sending.id not in kept.submissions:
        return None
    first = next(one for one in contents.submissions(code, stream) if one.id == sending.id)
    stands = all(_stands(contents, first, day, kept.days.get(day)) for day in first.parts)
    note = "Later files have changed what stands on its days; the same file again does not change it back."
    return Receipt(first, repeated=True, notes=() if stands else (note,))


def _stands(contents: Contents, first: Submission, day: Day, standing: Pair | None) -> bool:
    """Tell whether every row that a submission brought for a day is among those that stand."""
    part = first.parts[day]
    if standing is None or standing == part:
        return standing is not None
    folder = contents.root / day_folder(first.code, first.stream, day)
    return rows_from(Place.within(folder, standing.digest), first.id) == part.rows


def _receipt(intake: Intake) -> Receipt:
    if intake.repeats:
        return Receipt(intake.repeats, repeated=True, notes=("Every row of the file stood already.",))
    return Receipt(intake.submission)


def _batch(sending: Sending, intake: Intake, before: Contents, staging: Staging) -> Batch:
    """Return everything that has to be put in force, and what is not needed afterwards."""
    code, stream = sending.code.key, sending.layout.stream
    after = before.following(code, stream, intake.kept, intake.labels)
    staging.put(list_path(code, stream, after.lists[code][stream]), [written(intake.kept.as_json())])
    for column, name in after.words[code].items():
        staging.put(words_path(code, column, name), [written(list(intake.labels.of(column)))])
    needs = after.files(code, intake.kept, stream)
    parts = parts_of((*before.submissions(code, stream), intake.submission))
    drops = before.files(code, before.kept(code, stream), stream) - needs - parts
    return Batch(staging.waiting, after, drops, needs)


def _holds_something_else(root: Path) -> bool:
    ours = {str(ASIDE), str(WRITER.parent)}
    return root.exists() and any(path.name not in ours for path in root.iterdir())

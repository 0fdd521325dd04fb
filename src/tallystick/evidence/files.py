"""Every operation that changes a store on disk, one by one, so that a test may stop between any two."""

import contextlib
import fcntl
import os
from collections.abc import Iterable, Iterator
from pathlib import Path


class InUse(Exception):
    """Another process holds the lock."""


class Files:
    """Plain file operations. `step` is called before each of them."""

    def step(self, act: str, path: Path) -> None:
        """Do nothing; a test's own kind of files stops here."""

    def make_folder(self, path: Path) -> None:
        """Make a folder, and those above it, unless somebody has."""
        self.step("make_folder", path)
        path.mkdir(parents=True, exist_ok=True)

    def make_lock(self, path: Path) -> None:
        """Make an empty file to be locked, unless somebody has."""
        self.step("make_lock", path)
        path.touch()

    def write(self, path: Path, blocks: Iterable[bytes | memoryview]) -> None:
        """Write a new file and have the disk confirm it."""
        self.step("write", path)
        with path.open("xb") as file:
            for block in blocks:
                file.write(block)
            file.flush()
            self.step("sync", path)
            os.fsync(file.fileno())

    def rename(self, old: Path, new: Path) -> None:
        self.step("rename", new)
        old.rename(new)

    def sync_folder(self, path: Path) -> None:
        """Have the disk confirm the names in a folder."""
        self.step("sync_folder", path)
        handle = os.open(path, os.O_RDONLY | os.O_DIRECTORY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)

    def remove(self, path: Path) -> None:
        """Remove a file that may have gone already."""
        self.step("remove", path)
        path.unlink(missing_ok=True)

    def remove_empty_folder(self, path: Path) -> None:
        """Remove a folder unless something stands in it."""
        self.step("remove_folder", path)
        with contextlib.suppress(OSError):
            path.rmdir()


@contextlib.contextmanager
def locked(path: Path, *, shared: bool = False, wait: bool = True) -> Iterator[None]:
    """Hold a lock file; the system lets go of it when the process ends, however it ends.

    :raises InUse: if another holds it and we are not to wait
    """
    handle = os.open(path, os.O_RDONLY)
    try:
        lock(handle, shared=shared, wait=wait)
        yield
    finally:
        os.close(handle)


def lock(handle: int, *, shared: bool, wait: bool) -> None:
    """Lock an open file.

    :raises InUse: if another holds it and we are not to wait
    """
    kind = fcntl.LOCK_SH if shared else fcntl.LOCK_EX
    try:
        fcntl.flock(handle, kind if wait else kind | fcntl.LOCK_NB)
    except BlockingIOError as busy:
        raise InUse(str(busy)) from busy

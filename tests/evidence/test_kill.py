"""Whenever the machine stops, a batch is there whole or not at all, and running again finishes it.

`TALLY_KILLS` says how often a process is killed at a random moment: 20, or 200 in `make assurance`.
"""

import contextlib
import errno
import os
import pickle
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

import pytest

from tallystick.evidence.files import Files
from tallystick.evidence.reading import Reading
from tallystick.evidence.receiving import UnableToReceive
from tallystick.evidence.store import Store
from tallystick.evidence.submissions import Origin
from tests.evidence.conftest import CODE, IN_MEMORY, REQUESTS, Archive, files_of, origin, request

KILLS = int(os.environ.get("TALLY_KILLS", "20"))
SECOND_STOPS = int(os.environ.get("TALLY_KILLS", "20"))

# Imports and reckons the time zone once, then makes a fresh process for every batch, so that the kills meet
# the work and not the start.
NURSERY = """\
import os, pickle, sys
from pathlib import Path
from zoneinfo import ZoneInfo
import numpy, pyarrow
from tallystick.evidence.civil_days import civil_days
from tallystick.evidence.store import Store
civil_days(numpy.array([0]), ZoneInfo("Europe/London"))
pyarrow.array([1])
for line in iter(sys.stdin.readline, ""):
    root, batch = line.split()
    child = os.fork()
    if not child:
        try:
            reading, stream, code, origin = pickle.loads(Path(batch).read_bytes())
            Store.open(Path(root)).receive(reading, stream, code, origin)
        finally:
            os._exit(0)
    print(child, flush=True)
    sys.stdin.readline()  # until then a child that has ended keeps its number, so that no other is killed
    os.waitpid(child, 0)
    print("ended", flush=True)
"""


REFUSED = (
    "The disk did not take c: No space left on device. Nothing of it was taken in; "
    "make room or mend the disk, and send the file again."
)
UNCONFIRMED = (
    "All of c was taken in, but the disk did not confirm it: No space left on device. "
    "Mend the disk and send the file again, to be sure."
)


class Stopped(BaseException):
    """The machine stopped here."""


class StoppingFiles(Files):
    """Counts operations and stops before one of them; the file being written is torn in the middle."""

    def __init__(self, stop_before: int = -1, fault: BaseException | None = None) -> None:
        self.count = 0
        self.stop_before = stop_before
        self.fault = fault or Stopped()

    def step(self, act: str, path: Path) -> None:  # noqa: ARG002  only how many matters
        self.count += 1
        if self.stop_before != -1 and self.count > self.stop_before:
            raise self.fault

    def write(self, path: Path, blocks: Iterable[bytes | memoryview]) -> None:
        whole = b"".join(bytes(block) for block in blocks)
        if self.count + 2 == self.stop_before:
            path.write_bytes(whole[: len(whole) // 2])
            raise self.fault
        super().write(path, [whole])


@dataclass
class Scene:
    """A store before a batch, the batch, and the store after it."""

    folder: Path
    before: Path
    after: dict[str, bytes]
    ids: tuple[str, str]
    batch: tuple[Reading, Origin]
    steps: int

    def receive(self, root: Path, files: Files | None = None) -> None:
        reading, told = self.batch
        Store.open(root, files=files).receive(reading, REQUESTS, CODE, told)

    def copy(self) -> Path:
        root = self.folder / "copy"
        shutil.rmtree(root, ignore_errors=True)
        shutil.copytree(self.before, root)
        return root


@pytest.fixture(scope="module")
def scene() -> Iterator[Scene]:
    """Return a batch that brings a new day, replaces a day, and merges one that was merged already."""
    with TemporaryDirectory(dir=IN_MEMORY) as folder:
        yield _scene(Archive(Path(folder)))


def _scene(archive: Archive) -> Scene:
    requests = [
        request(f"R-{n}", "ALFA" if n % 2 else "BRVO", f"2021-07-0{1 + n % 2}T1{n}:00Z") for n in range(8)
    ]
    archive.send(REQUESTS, requests, "a")
    archive.send(REQUESTS, [request("R-20", "CHLY", "2021-07-01T10:00Z")], "b", on="2021-08-03")
    before = archive.folder / "before"
    shutil.copytree(archive.store.root, before)
    ids = archive.store.snapshot("small").id
    new_day = request("R-40", "ALFA", "2021-07-09T10:00Z")
    rows = [{**requests[0], "kind": "gas"}, {**requests[1], "tries": 3}, new_day]
    reading, sent = archive.read(REQUESTS, rows, "c")
    counting = StoppingFiles()
    told = origin(sent, on="2021-08-04")
    Store.open(archive.store.root, files=counting).receive(reading, REQUESTS, CODE, told)
    after = archive.store.snapshot("small").id
    return Scene(
        archive.folder, before, files_of(archive.store.root), (ids, after), (reading, told), counting.count
    )


def snapshot_id(root: Path) -> str:
    return Store.open(root).snapshot("small").id


class TestStopping:
    def test_before_any_operation_leaves_all_or_nothing_and_running_again_finishes(
        self, scene: Scene
    ) -> None:
        found = []
        for stop in range(scene.steps):
            root = scene.copy()
            with pytest.raises(Stopped):
                scene.receive(root, StoppingFiles(stop))
            found.append(snapshot_id(root))
            scene.receive(root)
            assert files_of(root) == scene.after, f"stopped before operation {stop + 1}"

        before, after = scene.ids
        committed = found.index(after)
        assert set(found[:committed]) == {before}
        assert set(found[committed:]) == {after}

    def test_twice_leaves_all_or_nothing_too(self, scene: Scene) -> None:
        chance = random.Random(20211122)  # noqa: S311  nothing is kept secret with it
        for _ in range(SECOND_STOPS):
            root = scene.copy()
            for _ in range(2):
                with contextlib.suppress(Stopped):  # the second run may have less left to do
                    scene.receive(root, StoppingFiles(chance.randrange(scene.steps)))
                assert snapshot_id(root) in scene.ids

            scene.receive(root)
            assert files_of(root) == scene.after

    def test_leaves_nothing_of_a_batch_that_never_comes_back(self, scene: Scene, tmp_path: Path) -> None:
        archive = Archive(tmp_path)
        reading, sent = archive.read(REQUESTS, [request("R-30", "DLTA", "2021-07-09T10:00Z")], "d")
        told = origin(sent, on="2021-08-05")
        plain = scene.copy()
        Store.open(plain).receive(reading, REQUESTS, CODE, told)
        expected = files_of(plain)

        for stop in range(0, scene.steps, 5):
            root = scene.copy()
            with pytest.raises(Stopped):
                scene.receive(root, StoppingFiles(stop))
            if snapshot_id(root) == scene.ids[0]:
                Store.open(root).receive(reading, REQUESTS, CODE, told)
                assert files_of(root) == expected, f"stopped before operation {stop + 1}"


class TestFullDisk:
    def test_is_told_and_leaves_the_old_snapshot(self, scene: Scene) -> None:
        full = OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        found = []
        for stop in range(scene.steps):
            root = scene.copy()
            try:
                scene.receive(root, StoppingFiles(stop, full))
            except UnableToReceive as refusal:
                found.append((snapshot_id(root), str(refusal)))
            else:
                found.append((snapshot_id(root), ""))
            if stop % 9 == 0:
                scene.receive(root)
                assert files_of(root) == scene.after, f"full before operation {stop + 1}"

        before, after = scene.ids
        assert list(dict.fromkeys(found)) == [(before, REFUSED), (after, UNCONFIRMED), (after, "")]


class TestKill:
    @pytest.fixture
    def nursery(self) -> Iterator[subprocess.Popen[str]]:
        command = [sys.executable, "-c", NURSERY]
        found = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
        with subprocess.Popen(  # noqa: S603  the command is ours
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=found
        ) as process:
            yield process
            _pipes(process)[0].close()

    def test_at_random_moments_leaves_all_or_nothing_and_running_again_finishes(
        self, scene: Scene, nursery: subprocess.Popen[str]
    ) -> None:
        seed = random.randrange(2**32)  # noqa: S311  nothing is kept secret with it
        print(f"seed {seed}")  # noqa: T201  shown when the test fails
        chance = random.Random(seed)  # noqa: S311  nor with this
        batch = scene.folder / "batch"
        reading, told = scene.batch
        batch.write_bytes(pickle.dumps((reading, REQUESTS, CODE, told)))
        whole = min(self._run(nursery, scene.copy(), batch, None) for _ in range(3))

        found = []
        for _ in range(KILLS):
            root = scene.copy()
            self._run(nursery, root, batch, chance.uniform(0, 1.2 * whole))
            found.append(snapshot_id(root))
            scene.receive(root)
            assert files_of(root) == scene.after

        assert set(found) <= set(scene.ids)

    def _run(
        self, nursery: subprocess.Popen[str], root: Path, batch: Path, kill_after: float | None
    ) -> float:
        """Receive in a process of its own, kill it after so many seconds, and return how long it lived."""
        asks, answers = _pipes(nursery)
        asks.write(f"{root} {batch}\n")
        asks.flush()
        child = int(answers.readline())
        began = time.perf_counter()
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        asks.write("kept long enough\n")
        asks.flush()
        assert answers.readline() == "ended\n"
        return time.perf_counter() - began


def _pipes(process: subprocess.Popen[str]) -> tuple[IO[str], IO[str]]:
    assert process.stdin is not None
    assert process.stdout is not None
    return process.stdin, process.stdout

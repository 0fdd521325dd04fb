"""A power cut loses what the disk had not confirmed, in any mixture; a batch is whole all the same.

The operations of one receipt are noted. Every beginning of them is then played again, with each mixture that
the file system allows of the names not yet confirmed: all lost, all kept, one alone kept, one alone lost.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from tallystick.evidence.files import Files
from tallystick.evidence.store import Store
from tests.evidence.conftest import CODE, IN_MEMORY, REQUESTS, Archive, files_of, origin, request

Disk = dict[str, bytes]


@dataclass(frozen=True)
class Step:
    """One change of a name: `folder`, `rename` to a content, or `remove`; or `sync` of a folder's names."""

    act: str
    path: Path
    content: bytes = b""


class NotingFiles(Files):
    """Does everything, and notes what it did to names."""

    def __init__(self) -> None:
        self.steps: list[Step] = []

    def make_folder(self, path: Path) -> None:
        super().make_folder(path)
        self.steps.append(Step("folder", path))

    def rename(self, old: Path, new: Path) -> None:
        self.steps.append(Step("rename", new, old.read_bytes()))
        super().rename(old, new)

    def remove(self, path: Path) -> None:
        super().remove(path)
        self.steps.append(Step("remove", path))

    def sync_folder(self, path: Path) -> None:
        super().sync_folder(path)
        self.steps.append(Step("sync", path))


def left_after(before: Disk, steps: list[Step], root: Path) -> Iterator[Disk]:
    """Return the disks that a cut after these steps may leave."""
    confirmed = {n for n, step in enumerate(steps) if Step("sync", step.path.parent) in steps[n:]}
    changes = {n for n, step in enumerate(steps) if step.act != "sync"}
    open_ = sorted(changes - confirmed)
    kept: list[set[int]] = [set(), set(open_)]
    kept += [{n} for n in open_] + [set(open_) - {n} for n in open_]
    for some in kept:
        yield played(before, steps, (changes & confirmed) | some, root)


def played(before: Disk, steps: list[Step], happened: set[int], root: Path) -> Disk:
    disk = dict(before)
    lost: list[str] = []
    for n, step in enumerate(steps):
        name = str(step.path.relative_to(root))
        if step.act == "folder" and n not in happened:
            lost.append(f"{name}/")
        elif step.act == "rename" and n in happened and not name.startswith(tuple(lost)):
            disk[name] = step.content
        elif step.act == "remove" and n in happened:
            disk.pop(name, None)
    return disk


def lay(disk: Disk, root: Path) -> Path:
    (root / "tmp").mkdir(parents=True)
    for name, content in disk.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(content)
    return root


def distinct(disks: Iterable[Disk]) -> list[Disk]:
    return list({tuple(sorted(disk.items())): disk for disk in disks}.values())


class TestPowerLoss:
    def test_leaves_all_of_a_batch_or_nothing_and_running_again_finishes(self) -> None:
        with TemporaryDirectory(dir=IN_MEMORY) as folder:
            archive = Archive(Path(folder))
            rows = [request(f"R-{n}", "ALFA" if n % 2 else "BRVO", f"2021-07-01T1{n}:00Z") for n in range(4)]
            archive.send(REQUESTS, rows, "a")
            archive.send(REQUESTS, [request("R-9", "CHLY", "2021-07-01T10:00Z")], "b", on="2021-08-03")
            before, root = archive.files(), archive.store.root
            ids = [archive.store.snapshot("small").id]
            new_day = request("R-40", "ALFA", "2021-07-09T10:00Z")
            reading, sent = archive.read(REQUESTS, [{**rows[0], "kind": "gas"}, new_day], "c")
            noting, told = NotingFiles(), origin(sent, on="2021-08-04")
            Store.open(root, files=noting).receive(reading, REQUESTS, CODE, told)
            ids.append(archive.store.snapshot("small").id)
            steps = noting.steps

            cuts = [left_after(before, steps[:n], root) for n in range(len(steps) + 1)]
            disks = distinct(disk for cut in cuts for disk in cut)
            found = []
            for n, disk in enumerate(disks):
                store = Store.open(lay(disk, Path(folder, f"disk-{n}")))
                found.append(store.snapshot("small").id)
                store.receive(reading, REQUESTS, CODE, told)
                assert files_of(store.root) == archive.files()

            assert set(found) == set(ids)
            assert len(disks) > len(steps)

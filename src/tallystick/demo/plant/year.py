"""A made-up year of the SEC: its files, the order they are received in, and the truth."""

import json
import shutil
from dataclasses import dataclass
from pathlib import Path

from tallystick.demo.plant.book import Book
from tallystick.demo.plant.carriers import plant_carriers
from tallystick.demo.plant.cast import CATEGORIES
from tallystick.demo.plant.devices import plant_devices
from tallystick.demo.plant.hubs import plant_hubs
from tallystick.demo.plant.incidents import plant_incidents
from tallystick.demo.plant.outages import plant_outages, plant_rdp
from tallystick.demo.plant.papers import plant_papers
from tallystick.demo.plant.plan import Plan
from tallystick.demo.plant.post import Post
from tallystick.demo.plant.requests import plant_requests
from tallystick.demo.plant.scales import EARLIER, FOCUS, KNOWN_ON, MONTHS, SCALES
from tallystick.demo.truth import TRUTH, Truth, TruthFile, TruthRoll, write_truth

CODE = "sec"
EARLIER_TRUTH = f"truth-{EARLIER}.json"
MANIFEST = "manifest.json"
PARTIES = "parties.json"
EVIDENCE = "evidence"
STORE = "store"  # what an earlier year was taken into
OURS = {TRUTH, EARLIER_TRUTH, MANIFEST, PARTIES, EVIDENCE, STORE}
MANIFEST_FORMAT = "tallystick-demo 1"


class UnableToPlant(Exception):
    """The folder holds something else, or the scale is not known."""


@dataclass(frozen=True)
class Planted:
    """A planted year: its folder, the truth, and the truth as known before files were restated."""

    folder: Path
    truth: Truth
    earlier: Truth

    @property
    def files(self) -> int:
        """How many files there are."""
        return len(self.truth.files)

    @property
    def rows(self) -> int:
        """How many rows the files hold."""
        return sum(file.rows for file in self.truth.files)

    @property
    def lines(self) -> int:
        """How many exception lines they must lead to."""
        return len(self.truth.lines)


def plant(folder: Path, *, scale: str = "small", seed: int = 1) -> Planted:
    """Write the files of a year, their manifest and the truth under the folder.

    The same scale and seed give the same bytes.

    :raises UnableToPlant: if the scale is not known, or the folder holds anything but an earlier demo
    """
    if scale not in SCALES:
        raise UnableToPlant(f"{scale[:20]!r} is not a scale. Use {' or '.join(SCALES)}.")
    _clear(folder)
    (folder / EVIDENCE).mkdir(parents=True)
    book, early = Book(KNOWN_ON, MONTHS), Book(EARLIER, (FOCUS,), rolls_up=False)
    plan = Plan(seed, SCALES[scale], book, early, Post(folder / EVIDENCE, SCALES[scale]))
    rolls = _plant_everything(plan)
    files = plan.post.numbered()
    truth = _truth(plan, book, rolls, files)
    earlier = _truth(plan, early, (), ())
    _write(folder, truth, earlier)
    return Planted(folder, truth, earlier)


def _clear(folder: Path) -> None:
    """Empty a folder that an earlier demo filled; refuse one that holds anything else."""
    if not folder.exists():
        return
    if not folder.is_dir():
        raise UnableToPlant(f"{folder.name} is not a folder.")
    there = {path.name for path in folder.iterdir()}
    strangers = sorted(there - OURS) if TRUTH in there else sorted(there)
    if strangers:
        raise UnableToPlant(f"{folder.name} holds {strangers[0]!r}. Choose a folder that is new or empty.")
    for name in (EVIDENCE, STORE):
        if (folder / name).exists():
            shutil.rmtree(folder / name)


def _plant_everything(plan: Plan) -> tuple[TruthRoll, ...]:
    requests = plant_requests(plan)
    plant_carriers(plan)
    plant_incidents(plan)
    plant_outages(plan)
    rolls = plant_rdp(plan)
    installs, hubs = plant_hubs(plan)
    plant_devices(plan, installs, hubs)
    plant_papers(plan, requests)
    return rolls


def _truth(plan: Plan, book: Book, rolls: tuple[TruthRoll, ...], files: tuple[TruthFile, ...]) -> Truth:
    return Truth(
        code=CODE,
        scale=plan.scale.name,
        seed=plan.seed,
        known_on=book.known_on.isoformat(),
        periods=book.periods,
        measures=book.measures(),
        lines=book.lines(),
        findings=book.findings(),
        figures=book.figures(),
        rolls=rolls,
        files=files,
        planted=tuple(sorted(book.planted)),
    )


def _write(folder: Path, truth: Truth, earlier: Truth) -> None:
    submissions = [
        {name: getattr(file, name) for name in ("file", "stream", "party", "period", "received_at")}
        for file in truth.files
    ]
    manifest = {
        "format": MANIFEST_FORMAT,
        "code": truth.code,
        "scale": truth.scale,
        "seed": truth.seed,
        "submissions": submissions,
    }
    for name, content in ((MANIFEST, manifest), (PARTIES, CATEGORIES)):
        text = json.dumps(content, indent=1, ensure_ascii=False)
        (folder / name).write_text(f"{text}\n", encoding="utf-8")
    write_truth(truth, folder / TRUTH)
    write_truth(earlier, folder / EARLIER_TRUTH)

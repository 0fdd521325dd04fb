"""What is kept and will not be looked up again is removed: sums by changed rules, or of evidence that went.

A sum by evidence file is in use while that file lies in the store and the rule, as the rulebook states it
now, would find it. One that looks across days rests on all of its streams at once; such a sum, or one that
rests on exceptions as they once were, goes when it was not used for a month. What is removed in error is
computed again, so that this may be stopped, or run beside any reader, at any moment.
"""

import contextlib
import os
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any

from tallystick.evidence.contents import day_folder
from tallystick.evidence.snapshot import KNOWN
from tallystick.measures import duties, partials
from tallystick.measures.duty_files import Cupboard
from tallystick.measures.evaluate import exceptions_of, reading
from tallystick.measures.known import Known
from tallystick.rulebook.measures import FollowsWithin

SECONDS_A_DAY = 86_400
UNUSED_DAYS = 31
IDS = ".ids"


def sweep(known: Known, now: float) -> int:
    """Remove what is out of use; return how many files.

    :param known: what is known now; its rulebook says which rules are in use
    :param now: seconds since 1970
    """
    folder = known.partials
    if folder is None or not folder.is_dir():
        return 0
    swept = 0
    for place in sorted(folder.iterdir()):
        measure = known.rulebook.measures.get(place.name)
        used = in_use(known, measure) if measure else frozenset()
        swept += _swept(place, used, now - UNUSED_DAYS * SECONDS_A_DAY)
    return swept


def in_use(known: Known, measure: Any) -> Collection[str]:
    """Return the keys under which sums of the measure may be looked up for evidence files in the store."""
    rule = partials.rule(measure, known.rulebook, exceptions_of(known, measure))
    found = set()
    for inputs in _inputs(known, measure):
        found.add(partials.key(rule, inputs))
        found.add(partials.key(rule, {**inputs, **partials.SETTLED}))
    return found


def _inputs(known: Known, measure: Any) -> Iterator[Mapping[str, str]]:
    """Yield what sums of the measure rest on besides its rule, for each evidence file that the store has."""
    if isinstance(measure, FollowsWithin):
        kept = duties.folder(known)
        for state in Cupboard((kept or Path()) / measure.key).every_state():
            yield from ({"file": one.evidence, "duties": one.name} for one in state.triggers.values())
    elif reading(measure):
        stream = (known.snapshot.root / day_folder(known.snapshot.code, measure.stream, None)).parent
        for file in stream.glob("day=*/*.parquet"):
            if not file.stem.endswith(IDS):
                yield {"file": file.stem.removeprefix(KNOWN)}


def _swept(place: Path, used: Collection[str], before: float) -> int:
    """Remove the files of one measure that are not in use and older; and the folder, if nothing is left."""
    removed = 0
    with contextlib.suppress(OSError):
        for file in list(os.scandir(place)):
            if file.name.partition("_")[0] in used:
                continue
            if file.stat().st_mtime < before:
                Path(file.path).unlink(missing_ok=True)
                removed += 1
        place.rmdir()  # refused where anything is left
    return removed

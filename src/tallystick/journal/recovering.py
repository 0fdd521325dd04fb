"""Going on after a loss: what is lost is named in the log itself, for good."""

import datetime as dt
from pathlib import Path
from typing import NamedTuple

from django.db import transaction

from tallystick.journal import kept, queries, standing
from tallystick.journal.chain import facts_in
from tallystick.journal.merkle import Frontier, Place, leaf_hash
from tallystick.journal.models import Entry, Node
from tallystick.journal.notes import UnableToReadNote, read
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

AT_ONCE = 500
ACT = "journal.recover"
LOG = Subject("", "journal", "log", "white")


class UnableToRecover(Exception):
    """Nothing is lost, or the database itself is damaged: a backup has to be restored first."""


class Lost(NamedTuple):
    """What a checkpoint stated that the log does not hold."""

    size: int
    root: str
    why: str


def recover(*, home: Path, by: Actor, at: dt.datetime) -> Entry:
    """Accept that the log is not what was signed, write down what is lost, and lay the checkpoints aside.

    Nodes that are missing are made anew from the leaves. What is damaged otherwise is not mended. Checkpoints
    are laid aside only once the entry stands: whatever stops it before leaves the site as it was, read-only.

    :raises UnableToRecover: if nothing is lost, or the database does not hold together
    """
    if not standing.problem(home):
        raise UnableToRecover("The journal holds all that was signed. Nothing was done.")
    with transaction.atomic():
        entry, lost = _written(home, by, at)
    for one in lost:
        kept.give_up(home, one.size)
    return entry


def _written(home: Path, by: Actor, at: dt.datetime) -> tuple[Entry, list[Lost]]:
    """Write the entry that names what is lost."""
    edge = _mended()
    lost = [
        Lost(size, _root_of(home, size), why)
        for size in kept.sizes(home)
        if (why := standing.problem_with(home, size))
    ]
    first, until = _range(home, edge.size, [one.size for one in lost])
    said = "put back nodes that were missing"
    if lost:
        said = f"accepted that entries {first:,} to {until - 1:,} are not what was signed"
    entry = record(
        act=ACT,
        subject=LOG,
        by=by,
        at=at,
        said=said,
        facts={
            "size": edge.size,
            "lost_from": first,
            "lost_until": until,
            "checkpoints": [one._asdict() for one in lost],
        },
    )
    return entry, lost


def given_up() -> set[tuple[int, str]]:
    """Return the size and root of each checkpoint that the log itself says it does not hold any more."""
    rows = Entry.objects.filter(act=ACT, payload__isnull=False).values_list("payload__text", flat=True)
    told = [facts_in(text).get("checkpoints") for text in rows]
    lost = [one for each in told if isinstance(each, list) for one in each if isinstance(one, dict)]
    return {(one["size"], one["root"]) for one in lost if {"size", "root"} <= one.keys()}


def _range(home: Path, here: int, lost: list[int]) -> tuple[int, int]:
    """Return the numbers from the first that may be lost until the end of what was signed."""
    agreed = [size for size in kept.sizes(home) if size not in lost]
    if all(size > here for size in lost):
        return here, max(lost, default=here)
    return max((size for size in agreed if size < min(lost)), default=0), max(lost)


def _mended() -> Frontier:
    """Put missing nodes back, and return the edge of the tree over all leaves."""
    edge, batch = Frontier(), dict[Place, bytes]()
    for seq, leaf in Entry.objects.order_by("seq").values_list("seq", "leaf").iterator(AT_ONCE):
        if seq != edge.size:
            raise UnableToRecover(f"Entry {edge.size:,} is missing. Restore a backup first.")
        batch |= edge.append(leaf_hash(bytes(leaf)))
        if len(batch) >= AT_ONCE:
            _put_back(batch)
            batch = {}
    _put_back(batch)
    if queries.head() != (edge.size, edge.root.hex()):
        raise UnableToRecover("The head is not that of the entries. Restore a backup first.")
    return edge


def _put_back(computed: dict[Place, bytes]) -> None:
    there = queries.nodes_at(computed)
    for place, digest in computed.items():
        if place not in there:
            Node.objects.create(level=place.level, number=place.number, hash=digest)
        elif there[place] != digest:
            raise UnableToRecover(
                f"Entry {place.number << place.level:,} is not what was written. Restore a backup first."
            )


def _root_of(home: Path, size: int) -> str:
    """Return the root that a checkpoint states, empty where it is none."""
    try:
        return read(kept.text_of(home, size)).checkpoint.root.hex()
    except UnableToReadNote:
        return ""

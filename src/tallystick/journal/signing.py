"""Signing of checkpoints: only what was hashed anew from the leaves, and extends what was signed before."""

import datetime as dt
import logging
from pathlib import Path

from django.db import IntegrityError, transaction

from tallystick.journal import kept, keys, queries, recovering
from tallystick.journal.merkle import Frontier, Place, leaf_hash
from tallystick.journal.models import Checkpoint, Entry
from tallystick.journal.notes import Checkpoint as Stated
from tallystick.journal.notes import Note, SigningKey, UnableToReadNote, UnableToTrustNote, read
from tallystick.journal.operations import record
from tallystick.journal.subjects import Actor, Subject

AT_ONCE = 500
KEY = Subject("", "journal", "key", "white")

log = logging.getLogger(__name__)


class UnableToSign(Exception):
    """The log is not what it was when it was last signed, or does not hold together."""


class _Hashed:
    """The tree made anew from the leaves, compared with the nodes kept and with what was signed before."""

    def __init__(self, start: int, signed: dict[int, bytes]) -> None:
        self.edge = queries.frontier(start)
        self._signed = signed
        self._batch = dict[Place, bytes]()
        self._agreed = start
        if start in signed and self.edge.root != signed[start]:
            raise UnableToSign(f"The nodes over {start:,} entries are not those that were signed.")

    def until(self, size: int) -> Frontier:
        """Hash the leaves up to a size.

        :raises UnableToSign: at the first number that is not as it was
        """
        rows = Entry.objects.filter(seq__gte=self.edge.size, seq__lt=size).order_by("seq")
        for seq, leaf in rows.values_list("seq", "leaf").iterator(AT_ONCE):
            if seq != self.edge.size:
                raise UnableToSign(f"Entry {self.edge.size:,} is missing.")
            self._batch |= self.edge.append(leaf_hash(bytes(leaf)))
            if len(self._batch) >= AT_ONCE:
                self._compare_nodes()
            if self.edge.size in self._signed:
                self._compare_root()
        self._compare_nodes()
        if self.edge.size != size:
            raise UnableToSign(f"Entry {self.edge.size:,} is missing.")
        return self.edge

    def _compare_nodes(self) -> None:
        there = queries.nodes_at(self._batch)
        for place, digest in self._batch.items():
            if there.get(place) != digest:
                raise UnableToSign(f"Entry {place.number << place.level:,} is not what was written.")
        self._batch = {}

    def _compare_root(self) -> None:
        size = self.edge.size
        if self.edge.root != self._signed[size]:
            raise UnableToSign(
                f"An entry from {self._agreed:,} to {size - 1:,} is not what was signed with {size:,}."
            )
        self._agreed = size


def sign_checkpoint(home: Path, at: dt.datetime, *, whole: bool = True) -> Checkpoint:
    """Sign the log as it stands, and keep the checkpoint in the database and outside of it.

    :param whole: hash every leaf anew; otherwise those since the checkpoint before
    :raises UnableToSign: if the log is empty, or not what it was; the first number that shows it is named
    :raises UnableToUseKey: if there is no key, or others may read it
    """
    signing = keys.signing(home)
    size, root = queries.head()
    if not size:
        raise UnableToSign("The log is empty.")
    signed = signed_before(home, signing[0].name)
    last = max(signed, default=0)
    if last > size:
        raise UnableToSign(f"The journal is shorter than the last signed checkpoint: {size:,} < {last:,}.")
    edge = _Hashed(0 if whole else last, signed).until(size)
    if edge.root.hex() != root:
        raise UnableToSign("The root of the head is not that of the entries.")
    _put_back(home, at)
    found = Checkpoint.objects.filter(size=size).first()
    if found is not None and bytes(found.root) != edge.root:
        raise UnableToSign(f"Another log of {size:,} entries was signed, and given up. Sign the next.")
    return found or _signed(home, signing, Stated(signing[0].name, size, edge.root), at)


def signed_before(home: Path, origin: str) -> dict[int, bytes]:
    """Return the root of each size that was signed, by what is kept in the database and outside.

    :raises UnableToSign: if a file is no checkpoint of this log that one of its keys has signed
    """
    lost = recovering.given_up()
    rows = {row.size: bytes(row.root) for row in Checkpoint.objects.all()}
    found = {size: root for size, root in rows.items() if (size, root.hex()) not in lost}
    known = keys.stated(home)
    for size in kept.sizes(home):
        try:
            stated = read(kept.text_of(home, size)).trusted(known)
        except (UnableToReadNote, UnableToTrustNote) as odd:
            raise UnableToSign(f"The checkpoint of {size:,} entries in its file: {odd}") from None
        if (stated.origin, stated.size) != (origin, size) or found.get(size, stated.root) != stated.root:
            raise UnableToSign(f"The file of {size:,} entries is not the checkpoint that was signed.")
        found[size] = stated.root
    return found


def checkpoint_if_due(home: Path, at: dt.datetime, *, whole: bool = False) -> Checkpoint | None:
    """Sign the log if it can be signed and has grown; what hinders it is said in the program's own log."""
    if not keys.exists(home):
        return None
    last = Checkpoint.objects.order_by("-size").values_list("size", flat=True).first()
    if not whole and last == queries.head().size:
        return None
    try:
        return sign_checkpoint(home, at, whole=whole)
    except (UnableToSign, keys.UnableToUseKey) as refusal:
        log.error("No checkpoint was signed: %s", refusal)  # noqa: TRY400 - the sentence says it all
        return None


@transaction.atomic
def rotate_key(*, home: Path, by: Actor, at: dt.datetime) -> SigningKey:
    """Change the key of the log. The next checkpoint is signed by the old and the new one.

    :raises UnableToUseKey: if there is no key, or others may read it
    """
    before = keys.signing(home)
    new = SigningKey.new(before[0].name)
    record(
        act="journal.rotate_key",
        subject=KEY,
        by=by,
        at=at,
        said="changed the key that checkpoints are signed with",
        facts={"old": before[0].public.written, "new": new.public.written},
    )
    # Last: a file that could not be written takes the entry back.
    keys.keep(home, [new, *before])
    return new


def _put_back(home: Path, at: dt.datetime) -> None:
    """Put into the database what only files hold: it was left in between, or tampered with."""
    there = set(Checkpoint.objects.values_list("size", flat=True))
    for size in kept.sizes(home):
        if size not in there:
            note = read(kept.text_of(home, size))
            own = tuple(one for one in note.signatures if one.name == note.checkpoint.origin)
            text = Note(note.checkpoint, own).text
            Checkpoint.objects.create(size=size, root=note.checkpoint.root, text=text, signed_at=at)
            log.error("The checkpoint of %s entries was not in the database. It is again.", f"{size:,}")


def _signed(home: Path, signing: list[SigningKey], stated: Stated, at: dt.datetime) -> Checkpoint:
    note = Note(stated, tuple(key.signature(stated.signed) for key in signing))
    try:
        with transaction.atomic():
            row = Checkpoint.objects.create(size=stated.size, root=stated.root, text=note.text, signed_at=at)
            # Last: a file that could not be written takes the row back.
            kept.keep(home, stated.size, note.text)
    except IntegrityError:
        return Checkpoint.objects.get(size=stated.size)  # another process was quicker
    if len(signing) > 1:
        keys.keep(home, signing[:1])
    return row

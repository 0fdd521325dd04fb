"""The log: entries, the nodes of the tree over them, what each entry said, and readings.

An entry is a leaf of the tree and holds no content: handles, a class, and a salted commitment. What was said
stands in a payload of its own, with the salt: should a court order it away, the root does not change. Nothing
here is ever changed; the database refuses it as well (migration `0002_append_only`).
"""

from collections.abc import Iterable
from typing import Any, NoReturn, TypeVar

from django.db import models
from django.db.models import Q

from tallystick.journal.governed import HANDLE, Governed

ACT, CODE, KIND, CLASS, CAPACITY = 80, 40, 40, 5, 400
SUBJECT = 40  # a handle, or what a thing is called by nature, such as a day
THE_LOG = 1

Row = TypeVar("Row", bound=models.Model)


class UnableToChangeTheJournal(Exception):
    """An entry, or what belongs to one, was to be changed or removed."""


class AppendOnlyQuerySet(models.QuerySet[Row]):
    """Finds rows, and refuses to change or remove any."""

    def update(self, **_: Any) -> NoReturn:
        raise UnableToChangeTheJournal(f"{self.model.__name__} rows are never changed.")

    def delete(self) -> NoReturn:
        raise UnableToChangeTheJournal(f"{self.model.__name__} rows are never removed.")

    def bulk_update(self, objs: Iterable[Row], *args: Any, **kwargs: Any) -> NoReturn:  # noqa: ARG002
        raise UnableToChangeTheJournal(f"{self.model.__name__} rows are never changed.")


class AppendOnly(models.Model):
    """A row that is written once."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, **options: Any) -> None:
        if not self._state.adding:
            raise UnableToChangeTheJournal(f"{type(self).__name__} rows are never changed.")
        super().save(**{**options, "force_insert": True})

    def delete(self, *_: Any, **__: Any) -> NoReturn:
        raise UnableToChangeTheJournal(f"{type(self).__name__} rows are never removed.")


class Log(models.Model):
    """The head of the log: one row, whose lock puts those who append in a line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=THE_LOG)
    size = models.PositiveBigIntegerField(default=0)
    root = models.BinaryField(max_length=32)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=THE_LOG), name="there_is_one_log")]

    def __str__(self) -> str:
        return f"{self.size} entries"


class Entry(AppendOnly):
    """One act. `seq` is its index in the tree, from 0 without gaps; `leaf` the bytes that are hashed.

    The other columns repeat what the leaf says, so that entries can be found by it.
    """

    seq = models.PositiveBigIntegerField(primary_key=True)
    act = models.CharField(max_length=ACT)
    at = models.DateTimeField()
    actor = models.CharField(max_length=HANDLE, blank=True)
    code = models.CharField(max_length=CODE, blank=True)
    kind = models.CharField(max_length=KIND)
    handle = models.CharField(max_length=SUBJECT)
    classification = models.CharField(max_length=CLASS)
    leaf = models.BinaryField()

    class Meta:
        indexes = [models.Index(fields=["code", "kind", "handle", "seq"], name="entries_of_a_record")]

    def __str__(self) -> str:
        return f"{self.seq} {self.act}"


class Payload(AppendOnly):
    """What an entry said, in its one spelling, and the salt of the commitment to it."""

    entry = models.OneToOneField(Entry, models.PROTECT, primary_key=True, related_name="payload")
    salt = models.BinaryField(max_length=32)
    text = models.TextField()

    def __str__(self) -> str:
        return f"payload of {self.pk}"


class Node(AppendOnly):
    """The hash of a complete subtree, by level and number."""

    level = models.PositiveSmallIntegerField()
    number = models.PositiveBigIntegerField()
    hash = models.BinaryField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["level", "number"], name="one_hash_a_place")]

    def __str__(self) -> str:
        return f"node {self.number} of level {self.level}"


class Reading(AppendOnly):
    """That somebody read something Amber or Red. `day` is the day, in UTC, whose digest covers it."""

    day = models.DateField(db_index=True)
    at = models.DateTimeField()
    actor = models.CharField(max_length=HANDLE, blank=True)
    capacity = models.CharField(max_length=CAPACITY)
    code = models.CharField(max_length=CODE, blank=True)
    kind = models.CharField(max_length=KIND)
    handle = models.CharField(max_length=SUBJECT)
    classification = models.CharField(max_length=CLASS)
    address = models.CharField(max_length=500)

    class Meta:
        indexes = [models.Index(fields=["code", "kind", "handle"], name="readings_of_a_record")]

    def __str__(self) -> str:
        return f"{self.kind} {self.handle} read at {self.at}"


class ClosedDay(AppendOnly):
    """A day whose readings are closed: how many there were, and the root of the tree over them."""

    day = models.DateField(primary_key=True)
    entry = models.OneToOneField(Entry, models.PROTECT, related_name="closed_day")
    readings = models.PositiveIntegerField()
    root = models.BinaryField(max_length=32)

    def __str__(self) -> str:
        return f"readings of {self.day}"


class Checkpoint(AppendOnly):
    """A size and a root that were signed, and the note, which lies outside the database as well."""

    size = models.PositiveBigIntegerField(primary_key=True)
    root = models.BinaryField(max_length=32)
    text = models.TextField()
    signed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"checkpoint of {self.size}"


class Cosignature(AppendOnly):
    """The line by which a witness says that it saw a checkpoint, which extends what it had seen before."""

    checkpoint = models.ForeignKey(Checkpoint, models.PROTECT, related_name="cosignatures")
    key = models.CharField(max_length=200)
    line = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["checkpoint", "key"], name="one_cosignature_a_witness")
        ]

    def __str__(self) -> str:
        return f"{self.checkpoint_id} by {self.key}"


class Redaction(Governed):
    """That the words of an entry are to be removed for good: one person asks, another orders it.

    `order` is the entry that says so; the database lets a payload go only where it stands.
    """

    ASKED, DONE, REFUSED = "asked", "done", "refused"
    STATES = [(ASKED, "Asked for"), (DONE, "Removed"), (REFUSED, "Refused")]
    REASONS = [
        ("personal_data", "Personal data that must not be kept"),
        ("court_order", "Order of a court or an authority"),
        ("wrong_party", "Sent or said under the wrong party"),
        ("secret", "A password, a key or another secret"),
    ]

    code = models.SlugField(max_length=CODE)
    entry = models.ForeignKey(Entry, models.PROTECT, related_name="redactions")
    reason = models.CharField(max_length=20, choices=REASONS)
    authority = models.CharField(max_length=200)
    asked_by = models.CharField(max_length=HANDLE)
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=7, choices=STATES, default=ASKED)
    decided_by = models.CharField(max_length=HANDLE, blank=True)
    decided_at = models.DateTimeField(null=True)
    order = models.OneToOneField(Entry, models.PROTECT, null=True, related_name="orders")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entry"], condition=~Q(state="refused"), name="words_are_removed_once"
            ),
            models.CheckConstraint(
                condition=Q(state="done", order__isnull=False) | (~Q(state="done") & Q(order__isnull=True)),
                name="words_are_removed_by_an_order",
            ),
            models.CheckConstraint(
                condition=Q(decided_by="") | ~Q(decided_by=models.F("asked_by")),
                name="words_are_removed_by_two_persons",
            ),
        ]

    def __str__(self) -> str:
        return f"words of entry {self.entry_id}"

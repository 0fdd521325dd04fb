"""The documents of a year: methodology, register and plan; what was frozen, and what was said of it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.draft import KEY, Draft
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.processes.models import Course
from tallystick.risks.models import OperatingPeriod


class Document(Kept, Classified):
    """A version of a document of a period. Where it stands is its course's to say.

    `revises` is the version in force when it was drafted, and `why` says what changes; a plan is that of a
    `draft`. `from_on` is the day on which it took effect, `until_on` the first on which it has none any more.
    """

    TYPE = "plan"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "from_on", "until_on", "ended_at"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})
    METHODOLOGY, REGISTER, PLAN = "methodology", "register", "plan"
    KINDS = [(METHODOLOGY, "Methodology"), (REGISTER, "Register of risks"), (PLAN, "Plan")]

    reference = models.CharField(max_length=20, unique=True)
    kind = models.CharField(max_length=12, choices=KINDS)
    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="documents")
    version = models.IntegerField()
    revises = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="revisions")
    draft = models.ForeignKey(Draft, models.PROTECT, null=True, blank=True, related_name="documents")
    why = models.TextField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    from_on = models.DateField(null=True, blank=True)
    until_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("document"),
            models.UniqueConstraint(
                fields=["period", "kind", "version"], name="one_version_of_a_number_of_a_document"
            ),
            models.UniqueConstraint(fields=["drafted_by", "key"], name="a_form_drafts_one_document"),
            models.CheckConstraint(
                condition=Q(version__gte=1, party=None) & ~Q(why="") & ~Q(key=""),
                name="a_document_says_why",
            ),
            models.CheckConstraint(
                condition=Q(kind="plan", draft__isnull=False)
                | Q(kind__in=["methodology", "register"], draft=None),
                name="a_plan_is_of_a_draft",
            ),
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(from_on__isnull=False), name="a_document_ends_after_it_begins"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def title(self) -> str:
        """What it is, in words: Plan 2022-23, version 2."""
        return f"{self.get_kind_display()} {self.period.name}, version {self.version}"


class Frozen(Kept, Classified):
    """The content of a document as it was put forward, with the SHA-256 of both parts as canonical JSON.

    What is stricter than the document, as a register's risks that are Amber, is frozen in a row of its own
    class beside the row that is as open as the document.

    `content` has figures and keys. `words` are those of people, by what they are of, so that an order can
    remove them; what is removed no longer agrees with the hash, and the page says so.
    """

    TYPE = "plan"
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    document = models.ForeignKey(Document, models.PROTECT, related_name="frozen")
    content = models.JSONField()
    words = models.JSONField(default=dict, blank=True)
    sha256 = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("frozen_document"),
            models.UniqueConstraint(fields=["document", "classification"], name="frozen_once_in_each_class"),
            models.CheckConstraint(condition=~Q(sha256=""), name="what_is_frozen_has_a_hash"),
        ]

    def __str__(self) -> str:
        return f"content of {self.document_id}"


class Comment(Kept, Classified):
    """What a party says in the consultation on a document."""

    TYPE = "comment"
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    document = models.ForeignKey(Document, models.PROTECT, related_name="comments")
    number = models.IntegerField()
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("comment_on_document"),
            models.UniqueConstraint(fields=["document", "number"], name="one_comment_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_comments_once"),
            models.CheckConstraint(
                condition=Q(party__isnull=False, number__gte=1) & ~Q(words="") & ~Q(key=""),
                name="a_comment_is_a_partys",
            ),
        ]

    def __str__(self) -> str:
        return f"comment {self.number} to {self.document_id}"


class Reply(Kept, Classified):
    """What the office answers to a comment."""

    TYPE = "comment"
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    comment = models.OneToOneField(Comment, models.PROTECT, related_name="reply")
    words = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("reply_to_comment"),
            models.CheckConstraint(condition=~Q(words="") & ~Q(key=""), name="a_reply_says_something"),
        ]

    def __str__(self) -> str:
        return f"reply to {self.comment_id}"

"""What is said on a case: messages that both sides see, and notes that the party never does."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.cases.models.case import KEY, Case
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person


class Message(Kept, Classified):
    """Words from one side to the other: served when sent, read when somebody of the other side opens them.

    `key` is that of the form: however often it is sent, it says its words once.
    """

    TYPE = "case_message"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"read_at", "read_by", "body"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"text"})
    MESSAGE, NOTICE, REPLY, RETURN, DECISION = "message", "notice", "reply", "return", "decision"
    TO_PUBLISH = "publish"
    KINDS = [
        (MESSAGE, "Message"),
        (NOTICE, "Notice"),
        (REPLY, "Reply to the notice"),
        (RETURN, "Returned with reasons"),
        (DECISION, "Decision"),
        (TO_PUBLISH, "What is to be published"),
    ]

    case = models.ForeignKey(Case, models.PROTECT, related_name="messages")
    kind = models.CharField(max_length=8, choices=KINDS, default=MESSAGE)
    text = models.TextField()
    from_party = models.BooleanField()
    sent_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("case_message"),
            models.UniqueConstraint(fields=["case", "sent_by", "key"], name="a_form_sends_one_message"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(key=""), name="a_message_says_something"),
            models.CheckConstraint(
                condition=Q(read_at=None, read_by=None) | Q(read_at__gte=F("sent_at"), read_by__isnull=False),
                name="a_message_is_read_by_somebody",
            ),
        ]
        indexes = [models.Index(fields=["case", "sent_at"], name="messages_of_a_case")]

    def __str__(self) -> str:
        return f"{self.kind} on {self.case_id}"


class Note(Kept, Classified):
    """An internal note. It belongs to no party, so that nothing of it can be shown to one."""

    TYPE = "case_note"
    WORDS: ClassVar[frozenset[str]] = frozenset({"text"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("case_note"),
            models.UniqueConstraint(fields=["case", "by", "key"], name="a_form_writes_one_note"),
            models.CheckConstraint(condition=~Q(text="") & ~Q(key=""), name="a_note_says_something"),
            models.CheckConstraint(condition=Q(party=None), name="a_note_is_internal"),
        ]

    def __str__(self) -> str:
        return f"note on {self.case_id}"

"""A questionnaire: its questions in versions, what parties answered, and whom it was brought to mind."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.application import KEY, Application, Part
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person


class Questionnaire(Kept, Classified):
    """What an application asks its parties. It is the office's draft until it is issued."""

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "issued_at", "issued_by"})

    application = models.OneToOneField(Application, models.PROTECT, related_name="questionnaire")
    designed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    designed_at = models.DateTimeField()
    issued_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    issued_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("questionnaire"),
            models.UniqueConstraint(fields=["designed_by", "key"], name="a_form_designs_one_questionnaire"),
            models.CheckConstraint(
                condition=Q(issued_at=None, issued_by=None)
                | Q(issued_at__isnull=False, issued_by__isnull=False),
                name="a_questionnaire_is_issued_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"questionnaire of {self.application_id}"


class QuestionSet(Kept, Classified):
    """The questions in one version; the latest stands, and none follows once they are issued.

    `shape` lists the questions in order: `key`, `kind`, `needed`, how many `choices` it has, `low` and
    `high` as decimal strings. What they say stands by those keys: `asks`, `explains`, and `choices`, whose
    keys are the question's and the number of the choice, as `q1-2`.
    """

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"intro", "asks", "explains", "choices", "why"})

    questionnaire = models.ForeignKey(Questionnaire, models.PROTECT, related_name="versions")
    number = models.IntegerField()
    intro = models.TextField()
    shape = models.JSONField(default=list)
    asks = models.JSONField(default=dict)
    explains = models.JSONField(default=dict, blank=True)
    choices = models.JSONField(default=dict, blank=True)
    why = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("question_set"),
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_question_set_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_words_questions_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(intro="") & ~Q(key="") & (Q(number=1) | ~Q(why="")),
                name="questions_say_what_they_are_for",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.questionnaire_id}"


class OfAParty(Classified):
    """A row of one party's part, as confidential as that part is."""

    TYPE = "part"

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)s_rows")
    part = models.ForeignKey(Part, models.PROTECT, related_name="%(class)s_rows")

    class Meta:
        abstract = True


class DraftResponse(OfAParty):
    """What a party has filled in and not sent: its own alone, written over, and emptied when it is sent.

    `picked` has what was chosen, a number or a day, as lists of text by question; `words` has what was
    written.
    """

    picked = models.JSONField(default=dict, blank=True)
    words = models.JSONField(default=dict, blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("draft_response"),
            models.UniqueConstraint(fields=["part"], name="one_draft_response_of_a_part"),
        ]

    def __str__(self) -> str:
        return f"draft in {self.part_id}"


class Response(Kept, OfAParty):
    """What a party sent, which stays. A later number corrects the one before, and says why.

    `picked` and `words` as in a draft; `by_office` where the office wrote it down from paper.
    """

    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"words", "reason"})

    number = models.IntegerField()
    picked = models.JSONField(default=dict, blank=True)
    words = models.JSONField(default=dict, blank=True)
    reason = models.TextField(blank=True)
    by_office = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("response"),
            models.UniqueConstraint(fields=["part", "number"], name="one_response_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_sends_one_response"),
            models.CheckConstraint(
                condition=Q(number=1, reason="") | (Q(number__gt=1) & ~Q(reason="")),
                name="a_corrected_response_says_why",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]) & ~Q(key=""),
                name="a_response_is_confidential",
            ),
        ]

    def __str__(self) -> str:
        return f"response {self.number} in {self.part_id}"


class Reminder(Kept, OfAParty):
    """That a party which had not answered was reminded: by the clock for a day of it, or by somebody."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})

    day = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY, blank=True)

    class Meta:
        constraints = [
            *classed("reminder"),
            models.UniqueConstraint(
                fields=["part", "day"], condition=Q(by=None), name="the_clock_reminds_once_for_a_day"
            ),
            models.UniqueConstraint(
                fields=["part", "key"], condition=Q(by__isnull=False), name="a_form_reminds_a_party_once"
            ),
        ]

    def __str__(self) -> str:
        return f"reminder in {self.part_id}"

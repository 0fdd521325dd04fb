"""A technique that is applied, and the part of each party in it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course
from tallystick.risks.models import OperatingPeriod

KEY = 64
LONGEST_TITLE, LONGEST_NAME = 200, 600
DIGITS, PLACES = 12, 2


class Application(Kept, Classified):
    """A technique applied from a day until another. Where it stands is its course's to say.

    `technique` is a key of the catalogue, `called` and `form` what the catalogue said of it then, which stays
    where a later edition drops the technique. `risks` and `categories` are what it is aimed at, as keys. What
    it is planned to cost, `cost`, is in pounds; `spent` and `result` are filled once, where it is reported.
    It is a draft, the office's own, until it starts. `key` is that of the form.
    """

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "spent", "result", "ended_at"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "why", "result"})

    reference = models.CharField(max_length=20)
    technique = models.CharField(max_length=60)
    called = models.CharField(max_length=LONGEST_NAME, blank=True)
    form = models.CharField(max_length=30, blank=True)
    period = models.ForeignKey(
        OperatingPeriod, models.PROTECT, null=True, blank=True, related_name="applications"
    )
    title = models.CharField(max_length=LONGEST_TITLE)
    why = models.TextField()
    risks = models.JSONField(default=list, blank=True)
    categories = models.JSONField(default=list, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    cost = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES)
    spent = models.DecimalField(max_digits=DIGITS, decimal_places=PLACES, null=True, blank=True)
    result = models.TextField(blank=True)
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    begun_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    begun_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("application"),
            models.UniqueConstraint(fields=["code", "reference"], name="one_application_of_a_reference"),
            models.UniqueConstraint(fields=["begun_by", "key"], name="a_form_begins_one_application"),
            models.CheckConstraint(
                condition=~Q(technique="") & ~Q(title="") & ~Q(why="") & ~Q(key="") & ~Q(reference=""),
                name="an_application_says_what_and_why",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on")), name="an_application_ends_no_earlier_than_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(cost__gte=0)
                & (Q(result="", spent=None) | Q(~Q(result=""), spent__isnull=False, spent__gte=0)),
                name="what_was_spent_is_told_with_the_result",
            ),
        ]
        indexes = [models.Index(fields=["code", "technique"], name="applications_by_technique")]

    def __str__(self) -> str:
        return self.reference


class Part(Kept, Classified):
    """What an application asks of one party, what the party answered, and what came of it.

    It is a draft until it is served. `answer` is in words; one without words acknowledges. `by_office` where
    the office wrote the answer down from paper. `outcome` is one of those of the technique's form; `result`
    says more of it. Both stay as they were first said: what counts instead is the latest correction.
    """

    TYPE = "part"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {
            *("publicity", "served_at", "read_at", "answered_at", "answered_by", "by_office", "answer"),
            *("answer_key", "outcome", "result", "concluded_at", "concluded_by", "outcome_key"),
        }
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"answer", "result"})

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")
    application = models.ForeignKey(Application, models.PROTECT, related_name="parts")
    served_at = models.DateTimeField(null=True, blank=True)
    read_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    answered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    by_office = models.BooleanField(default=False)
    answer = models.TextField(blank=True)
    answer_key = models.CharField(max_length=KEY, blank=True)
    outcome = models.CharField(max_length=30, blank=True)
    result = models.TextField(blank=True)
    concluded_at = models.DateTimeField(null=True, blank=True)
    concluded_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    outcome_key = models.CharField(max_length=KEY, blank=True)
    # What counts of the two, where a query has asked for it: `techniques.seen.seen_parts`.
    stands: str
    says: str

    class Meta:
        constraints = [
            *classed("part_of_application"),
            models.UniqueConstraint(fields=["application", "party"], name="one_part_of_a_party"),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_part_is_confidential"
            ),
            models.CheckConstraint(
                condition=Q(served_at__isnull=False) | Q(read_at=None, answered_at=None, outcome=""),
                name="a_part_is_served_before_all_else",
            ),
            models.CheckConstraint(
                condition=Q(answered_at=None, answered_by=None, by_office=False, answer="", answer_key="")
                | Q(~Q(answer_key=""), answered_at__isnull=False, answered_by__isnull=False),
                name="an_answer_of_a_part_is_somebodys",
            ),
            models.CheckConstraint(
                condition=Q(outcome="", concluded_at=None, concluded_by=None, result="", outcome_key="")
                | Q(
                    ~Q(outcome=""),
                    ~Q(outcome_key=""),
                    concluded_at__isnull=False,
                    concluded_by__isnull=False,
                ),
                name="an_outcome_of_a_part_is_somebodys",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.party_id} in {self.application_id}"


class Correction(Kept, Classified):
    """Another outcome of a part instead of the one before it, and why; the latest number counts."""

    TYPE = "part"
    WORDS: ClassVar[frozenset[str]] = frozenset({"result", "why"})

    part = models.ForeignKey(Part, models.PROTECT, related_name="corrections")
    number = models.IntegerField()
    outcome = models.CharField(max_length=30)
    result = models.TextField(blank=True)
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("correction_of_part"),
            models.UniqueConstraint(fields=["part", "number"], name="one_correction_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_corrects_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(outcome="") & ~Q(why="") & ~Q(key=""),
                name="a_correction_says_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"correction {self.number} of {self.part_id}"

"""A derogation: leave not to meet an obligation until a stated day, and each term that it was granted for."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.cases.models import Case, Remedy
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course, Step

KEY = 64


class Derogation(Kept, Classified):
    """What a party asks, in its words, from a day until another. Where it stands is its course's to say.

    `level` is in per cent, weaker than the target of `measure`; without a measure it is leave in words alone.
    With a `remedy` it is asked for until that work is done, `until_on` at the latest. What was granted stands
    in its terms. `last_on` is the last day that it stood, once that is over. `key` is that of the form.
    """

    TYPE = "derogation"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "publicity", "last_on", "ended_at"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"scope", "conditions", "justification", "control"})

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="derogations")
    reference = models.CharField(max_length=20, unique=True)
    obligation = models.CharField(max_length=60)
    clause = models.CharField(max_length=200)
    scope = models.TextField()
    measure = models.CharField(max_length=60, blank=True)
    level = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    from_on = models.DateField()
    until_on = models.DateField()
    conditions = models.TextField(blank=True)
    justification = models.TextField()
    control = models.TextField()
    case = models.ForeignKey(Case, models.PROTECT, null=True, blank=True, related_name="derogations")
    remedy = models.ForeignKey(Remedy, models.PROTECT, null=True, blank=True, related_name="+")
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    drafted_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    drafted_at = models.DateTimeField()
    by_office = models.BooleanField(default=False)
    last_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("derogation"),
            models.UniqueConstraint(fields=["drafted_by", "key"], name="a_form_drafts_one_derogation"),
            models.CheckConstraint(
                condition=~Q(obligation="")
                & ~Q(clause="")
                & ~Q(scope="")
                & ~Q(justification="")
                & ~Q(control="")
                & ~Q(key=""),
                name="a_derogation_says_what_it_asks",
            ),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")), name="a_derogation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_derogation_is_confidential"
            ),
            models.CheckConstraint(
                condition=Q(measure="", level=None) | Q(~Q(measure=""), level__gte=0, level__lte=100),
                name="a_level_is_of_a_measure",
            ),
            models.CheckConstraint(
                condition=Q(remedy=None) | Q(case__isnull=False), name="a_remedy_is_of_the_case_named"
            ),
        ]
        indexes = [models.Index(fields=["code", "obligation"], name="derogations_by_obligation")]

    def __str__(self) -> str:
        return self.reference


class Term(Kept, Classified):
    """What a body granted: from a day until another, both included, at a level, on conditions.

    The first is of the grant; each variation and each extension adds another, which stands from its day on.
    """

    TYPE = "derogation"
    WORDS: ClassVar[frozenset[str]] = frozenset({"conditions"})

    derogation = models.ForeignKey(Derogation, models.PROTECT, related_name="terms")
    number = models.IntegerField()
    from_on = models.DateField()
    until_on = models.DateField()
    level = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    conditions = models.TextField()
    step = models.OneToOneField(Step, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            *classed("term_of_derogation"),
            models.UniqueConstraint(fields=["derogation", "number"], name="one_term_of_a_number"),
            models.CheckConstraint(
                condition=Q(until_on__gte=F("from_on"), number__gte=1) & ~Q(conditions=""),
                name="a_term_has_an_end_and_conditions",
            ),
            models.CheckConstraint(
                condition=Q(level=None) | Q(level__gte=0, level__lte=100),
                name="a_term_has_a_level_in_percent",
            ),
        ]
        indexes = [models.Index(fields=["code", "from_on", "until_on"], name="terms_by_day")]

    def __str__(self) -> str:
        return f"term {self.number} of {self.derogation_id}"

"""What is remembered of challenges of decisions, and of disputes about figures."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.decisions.models import Decision, Motion
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course
from tallystick.runs.models import Finding, Run

KEY = 64


class Challenge(Kept, Classified):
    """A decision about a party, from its being served to where it stands or is changed.

    What was decided is a motion that closed or a decision without a vote, and is served once: whatever
    carried it out, before or since, is challenged with it. The party's time to query counts from
    `received_on`. Where it stands is its course's to say. `key` is that of the form that served it.
    """

    TYPE = "challenge"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "publicity", "closed_at"})

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="challenges")
    reference = models.CharField(max_length=20, unique=True)
    motion = models.OneToOneField(Motion, models.PROTECT, null=True, blank=True, related_name="challenge")
    decision = models.OneToOneField(Decision, models.PROTECT, null=True, blank=True, related_name="challenge")
    served_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    served_at = models.DateTimeField()
    received_on = models.DateField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("challenge"),
            models.UniqueConstraint(fields=["served_by", "key"], name="a_form_serves_one_decision"),
            models.CheckConstraint(
                condition=Q(motion__isnull=True, decision__isnull=False)
                | Q(motion__isnull=False, decision__isnull=True),
                name="what_is_challenged_was_decided",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_challenge_is_confidential"
            ),
            models.CheckConstraint(condition=~Q(key=""), name="a_challenge_says_by_which_form"),
        ]

    def __str__(self) -> str:
        return self.reference

    @property
    def decided(self) -> Motion | Decision:
        """What is challenged; the database has no challenge of nothing."""
        found: Motion | Decision | None = self.motion or self.decision
        assert found is not None  # noqa: S101 - a constraint says so
        return found


class Dispute(Kept, Classified):
    """What a party says is recorded or computed wrongly: a finding, or a measure in a period.

    `run` is the one whose figures are disputed, `corrected_by` the later one that the correction came to.
    """

    TYPE = "dispute"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "publicity", "closed_at", "corrected_by"})

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="disputes")
    reference = models.CharField(max_length=20, unique=True)
    finding = models.ForeignKey(Finding, models.PROTECT, null=True, blank=True, related_name="disputes")
    measure = models.CharField(max_length=60, blank=True)
    period = models.CharField(max_length=10)
    run = models.ForeignKey(Run, models.PROTECT, related_name="disputes")
    corrected_by = models.ForeignKey(
        Run, models.PROTECT, null=True, blank=True, related_name="disputes_corrected"
    )
    raised_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    raised_at = models.DateTimeField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    closed_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("dispute"),
            models.UniqueConstraint(fields=["raised_by", "key"], name="a_form_raises_one_dispute"),
            models.CheckConstraint(
                condition=~Q(period="") & ~Q(key="") & (Q(finding__isnull=False) | ~Q(measure="")),
                name="a_dispute_is_about_a_figure",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_dispute_is_confidential"
            ),
        ]

    def __str__(self) -> str:
        return self.reference

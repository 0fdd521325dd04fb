"""A gap: something that happens, harms somebody, and that nobody owes anything about under the code."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.cases.models.case import KEY
from tallystick.decisions.keeping import Kept
from tallystick.journal.governed import Governed
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.runs.models import Finding


class Gap(Kept, Classified):
    """What no obligation covers, kept until the code is modified: a fault of the rule, and of no party.

    `what` happens and nobody owes it, `harmed` says whom that harms, `needed` what the code would have to
    say. One that was handed on names the `modification` by its reference. `key` is that of the form.
    """

    TYPE = "gap"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {"state", "modification", "handed_on_at", "closed_at", "closed_because"}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "what", "harmed", "needed", "closed_because"})
    OPEN, HANDED_ON, ENDED = "open", "handed_on", "closed"
    STATES_OF_ONE = [(OPEN, "Open"), (HANDED_ON, "Handed on"), (ENDED, "Closed")]

    reference = models.CharField(max_length=20, unique=True)
    clause = models.CharField(max_length=60)
    area = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=200)
    what = models.TextField()
    harmed = models.TextField()
    needed = models.TextField()
    recorded_by = models.ForeignKey(Person, models.PROTECT, related_name="gaps_recorded")
    recorded_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)
    state = models.CharField(max_length=9, choices=STATES_OF_ONE, default=OPEN)
    modification = models.CharField(max_length=40, blank=True)
    handed_on_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    closed_because = models.TextField(blank=True)

    class Meta:
        constraints = [
            *classed("gap"),
            models.UniqueConstraint(fields=["recorded_by", "key"], name="a_form_records_one_gap"),
            models.CheckConstraint(
                condition=~Q(clause="") & ~Q(title="") & ~Q(what="") & ~Q(key=""),
                name="a_gap_says_what_nobody_owes",
            ),
            models.CheckConstraint(
                condition=~Q(harmed="") & ~Q(needed=""), name="a_gap_says_whom_it_harms_and_what_it_needs"
            ),
            models.CheckConstraint(condition=Q(party=None), name="a_gap_is_no_fault_of_a_party"),
            models.CheckConstraint(
                condition=Q(modification="", handed_on_at=None)
                | (~Q(modification="") & Q(handed_on_at__isnull=False)),
                name="a_gap_is_handed_on_to_a_modification",
            ),
            models.CheckConstraint(
                condition=Q(state="open", modification="", closed_at=None, closed_because="")
                | (Q(state="handed_on", closed_at=None, closed_because="") & ~Q(modification=""))
                | (Q(state="closed", closed_at__isnull=False) & ~Q(closed_because="")),
                name="a_gap_is_open_handed_on_or_closed_for_a_reason",
            ),
        ]
        indexes = [models.Index(fields=["code", "clause"], name="gaps_by_clause")]

    def __str__(self) -> str:
        return self.reference

    @property
    def is_closed(self) -> bool:
        return self.state == self.ENDED


class GapFinding(Kept, Governed):
    """That a gap rests on a finding, on whomever it is: it showed what nobody owes."""

    gap = models.ForeignKey(Gap, models.PROTECT, related_name="gap_findings")
    finding = models.ForeignKey(Finding, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["gap", "finding"], name="a_gap_rests_on_a_finding_once")
        ]

    def __str__(self) -> str:
        return f"{self.finding_id} of {self.gap_id}"

"""A case: what one party did not do in one area, the findings it rests on, and the lines they share."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.journal.governed import Governed
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course
from tallystick.runs.models import Finding, FindingVersion

KEY = 64
# Who looks after cases.


class Case(Kept, Classified):
    """A non-compliance followed to its remedy. Where it stands is its course's to say.

    Materiality is counted where it can be, each in its own unit, beside any percentage: `devices`,
    `consumers`, `energy_kwh`, `pounds`; `estimated_how` says how. `repeats` is an earlier case of the same
    party and area. `cause` is the kind of cause, of the rulebook's list of the day `cause_on`. `key` is that
    of the form that opened it.
    """

    TYPE = "case"
    # Where it stands, who leads it, and what kind of cause it has. What ended stays so.
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {"body", "publicity", "lead", "party_lead", "cause", "cause_on", "closed_at", "auditor_satisfied_at"}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"title", "what", "estimated_how"})
    MONITORING, AUDIT, SELF_REPORT, THIRD_PARTY, BY_HAND = (
        "monitoring",
        "audit",
        "self_report",
        "third_party",
        "by_hand",
    )
    SOURCES = [
        (MONITORING, "Monitoring"),
        (AUDIT, "Audit"),
        (SELF_REPORT, "The party's own report"),
        (THIRD_PARTY, "Told by somebody else"),
        (BY_HAND, "Entered by hand"),
    ]
    SEVERITIES = [("minor", "Minor"), ("moderate", "Moderate"), ("serious", "Serious"), ("severe", "Severe")]
    CONFIDENCES = [("possible", "Possible"), ("likely", "Likely"), ("certain", "Certain")]

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="cases")
    reference = models.CharField(max_length=20, unique=True)
    title = models.CharField(max_length=200)
    what = models.TextField()
    obligation = models.CharField(max_length=60)
    area = models.CharField(max_length=10, blank=True)
    source = models.CharField(max_length=12, choices=SOURCES)
    severity = models.CharField(max_length=10, choices=SEVERITIES)
    confidence = models.CharField(max_length=10, choices=CONFIDENCES)
    devices = models.BigIntegerField(null=True, blank=True)
    consumers = models.BigIntegerField(null=True, blank=True)
    energy_kwh = models.BigIntegerField(null=True, blank=True)
    pounds = models.BigIntegerField(null=True, blank=True)
    estimated_how = models.TextField(blank=True)
    repeats = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="repeated_by")
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    lead = models.ForeignKey(Person, models.PROTECT, related_name="cases_led")
    party_lead = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    auditor_satisfied_at = models.DateTimeField(null=True, blank=True)
    cause = models.CharField(max_length=60, blank=True)
    cause_on = models.DateField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("case"),
            models.UniqueConstraint(fields=["opened_by", "key"], name="a_form_opens_one_case"),
            models.CheckConstraint(
                condition=~Q(title="") & ~Q(what="") & ~Q(obligation="") & ~Q(key=""),
                name="a_case_says_what_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_case_is_confidential"
            ),
            models.CheckConstraint(
                condition=Q(devices=None, consumers=None, energy_kwh=None, pounds=None)
                | ~Q(estimated_how=""),
                name="an_estimate_says_how",
            ),
            models.CheckConstraint(
                condition=Q(cause="", cause_on=None) | (~Q(cause="") & Q(cause_on__isnull=False)),
                name="a_cause_is_of_a_dated_list",
            ),
        ]
        indexes = [models.Index(fields=["code", "obligation", "area"], name="cases_by_obligation")]

    def __str__(self) -> str:
        return self.reference


class CaseFinding(Kept, Governed):
    """That a case rests on a finding. One finding has one case at most."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="case_findings")
    finding = models.OneToOneField(Finding, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.finding_id} of {self.case_id}"


class Teller(Kept, Classified):
    """Who told of it, where somebody else did: read by the office alone, and never by the party."""

    TYPE = "case_source"
    WORDS: ClassVar[frozenset[str]] = frozenset({"words"})

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    words = models.TextField()
    entered_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    entered_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("case_source"),
            models.CheckConstraint(
                condition=Q(classification="red", party=None), name="a_source_is_protected"
            ),
        ]

    def __str__(self) -> str:
        return f"source of {self.case_id}"


class SharedLines(Kept, Classified):
    """That the lines of a finding, as one run listed them, were shared with the party: `lines` of them."""

    TYPE = "case_message"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body"})  # that of the case

    case = models.ForeignKey(Case, models.PROTECT, related_name="shared")
    version = models.ForeignKey(FindingVersion, models.PROTECT, related_name="+")
    lines = models.IntegerField()
    shared_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    shared_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("shared_lines"),
            models.UniqueConstraint(fields=["case", "version"], name="lines_are_shared_once"),
        ]

    def __str__(self) -> str:
        return f"{self.lines} lines of {self.case_id}"


class LineAnswer(Kept, Classified):
    """What the party says of one line: accepted, or disputed with a reason. The latest answer holds."""

    TYPE = "case_message"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body"})  # that of the case
    WORDS: ClassVar[frozenset[str]] = frozenset({"reason"})
    ACCEPTED, DISPUTED = "accepted", "disputed"
    ANSWERS: ClassVar[list[tuple[str, str]]] = [(ACCEPTED, "Accepted"), (DISPUTED, "Disputed")]

    case = models.ForeignKey(Case, models.PROTECT, related_name="line_answers")
    line = models.CharField(max_length=500)
    answer = models.CharField(max_length=8, choices=ANSWERS)
    reason = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("line_answer"),
            models.CheckConstraint(
                condition=Q(answer="accepted") | ~Q(reason=""), name="a_dispute_of_a_line_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line}: {self.answer}"

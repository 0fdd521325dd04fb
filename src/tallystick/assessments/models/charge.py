"""Charges of a month under a scheme: what was computed, what of it is payable, and who gets it."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.assessments.models.publication import KEY, WHOLE, Query
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Organisation, Person
from tallystick.processes.models import Course
from tallystick.runs.models import Run

RELIEVED, DEFERRED = "relieved", "deferred"
FORCE_MAJEURE, MARKET, OTHER = "force_majeure", "market", "other"


class ChargeRun(Kept, Classified):
    """The charges of one month under a scheme, from one landed run. Where it stands is its course's to say.

    `status` is the scheme's on the day of its value: under one that is only `proposed` nobody is charged.
    `version` is the number of the sheet that counts and `seal` its hash. `key` is that of the form.
    """

    TYPE = "charge"
    PROPOSED, IN_FORCE = "proposed", "in_force"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {*("body", "publicity", "version", "seal", "invoiced_on", "redistributed_on", "ended_at")}
    )

    reference = models.CharField(max_length=20, unique=True)
    scheme = models.CharField(max_length=60)
    value_day = models.DateField()
    status = models.CharField(max_length=10, choices=[(PROPOSED, "Proposed"), (IN_FORCE, "In force")])
    period = models.CharField(max_length=10)
    run = models.ForeignKey(Run, models.PROTECT, related_name="charge_runs")
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    computed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    computed_at = models.DateTimeField()
    version = models.IntegerField(default=1)
    seal = models.CharField(max_length=64)
    invoiced_on = models.DateField(null=True, blank=True)
    redistributed_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("charge_run"),
            models.UniqueConstraint(fields=["computed_by", "key"], name="a_form_computes_charges_once"),
            models.UniqueConstraint(
                fields=["code", "scheme", "period"],
                condition=Q(ended_at=None),
                name="one_charge_run_of_a_month_goes_on",
            ),
            models.CheckConstraint(
                condition=~Q(key="") & ~Q(seal="") & Q(version__gte=1, party=None),
                name="a_charge_run_is_sealed",
            ),
            models.CheckConstraint(
                condition=Q(status="in_force") | Q(invoiced_on=None, redistributed_on=None),
                name="a_proposed_scheme_charges_nobody",
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_charge_run_is_confidential"
            ),
        ]
        indexes = [models.Index(fields=["code", "period"], name="charge_runs_by_month")]

    def __str__(self) -> str:
        return self.reference


class OfCharge(Kept, Classified):
    """A row that belongs to a run of charges, and is before whom that is before."""

    TYPE = "charge"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"body", "publicity"})

    charge_run = models.ForeignKey(ChargeRun, models.PROTECT, related_name="%(class)ss")

    class Meta:
        abstract = True


class ChargeSheet(OfCharge):
    """The charges of a run as they were frozen at once; a correction or a relief freezes another."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})

    number = models.IntegerField()
    seal = models.CharField(max_length=64)
    collected = models.BigIntegerField()
    why = models.TextField()
    made_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("charge_sheet"),
            models.UniqueConstraint(fields=["charge_run", "number"], name="one_charge_sheet_of_a_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1, collected__gte=0) & ~Q(seal="") & ~Q(why=""),
                name="a_charge_sheet_is_sealed_and_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"sheet {self.number} of {self.charge_run_id}"


class ChargeLine(OfCharge):
    """What one party is charged and gets, in pence; `shortfall` is in percentage points.

    `computed` follows from the figures alone. `payable` is what is left of it under the cap, nothing where
    the party was relieved.
    """

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="charge_lines")
    sheet = models.ForeignKey(ChargeSheet, models.PROTECT, related_name="lines")
    version = models.IntegerField()
    numerator = models.BigIntegerField()
    denominator = models.BigIntegerField()
    shortfall = models.DecimalField(max_digits=8, decimal_places=4)
    computed = models.BigIntegerField()
    cap = models.BigIntegerField(null=True, blank=True)
    is_relieved = models.BooleanField(default=False)
    payable = models.BigIntegerField()
    received = models.BigIntegerField()

    class Meta:
        constraints = [
            *classed("charge_line"),
            models.UniqueConstraint(fields=["sheet", "party"], name="one_charge_of_a_party_in_a_sheet"),
            models.CheckConstraint(
                condition=Q(
                    numerator__gte=0,
                    denominator__gte=F("numerator"),
                    shortfall__gte=0,
                    payable__gte=0,
                    computed__gte=F("payable"),
                    received__gte=0,
                ),
                name="nobody_pays_more_than_was_computed",
            ),
            models.CheckConstraint(
                condition=Q(cap=None) | Q(payable__lte=F("cap")), name="nobody_pays_more_than_the_cap"
            ),
            models.CheckConstraint(
                condition=Q(is_relieved=False) | Q(payable=0), name="who_is_relieved_pays_nothing"
            ),
            models.CheckConstraint(
                condition=Q(classification__in=["amber", "red"]), name="a_charge_is_confidential"
            ),
        ]

    def __str__(self) -> str:
        return f"charge of {self.party_id} in {self.sheet_id}"

    @property
    def net(self) -> int:
        """What it gains, in pence; below nothing, what it pays more than it gets."""
        return self.received - self.payable

    @property
    def is_cap_bound(self) -> bool:
        """Whether the cap takes something off: who stands at it has nothing to lose by doing worse."""
        return self.cap is not None and self.computed > self.cap


class Relief(OfCharge):
    """That a party pays nothing of what was computed, or pays later: what was computed stays as it is."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})
    KINDS = [(RELIEVED, "Relieved: it pays nothing"), (DEFERRED, "Put off to a later day")]
    CAUSES = [(FORCE_MAJEURE, "Force majeure"), (MARKET, "The whole market"), (OTHER, "Something else")]

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="reliefs")
    kind = models.CharField(max_length=10, choices=KINDS)
    cause = models.CharField(max_length=15, choices=CAUSES)
    why = models.TextField()
    until_on = models.DateField(null=True, blank=True)
    given_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("relief"),
            models.UniqueConstraint(fields=["given_by", "key", "party"], name="a_form_relieves_a_party_once"),
            models.CheckConstraint(
                condition=~Q(why="")
                & ~Q(key="")
                & (Q(kind=RELIEVED, until_on=None) | Q(kind=DEFERRED, until_on__isnull=False)),
                name="relief_says_why_and_until_when",
            ),
        ]

    def __str__(self) -> str:
        return f"relief of {self.party_id} in {self.charge_run_id}"


class ChargeQuery(Query):
    """A query of a party against its charge, while the window is open."""

    TYPE = "charge"

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="charge_queries")
    charge_run = models.ForeignKey(ChargeRun, models.PROTECT, related_name="queries")

    class Meta:
        constraints = [
            *classed("charge_query"),
            models.UniqueConstraint(fields=["charge_run", "number"], name="one_charge_query_of_a_number"),
            models.UniqueConstraint(fields=["asked_by", "key"], name="a_form_queries_a_charge_once"),
            models.CheckConstraint(condition=WHOLE, name="a_charge_query_is_answered_as_a_whole"),
        ]

    def __str__(self) -> str:
        return f"query {self.number} of {self.charge_run_id}"

"""A remedy, version by version: its cause, its milestones with every date promised, and when it has done."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.cases.models.case import KEY, Case
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.processes.models import Course


class Remedy(Kept, Classified):
    """One version of what the party promises. Where it stands is its course's to say.

    It is done when `measure` shows at least `level` per cent of the party in each of `months` months running,
    or by `otherwise` where no measure says so. A version that follows an escalation is signed by a senior
    signatory. A version is a draft until it is filed, and never changes from then on, but for the body it is
    before: that of its case.
    """

    TYPE = "remedy"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity", "body"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"cause", "otherwise", "signed_by", "signed_as"})

    case = models.ForeignKey(Case, models.PROTECT, related_name="remedies")
    version = models.IntegerField()
    cause = models.TextField()
    measure = models.CharField(max_length=60, blank=True)
    level = models.DecimalField(max_digits=7, decimal_places=4, null=True, blank=True)
    months = models.IntegerField(null=True, blank=True)
    otherwise = models.TextField(blank=True)
    signed_by = models.CharField(max_length=200, blank=True)
    signed_as = models.CharField(max_length=200, blank=True)
    signed_on = models.DateField(null=True, blank=True)
    filed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    filed_at = models.DateTimeField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("remedy"),
            models.UniqueConstraint(fields=["case", "version"], name="one_remedy_of_a_version"),
            models.UniqueConstraint(fields=["case", "filed_by", "key"], name="a_form_files_one_version"),
            models.CheckConstraint(condition=Q(version__gte=1) & ~Q(cause=""), name="a_remedy_has_a_cause"),
            models.CheckConstraint(
                condition=Q(
                    ~Q(measure=""), level__gte=0, level__lte=100, months__gte=1, months__lte=36, otherwise=""
                )
                | Q(~Q(otherwise=""), measure="", level=None, months=None),
                name="a_remedy_says_when_it_has_done",
            ),
            models.CheckConstraint(
                condition=Q(signed_by="", signed_as="", signed_on=None)
                | Q(~Q(signed_by=""), ~Q(signed_as=""), signed_on__isnull=False),
                name="a_signature_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.version} of {self.case_id}"


class Milestone(Kept, Classified):
    """One step of a version: what, whose, by when, and what will prove it.

    `thread` is the same through the versions of a case, so that each date stands beside the first promised.
    """

    TYPE = "remedy"
    WORDS: ClassVar[frozenset[str]] = frozenset({"what", "owner", "proof"})

    remedy = models.ForeignKey(Remedy, models.PROTECT, related_name="milestones")
    number = models.IntegerField()
    thread = models.IntegerField()
    what = models.CharField(max_length=300)
    owner = models.CharField(max_length=200)
    due_on = models.DateField()
    proof = models.CharField(max_length=300)

    class Meta:
        constraints = [
            *classed("milestone"),
            models.UniqueConstraint(fields=["remedy", "number"], name="one_milestone_of_a_number"),
            models.UniqueConstraint(fields=["remedy", "thread"], name="a_milestone_stands_once_in_a_version"),
            models.CheckConstraint(
                condition=Q(number__gte=1, thread__gte=1) & ~Q(what="") & ~Q(owner="") & ~Q(proof=""),
                name="a_milestone_is_whole",
            ),
        ]

    def __str__(self) -> str:
        return f"milestone {self.number} of {self.remedy_id}"


class MilestoneMet(Kept, Classified):
    """That a milestone was met on a day, as somebody of the office verified, by what."""

    TYPE = "remedy"
    WORDS: ClassVar[frozenset[str]] = frozenset({"by_what"})

    milestone = models.OneToOneField(Milestone, models.PROTECT, related_name="met")
    on = models.DateField()
    by_what = models.TextField()
    verified_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    verified_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("milestone_met"),
            models.CheckConstraint(condition=~Q(by_what=""), name="a_milestone_is_met_by_something"),
        ]

    def __str__(self) -> str:
        return f"{self.milestone_id} met on {self.on}"

"""A risk of the register: its words in numbered versions, and the risks it came from or went into."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person

KEY = 64
LONGEST_TITLE, LONGEST_PART = 200, 300


class Risk(Kept, Classified):
    """A risk by its reference, since a day; `ended_on` is the day on which it was split or merged."""

    TYPE = "risk"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"ended_on"})

    reference = models.CharField(max_length=10)
    since = models.DateField()
    ended_on = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            *classed("risk"),
            models.UniqueConstraint(fields=["code", "reference"], name="one_risk_of_a_reference"),
            models.CheckConstraint(condition=~Q(reference=""), name="a_risk_has_a_reference"),
        ]

    def __str__(self) -> str:
        return self.reference


class Wording(Kept, Classified):
    """What a risk says from an instant on: the risk that `risk_that`, so `resulting_in`.

    `obligations`, `indicators`, `drivers` and `assurance` are keys of the rulebook; `caused_by` and
    `controlled_by` are roles, categories or providers; `owner` is the key of a body. `factors` and
    `elsewhere` have words by number; by the same numbers `factor_owed` has the obligation of a factor, and
    `elsewhere_source` where the rulebook says that the same stands under another code.
    `verified` and `source` are the rulebook's for words that come from there; those written here are assumed.
    """

    TYPE = "risk"
    WORDS: ClassVar[frozenset[str]] = frozenset(
        {"title", "risk_that", "resulting_in", "factors", "elsewhere", "note", "why"}
    )

    risk = models.ForeignKey(Risk, models.PROTECT, related_name="wordings")
    number = models.IntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    risk_that = models.TextField()
    resulting_in = models.TextField()
    clauses = models.JSONField(default=list, blank=True)
    area = models.CharField(max_length=60, blank=True)
    obligations = models.JSONField(default=list, blank=True)
    caused_by = models.JSONField(default=list, blank=True)
    controlled_by = models.JSONField(default=list, blank=True)
    factors = models.JSONField(default=dict, blank=True)
    factor_owed = models.JSONField(default=dict, blank=True)
    indicators = models.JSONField(default=list, blank=True)
    drivers = models.JSONField(default=list, blank=True)
    assurance = models.JSONField(default=list, blank=True)
    owner = models.CharField(max_length=60, blank=True)
    elsewhere = models.JSONField(default=dict, blank=True)
    elsewhere_source = models.JSONField(default=dict, blank=True)
    source = models.CharField(max_length=60, blank=True)
    verified = models.BooleanField(default=False)
    note = models.TextField(blank=True)
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("wording_of_risk"),
            models.UniqueConstraint(fields=["risk", "number"], name="one_wording_of_a_number"),
            models.UniqueConstraint(fields=["by", "key", "risk"], name="a_form_words_a_risk_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1)
                & ~Q(title="")
                & ~Q(risk_that="")
                & ~Q(resulting_in="")
                & ~Q(why="")
                & ~Q(key=""),
                name="a_wording_says_the_risk",
            ),
        ]

    def __str__(self) -> str:
        return f"version {self.number} of {self.risk_id}"


class Lineage(Kept, Classified):
    """That a risk was split into another or merged into it, on a day."""

    TYPE = "risk"
    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})
    SPLIT, MERGED = "split", "merged"
    WAYS = [(SPLIT, "Split"), (MERGED, "Merged")]

    way = models.CharField(max_length=10, choices=WAYS)
    before = models.ForeignKey(Risk, models.PROTECT, related_name="went_into")
    after = models.ForeignKey(Risk, models.PROTECT, related_name="came_from")
    on = models.DateField()
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("lineage_of_risk"),
            models.UniqueConstraint(fields=["before", "after"], name="a_risk_goes_into_another_once"),
            models.CheckConstraint(
                condition=~Q(before=F("after")) & ~Q(why="") & Q(way__in=["split", "merged"]),
                name="a_risk_goes_into_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.before_id} {self.way} into {self.after_id}"

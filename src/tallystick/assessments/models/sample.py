"""A sample that an audit or an inspection looks at, and what was found in it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.application import KEY, Part
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person

LONGEST_SEED, PERCENT, PLACES = 60, 6, 3


class Sample(Kept, Classified):
    """What is sampled of a party, how much of it, and what was drawn by the seed: one sample of a part.

    `population` says what it is, `size` how many there are, `strata` how many of each. `listed` has the
    names, a stratum and a tab before each, in the order given, and `digest` is its SHA-256 in hex; where only
    counts are stated both are empty and nothing is drawn. `confidence` and `tolerable` are in per cent.
    `taken` is how many are looked at of each stratum. `drawn` has their names as `listed` has: strata by
    name, each in the order drawn.
    """

    TYPE = "part"
    WORDS: ClassVar[frozenset[str]] = frozenset({"population", "listed", "drawn"})

    part = models.OneToOneField(Part, models.PROTECT, related_name="sample")
    population = models.TextField()
    size = models.IntegerField()
    strata = models.JSONField()
    listed = models.TextField(blank=True)
    digest = models.CharField(max_length=64, blank=True)
    confidence = models.DecimalField(max_digits=PERCENT, decimal_places=PLACES)
    tolerable = models.DecimalField(max_digits=PERCENT, decimal_places=PLACES)
    accepted = models.IntegerField(default=0)
    seed = models.CharField(max_length=LONGEST_SEED)
    taken = models.JSONField()
    drawn = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("sample_of_part"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_draws_one_sample"),
            models.CheckConstraint(
                condition=Q(size__gte=1, accepted__gte=0)
                & Q(confidence__gt=0, confidence__lt=100, tolerable__gt=0, tolerable__lt=100)
                & ~Q(population="")
                & ~Q(seed="")
                & ~Q(key=""),
                name="a_sample_is_of_something_by_a_seed",
            ),
            models.CheckConstraint(
                condition=Q(digest="", listed="") | ~Q(digest="") & ~Q(listed=""),
                name="a_list_has_a_digest",
            ),
        ]

    def __str__(self) -> str:
        return f"sample of {self.part_id}"


class Tally(Kept, Classified):
    """What was found in a sample: in each that was drawn, or in totals of each stratum.

    `outcomes` are `conforms`, `fails` or `not_seen` by the place among all that was drawn, from 1, as text;
    the latest number counts for each, and they stay where the names are ordered away. `totals` have `looked`,
    `conform` and `fail` by stratum; the latest counts for each stratum. One has one of both.
    """

    TYPE = "part"
    WORDS: ClassVar[frozenset[str]] = frozenset({"note"})

    sample = models.ForeignKey(Sample, models.PROTECT, related_name="tallies")
    number = models.IntegerField()
    outcomes = models.JSONField(default=dict, blank=True)
    totals = models.JSONField(default=dict, blank=True)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("tally_of_sample"),
            models.UniqueConstraint(fields=["sample", "number"], name="one_tally_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_tallies_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(key=""),
                name="a_tally_has_a_number",
            ),
        ]

    def __str__(self) -> str:
        return f"tally {self.number} of {self.sample_id}"

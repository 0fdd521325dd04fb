"""Forbearance: an obligation stands and is not pursued, until a body has looked at it again."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.processes.models import Course

KEY = 64


class Forbearance(Kept, Classified):
    """That an obligation is not pursued, of any party. Where it stands is its course's to say.

    `since_on` is the day from which it is not, `review_on` the day on which the body looks at it again, and
    `ended_on` the first day on which it is pursued again; none of them is known of a proposal, which the
    office alone reads.
    """

    TYPE = "forbearance"
    CHANGES: ClassVar[frozenset[str]] = frozenset(
        {"publicity", "since_on", "review_on", "ended_on", "ended_at"}
    )
    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})

    reference = models.CharField(max_length=20, unique=True)
    obligation = models.CharField(max_length=60)
    why = models.TextField()
    course = models.OneToOneField(Course, models.PROTECT, related_name="+")
    proposed_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    proposed_at = models.DateTimeField()
    since_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("forbearance"),
            models.UniqueConstraint(fields=["proposed_by", "key"], name="a_form_proposes_once"),
            models.CheckConstraint(
                condition=~Q(obligation="") & ~Q(why="") & ~Q(key=""), name="forbearance_says_why"
            ),
            models.CheckConstraint(
                condition=Q(party=None, classification__in=["green", "amber", "red"]),
                name="forbearance_is_of_no_party",
            ),
            models.CheckConstraint(
                condition=Q(since_on=None, review_on=None, ended_on=None)
                | Q(since_on__isnull=False, review_on__isnull=False),
                name="forbearance_has_a_review",
            ),
        ]
        indexes = [models.Index(fields=["code", "obligation"], name="forbearance_by_obligation")]

    def __str__(self) -> str:
        return self.reference

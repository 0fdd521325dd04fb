"""The classes that a technique carries since a day, where the office changed what the rulebook says."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.application import KEY
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person


class Tag(Kept, Classified):
    """The classes of a technique from `from_on` on, by key; the latest number of that day or before counts.

    Before the first one the classes stand that the rulebook gives.
    """

    TYPE = "technique"
    WORDS: ClassVar[frozenset[str]] = frozenset({"why"})

    technique = models.CharField(max_length=60)
    number = models.IntegerField()
    classes = models.JSONField()
    from_on = models.DateField()
    why = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("tag_of_technique"),
            models.UniqueConstraint(fields=["code", "technique", "number"], name="one_tag_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_tags_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(technique="") & ~Q(why="") & ~Q(key=""),
                name="a_tag_says_of_what_and_why",
            ),
        ]

    def __str__(self) -> str:
        return f"tag {self.number} of {self.technique}"

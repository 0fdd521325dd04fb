"""A draft of the plan of a year: its terms, what it rests on, and what was drawn from both."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.risks.models import OperatingPeriod

KEY = 64


class Draft(Kept, Classified):
    """A numbered draft of the plan of a period, kept as it was drawn.

    `budget` is in pence. `terms` are those of `planning.terms`, `exposure` the risks as they stood, `result`
    what was drawn, `engine` what drew it and `edition` the text of the rulebook by which. `asked` is the hash
    of the question. `whys` are the reasons of whoever put a technique in or left it out, by its key.
    """

    TYPE = "plan"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"says", "whys"})

    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="drafts")
    number = models.IntegerField()
    says = models.TextField(blank=True)
    budget = models.BigIntegerField()
    terms = models.JSONField()
    whys = models.JSONField(default=dict, blank=True)
    exposure = models.JSONField()
    result = models.JSONField()
    engine = models.CharField(max_length=80)
    edition = models.CharField(max_length=80)
    asked = models.CharField(max_length=64)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("draft_of_plan"),
            models.UniqueConstraint(fields=["period", "number"], name="one_draft_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_saves_one_draft"),
            models.CheckConstraint(
                condition=Q(number__gte=1, budget__gte=0) & ~Q(key=""), name="a_draft_has_a_budget"
            ),
        ]

    def __str__(self) -> str:
        return f"draft {self.number} of {self.period_id}"

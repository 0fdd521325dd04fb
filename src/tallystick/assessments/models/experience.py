"""What a technique was found to take off a risk, and whether a plan counts with it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.draft import KEY
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.risks.models import OperatingPeriod


class EffectAnswer(Kept, Classified):
    """An effect that was proposed from experience, accepted or declined; the latest number counts.

    `found` is what it was proposed from, as it stood: applications, what came of them, measures before and
    after. `stated` are the shares of the rulebook then. `proposed` is the share, of 1, that counts instead in
    plans of the period where it is accepted.
    """

    TYPE = "plan"
    WORDS: ClassVar[frozenset[str]] = frozenset({"reason"})

    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="effect_answers")
    technique = models.CharField(max_length=60)
    risk = models.CharField(max_length=20)
    number = models.IntegerField()
    proposed = models.DecimalField(max_digits=5, decimal_places=4)
    stated = models.JSONField()
    found = models.JSONField()
    is_accepted = models.BooleanField()
    reason = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("answer_to_effect"),
            models.UniqueConstraint(
                fields=["period", "technique", "risk", "number"], name="one_answer_of_a_number_to_an_effect"
            ),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_answers_one_effect"),
            models.CheckConstraint(
                condition=Q(number__gte=1, proposed__gte=0, proposed__lte=1, party=None)
                & ~Q(reason="")
                & ~Q(technique="")
                & ~Q(key=""),
                name="an_answer_to_an_effect_says_why",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.technique} on {self.risk}"

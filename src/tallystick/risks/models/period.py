"""The operating period: the year for which risks are scored and a plan is drawn."""

from django.db import models
from django.db.models import F, Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person

KEY = 64


class OperatingPeriod(Kept, Classified):
    """The days from `from_on` until `until_on`, both included, under a name such as 2022-23.

    `method` is how its risks are scored unless a score names another. `opened_on` is the day by which the
    rules counted; `key` is that of the form.
    """

    TYPE = "risk"

    name = models.CharField(max_length=20)
    from_on = models.DateField()
    until_on = models.DateField()
    method = models.CharField(max_length=60)
    opened_by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    opened_on = models.DateField()
    opened_at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("operating_period"),
            models.UniqueConstraint(fields=["code", "name"], name="one_operating_period_of_a_name"),
            models.UniqueConstraint(fields=["opened_by", "key"], name="a_form_opens_one_period"),
            models.CheckConstraint(
                condition=Q(until_on__gt=F("from_on")) & ~Q(name="") & ~Q(key=""),
                name="an_operating_period_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

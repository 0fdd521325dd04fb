"""That the register of an operating period was approved, by the document in which its body approved it."""

from django.db import models
from django.db.models import Q

from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person
from tallystick.risks.models.period import OperatingPeriod


class Approval(Kept, Classified):
    """That what was scored by `stood_at` is approved, from the day `on`, by the document of a reference.

    `by` is who let the document take effect; nobody where its day came. What is scored later is a draft of
    a revision within the period, until that is approved.
    """

    TYPE = "risk"

    period = models.ForeignKey(OperatingPeriod, models.PROTECT, related_name="approvals")
    reference = models.CharField(max_length=40)
    on = models.DateField()
    stood_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("approval_of_register"),
            models.UniqueConstraint(fields=["code", "reference"], name="a_document_approves_one_register"),
            models.CheckConstraint(
                condition=~Q(reference="") & Q(stood_at__lte=models.F("at")),
                name="an_approval_names_its_document",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reference} approves {self.period_id}"

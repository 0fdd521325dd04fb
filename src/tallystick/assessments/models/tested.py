"""What a party is tested by before it enters, and the certificates that its devices hold."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from tallystick.assessments.models.application import KEY, Application, Part
from tallystick.decisions.keeping import Kept
from tallystick.parties.classified import Classified, classed
from tallystick.parties.models import Person

LONGEST_TITLE, LONGEST_NAME = 200, 100


class Item(Kept, Classified):
    """A thing that an application tests of each party; all that are required have to pass."""

    TYPE = "application"
    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})
    WORDS: ClassVar[frozenset[str]] = frozenset({"title"})

    application = models.ForeignKey(Application, models.PROTECT, related_name="items")
    number = models.IntegerField()
    title = models.CharField(max_length=LONGEST_TITLE)
    is_required = models.BooleanField(default=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("item_of_test"),
            models.UniqueConstraint(fields=["application", "number"], name="one_item_of_a_number"),
            models.CheckConstraint(
                condition=Q(number__gte=1) & ~Q(title="") & ~Q(key=""), name="an_item_says_what"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class ItemResult(Kept, Classified):
    """How an item went for a party: the latest number counts, and a run before it stays to be read."""

    TYPE = "part"
    WORDS: ClassVar[frozenset[str]] = frozenset({"note"})
    PASSED, FAILED, NOT_RUN = "passed", "failed", "not_run"
    OUTCOMES = [(PASSED, "Passed"), (FAILED, "Failed"), (NOT_RUN, "Not run")]

    item = models.ForeignKey(Item, models.PROTECT, related_name="results")
    part = models.ForeignKey(Part, models.PROTECT, related_name="item_results")
    number = models.IntegerField()
    outcome = models.CharField(max_length=10, choices=OUTCOMES)
    note = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("result_of_item"),
            models.UniqueConstraint(fields=["item", "part", "number"], name="one_result_of_a_number"),
            models.UniqueConstraint(fields=["by", "key", "item", "part"], name="a_form_tests_an_item_once"),
            models.CheckConstraint(
                condition=Q(number__gte=1, outcome__in=["passed", "failed", "not_run"]) & ~Q(key=""),
                name="a_result_of_an_item_is_known",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} in {self.item_id}"


class Certificate(Kept, Classified):
    """That devices of a model hold a certificate from a day until another, both included."""

    TYPE = "part"

    part = models.ForeignKey(Part, models.PROTECT, related_name="certificates")
    device_model = models.CharField(max_length=LONGEST_NAME)
    reference = models.CharField(max_length=LONGEST_NAME)
    valid_from = models.DateField()
    valid_until = models.DateField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("certificate"),
            models.UniqueConstraint(fields=["part", "device_model", "reference"], name="a_certificate_once"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_certifies_once"),
            models.CheckConstraint(
                condition=Q(valid_until__gte=F("valid_from"))
                & ~Q(device_model="")
                & ~Q(reference="")
                & ~Q(key=""),
                name="a_certificate_is_of_a_model_for_a_time",
            ),
        ]

    def __str__(self) -> str:
        return self.reference

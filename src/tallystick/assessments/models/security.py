"""Where a party stands with the security of its systems: Red, for itself and the body that assures it."""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from tallystick.assessments.models.application import KEY
from tallystick.decisions.keeping import BeforeABody, Kept
from tallystick.parties.classified import classed
from tallystick.parties.models import Organisation, Person

LONGEST_NAME = 120


class OfSecurity(BeforeABody):
    """A row about the security of one party, which it reads itself once issued, and the body. It is Red."""

    TYPE = "security_status"

    party = models.ForeignKey(Organisation, models.PROTECT, related_name="%(class)s_rows")

    class Meta:
        abstract = True


def red(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(classification="red"), name=f"{name}_is_red")


class Assurance(Kept, OfSecurity):
    """That the security of a party is assured: the record which its statuses and all else belong to."""

    CHANGES: ClassVar[frozenset[str]] = frozenset({"publicity"})

    begun_at = models.DateTimeField()

    class Meta:
        constraints = [
            *classed("assurance"),
            red("assurance"),
            models.UniqueConstraint(fields=["code", "party"], name="one_assurance_of_a_party"),
        ]

    def __str__(self) -> str:
        return self.party.slug


class SecurityStatus(Kept, OfSecurity):
    """The status that the body set on a day, on which grounds; the latest number counts."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"grounds"})

    assurance = models.ForeignKey(Assurance, models.PROTECT, related_name="statuses")
    number = models.IntegerField()
    status = models.CharField(max_length=40)
    set_on = models.DateField()
    grounds = models.TextField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("security_status"),
            red("security_status"),
            models.UniqueConstraint(fields=["assurance", "number"], name="one_security_status_of_a_number"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_sets_one_security_status"),
            models.CheckConstraint(
                condition=~Q(status="") & ~Q(grounds="") & ~Q(key=""), name="a_security_status_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"status {self.number} of {self.assurance_id}"


class Verification(Kept, OfSecurity):
    """An assessment of a party's security: of which kind, on which day, by whom, and what came of it."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"assessor", "found"})

    assurance = models.ForeignKey(Assurance, models.PROTECT, related_name="verifications")
    kind = models.CharField(max_length=40)
    held_on = models.DateField()
    assessor = models.CharField(max_length=LONGEST_NAME)
    outcome = models.CharField(max_length=40)
    found = models.TextField(blank=True)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("verification"),
            red("verification"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_records_one_verification"),
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(assessor="") & ~Q(outcome="") & ~Q(key=""),
                name="a_verification_says_by_whom",
            ),
        ]

    def __str__(self) -> str:
        return f"assessment of {self.held_on}"


class Letter(Kept, OfSecurity):
    """A letter in which a director of the party answers for its security, and how the body took it."""

    WORDS: ClassVar[frozenset[str]] = frozenset({"signed_by", "signed_as", "says"})

    assurance = models.ForeignKey(Assurance, models.PROTECT, related_name="letters")
    received_on = models.DateField()
    signed_by = models.CharField(max_length=LONGEST_NAME)
    signed_as = models.CharField(max_length=LONGEST_NAME)
    says = models.TextField()
    outcome = models.CharField(max_length=40)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    key = models.CharField(max_length=KEY)

    class Meta:
        constraints = [
            *classed("letter"),
            red("letter"),
            models.UniqueConstraint(fields=["by", "key"], name="a_form_records_one_letter"),
            models.CheckConstraint(
                condition=~Q(signed_by="") & ~Q(signed_as="") & ~Q(says="") & ~Q(key=""),
                name="a_letter_is_signed",
            ),
        ]

    def __str__(self) -> str:
        return f"letter of {self.received_on}"

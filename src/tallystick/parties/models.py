"""Organisations, bodies, people, and the roles in which people act. Spans of days are half-open."""

import datetime as dt
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q

from tallystick.journal.governed import Governed, GovernedQuerySet


def dated(name: str) -> models.CheckConstraint:
    """Return the constraint that a span of days does not end before it begins.

    One that ends on the day it begins was never in force: what was given by mistake ends so, at once.
    """
    return models.CheckConstraint(
        condition=Q(until_on=None) | Q(until_on__gte=F("from_on")),
        name=f"{name}_does_not_end_before_it_begins",
    )


class Dated(models.Model):
    """In force from a day until another, which is the first day that it is not."""

    from_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    class Meta:
        abstract = True

    def is_in_force(self, day: dt.date) -> bool:
        return self.from_on <= day and (self.until_on is None or day < self.until_on)


def in_force(day: dt.date, prefix: str = "") -> Q:
    """Return the condition that a dated row is in force on the day."""
    begun = Q(**{f"{prefix}from_on__lte": day})
    return begun & (Q(**{f"{prefix}until_on": None}) | Q(**{f"{prefix}until_on__gt": day}))


class OrganisationGroup(Governed):
    """Organisations under one owner, that some rules count as one."""

    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Organisation(Governed):
    """A company or public body. `name` is what evidence calls it."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200, unique=True)

    def __str__(self) -> str:
        return self.name


class Category(Governed, Dated):
    """The category that an organisation is of under a code, as the code's rulebook names it."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="categories")
    code = models.SlugField(max_length=40)
    category = models.SlugField(max_length=60)

    class Meta:
        constraints = [
            dated("category"),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(until_on=None),
                name="one_category_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation} in {self.category}"


class Identifier(Governed, Dated):
    """A name that registers know an organisation by, such as its EUI-64 range or market participant id."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="identifiers")
    scheme = models.SlugField(max_length=40)
    value = models.CharField(max_length=80)

    class Meta:
        constraints = [
            dated("identifier"),
            models.UniqueConstraint(
                fields=["scheme", "value"], condition=Q(until_on=None), name="an_identifier_is_of_one"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.scheme} {self.value}"


class GroupMembership(Governed, Dated):
    """That an organisation belongs to a group."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="group_memberships")
    group = models.ForeignKey(OrganisationGroup, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [dated("group_membership")]

    def __str__(self) -> str:
        return f"{self.organisation} of {self.group}"


class Size(Governed):
    """How large an organisation was in a period, in a unit such as metering points."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="sizes")
    period = models.CharField(max_length=10)
    unit = models.SlugField(max_length=40)
    number = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "period", "unit"], name="one_size_a_period_and_unit"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="a_size_is_not_negative"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.unit} in {self.period}"


class Standing(Governed, Dated):
    """Whether an organisation is live, on its way out, or has had its customers moved to others (SoLR)."""

    LIVE, EXITING, SOLR = "live", "exiting", "solr"
    STANDINGS = [(LIVE, "Live"), (EXITING, "Exiting"), (SOLR, "Supplier of Last Resort used")]

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="standings")
    code = models.SlugField(max_length=40)
    standing = models.CharField(max_length=10, choices=STANDINGS)

    class Meta:
        constraints = [
            dated("standing"),
            models.UniqueConstraint(
                fields=["organisation", "code"],
                condition=Q(until_on=None),
                name="one_standing_at_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organisation}, {self.get_standing_display()}"


class People(BaseUserManager.from_queryset(GovernedQuerySet["Person"])):  # type: ignore[misc]  # made at run time
    """Finds people by their e-mail address, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "Person":
        person: Person = self.get(email__iexact=username)
        return person


class Person(AbstractBaseUser, Governed):
    """Somebody who signs in. What a person may do follows from roles alone."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    objects: ClassVar[People] = People()

    def __str__(self) -> str:
        return self.name

    def get_full_name(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        words = self.name.split()
        return "".join(word[0] for word in (words[:1] + words[-1:] if len(words) > 1 else words)).upper()


class Body(Governed, Dated):
    """A panel, committee or board of a code: who sits on it decides."""

    code = models.SlugField(max_length=40)
    key = models.CharField(max_length=20)
    name = models.CharField(max_length=200)

    class Meta:
        constraints = [
            dated("body"),
            models.UniqueConstraint(fields=["code", "key"], name="one_body_of_a_key_in_a_code"),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(Governed, Dated):
    """A place on a body, for a constituency such as a category of parties."""

    body = models.ForeignKey(Body, models.PROTECT, related_name="seats")
    name = models.CharField(max_length=120)
    constituency = models.SlugField(max_length=60, blank=True)

    class Meta:
        constraints = [dated("seat")]

    def __str__(self) -> str:
        return self.name


class Membership(Governed, Dated):
    """A term: that a person holds a seat, or stands in for the one who does.

    `employer` is where the person works besides: it is what a conflict is told from. Where it is not known,
    the person may work for anybody; `is_independent` says that they work for nobody whom the code binds.
    """

    seat = models.ForeignKey(Seat, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    employer = models.ForeignKey(Organisation, models.PROTECT, null=True, blank=True, related_name="seconded")
    is_independent = models.BooleanField(default=False)
    alternate_for = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="alternates"
    )

    class Meta:
        constraints = [
            dated("membership"),
            models.CheckConstraint(
                condition=Q(is_independent=False) | Q(employer=None),
                name="an_independent_member_has_no_employer",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(until_on=None, alternate_for=None),
                name="one_holder_of_a_seat",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person} in {self.seat}"


class Role(Governed, Dated):
    """What a person may act as under a code: for an organisation, on a body, or in the office."""

    PARTY_DELEGATE, PROPOSER, INGEST = "party_delegate", "proposer", "ingest"
    COMMITTEE_MEMBER, BOARD_MEMBER, CHAIR = "committee_member", "board_member", "chair"
    SECRETARY, ANALYST, CHANGE_TEAM = "secretary", "analyst", "change_team"
    AUDITOR, OBSERVER, ADMINISTRATOR = "auditor", "observer", "administrator"
    ROLES = [
        (PARTY_DELEGATE, "Party delegate"),
        (COMMITTEE_MEMBER, "Committee member"),
        (BOARD_MEMBER, "Board member"),
        (CHAIR, "Chair"),
        (SECRETARY, "Secretary"),
        (ANALYST, "Analyst"),
        (CHANGE_TEAM, "Change team"),
        (PROPOSER, "Proposer"),
        (AUDITOR, "Auditor"),
        (OBSERVER, "Observer"),
        (ADMINISTRATOR, "System administrator"),
        (INGEST, "Ingest"),
    ]
    OF_A_PARTY = (PARTY_DELEGATE, PROPOSER)
    ON_A_BODY = (COMMITTEE_MEMBER, BOARD_MEMBER, CHAIR)
    OFFICE = (ANALYST, SECRETARY)

    person = models.ForeignKey(Person, models.PROTECT, related_name="roles")
    code = models.SlugField(max_length=40)
    role = models.CharField(max_length=20, choices=ROLES)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, null=True, blank=True, related_name="roles"
    )
    body = models.ForeignKey(Body, models.PROTECT, null=True, blank=True, related_name="roles")

    class Meta:
        constraints = [
            dated("role"),
            models.CheckConstraint(
                condition=~Q(role__in=["party_delegate", "proposer", "ingest"])
                | Q(organisation__isnull=False),
                name="a_party_role_names_its_party",
            ),
            models.CheckConstraint(
                condition=~Q(role__in=["committee_member", "board_member", "chair"]) | Q(body__isnull=False),
                name="a_members_role_names_its_body",
            ),
        ]

    def __str__(self) -> str:
        of = self.organisation or self.body
        return f"{self.get_role_display()}, {of}" if of else self.get_role_display()

"""Organisations from the day that they accede: category, identifiers, groups, size and standing."""

import datetime as dt

from django.db import transaction
from django.utils.text import slugify

from tallystick.parties.acting import Acting
from tallystick.parties.models import (
    Category,
    GroupMembership,
    Identifier,
    Organisation,
    OrganisationGroup,
    Size,
    Standing,
    in_force,
)
from tallystick.parties.operations.entries import enter, of_organisation, written
from tallystick.rulebook.rulebook import Rulebook


class UnableToAddOrganisation(Exception):
    """Its name is empty, or another organisation has it."""


class UnableToCategorise(Exception):
    """The code knows no such category, or the organisation changed category later than that."""


class UnableToAddIdentifier(Exception):
    """Another organisation is known by it."""


class UnableToSetStanding(Exception):
    """There is no such standing, or the organisation's changed later than that."""


class UnableToJoinGroup(Exception):
    """The organisation is in a group already."""


class UnableToRecordSize(Exception):
    """The size is below nothing, or the period has one."""


@transaction.atomic
def add_organisation(*, name: str, by: Acting, at: dt.datetime) -> Organisation:
    """Add an organisation under the name that evidence calls it."""
    name = " ".join(name.split())
    slug = slugify(name)
    if not slug:
        raise UnableToAddOrganisation("An organisation has a name.")
    if Organisation.objects.filter(name__iexact=name).exists():
        raise UnableToAddOrganisation(f"{name} is there already.")
    if Organisation.objects.filter(slug=slug).exists():
        raise UnableToAddOrganisation(f"Another organisation has the address {slug}.")
    organisation = Organisation.objects.create(name=name, slug=slug)
    enter("add_organisation", of_organisation(organisation), by, at, f"added {name}", name=name)
    return organisation


@transaction.atomic
def categorise(
    *,
    organisation: Organisation,
    category: str,
    from_on: dt.date,
    rulebook: Rulebook,
    by: Acting,
    at: dt.datetime,
) -> Category:
    """Put an organisation into a category of the code from a day on; the one before ends that day."""
    title = rulebook.code.categories.get(category)
    if title is None:
        raise UnableToCategorise(f"{rulebook.code.title} has no category {category[:40]!r}.")
    organisation = _locked(organisation)
    before = organisation.categories.filter(code=by.code, until_on=None).first()
    if before is not None and not _ends(before, from_on):
        raise UnableToCategorise(f"Its category changed on {written(before.from_on)}, which is not earlier.")
    made = Category.objects.create(
        organisation=organisation, code=by.code, category=category, from_on=from_on
    )
    said = f"put {organisation.name} into the category {title} from {written(from_on)}"
    facts = {"category": category, "from_on": from_on.isoformat(), "before": before and before.category}
    enter("categorise", of_organisation(organisation), by, at, said, **facts)
    return made


@transaction.atomic
def add_identifier(
    *, organisation: Organisation, scheme: str, value: str, from_on: dt.date, by: Acting, at: dt.datetime
) -> Identifier:
    """State a name by which a register knows the organisation."""
    organisation = _locked(organisation)
    taken = Identifier.objects.filter(scheme=scheme, value=value, until_on=None).first()
    if taken is not None:
        raise UnableToAddIdentifier(f"{scheme} {value} is of {taken.organisation.name}.")
    made = Identifier.objects.create(organisation=organisation, scheme=scheme, value=value, from_on=from_on)
    said = f"stated that {organisation.name} is {scheme} {value} from {written(from_on)}"
    enter("add_identifier", of_organisation(organisation), by, at, said, scheme=scheme, value=value)
    return made


@transaction.atomic
def set_standing(
    *, organisation: Organisation, standing: str, from_on: dt.date, by: Acting, at: dt.datetime
) -> Standing:
    """State from a day on that an organisation is live, exiting, or had its customers moved."""
    title = dict(Standing.STANDINGS).get(standing)
    if title is None:
        raise UnableToSetStanding(f"{standing[:40]!r} is no standing.")
    organisation = _locked(organisation)
    before = organisation.standings.filter(code=by.code, until_on=None).first()
    if before is not None and not _ends(before, from_on):
        raise UnableToSetStanding(f"Its standing changed on {written(before.from_on)}, which is not earlier.")
    made = Standing.objects.create(
        organisation=organisation, code=by.code, standing=standing, from_on=from_on
    )
    said = f"set the standing of {organisation.name} to {title} from {written(from_on)}"
    facts = {"standing": standing, "from_on": from_on.isoformat(), "before": before and before.standing}
    enter("set_standing", of_organisation(organisation), by, at, said, **facts)
    return made


@transaction.atomic
def join_group(
    *, organisation: Organisation, group: str, from_on: dt.date, by: Acting, at: dt.datetime
) -> GroupMembership:
    """State that an organisation belongs to a group, which is made if there is none of that name."""
    organisation = _locked(organisation)
    there = organisation.group_memberships.filter(in_force(from_on)).select_related("group").first()
    if there is not None:
        raise UnableToJoinGroup(f"{organisation.name} belongs to {there.group.name}.")
    found = OrganisationGroup.objects.filter(name__iexact=group).first()
    owner = found or OrganisationGroup.objects.create(name=group)
    made = GroupMembership.objects.create(organisation=organisation, group=owner, from_on=from_on)
    said = f"stated that {organisation.name} belongs to {owner.name} from {written(from_on)}"
    enter("join_group", of_organisation(organisation), by, at, said, group=owner.handle)
    return made


@transaction.atomic
def record_size(
    *, organisation: Organisation, period: str, unit: str, number: int, by: Acting, at: dt.datetime
) -> Size:
    """State how large an organisation was in a period, such as 812,000 metering points in 2021-07."""
    organisation = _locked(organisation)
    if number < 0:
        raise UnableToRecordSize("A size is not below nothing.")
    if organisation.sizes.filter(period=period, unit=unit).exists():
        raise UnableToRecordSize(f"{organisation.name} has a size in {period}.")
    made = Size.objects.create(organisation=organisation, period=period, unit=unit, number=number)
    said = f"stated the size of {organisation.name} in {period}: {number:,} {unit.replace('_', ' ')}"
    enter("record_size", of_organisation(organisation), by, at, said, period=period, unit=unit, number=number)
    return made


def _locked(organisation: Organisation) -> Organisation:
    return Organisation.objects.select_for_update().get(pk=organisation.pk)


def _ends(before: Category | Standing, day: dt.date) -> bool:
    """End what was in force before, unless it began on the day or later, and tell whether it ended."""
    if before.from_on >= day:
        return False
    before.until_on = day
    before.save(update_fields=["until_on"])
    return True

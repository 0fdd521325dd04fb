"""Who takes part in a code, by category, and who sits on its bodies: read for the registers."""

import datetime as dt
from dataclasses import dataclass

from django.db.models import Prefetch

from tallystick.parties.models import Body, Category, Membership, Organisation, Seat, Standing, in_force


@dataclass(frozen=True)
class Listed:
    """An organisation with its category and standing on a day; `standing` is None while it is live."""

    organisation: Organisation
    category: str
    standing: Standing | None


def by_category(code: str, day: dt.date) -> dict[str, list[Listed]]:
    """Return the organisations that take part on the day, by the key of their category, by name."""
    ending = {
        one.organisation_id: one
        for one in Standing.objects.filter(in_force(day), code=code).exclude(standing=Standing.LIVE)
    }
    rows = (
        Category.objects.filter(in_force(day), code=code)
        .select_related("organisation")
        .order_by("category", "organisation__name")
    )
    found: dict[str, list[Listed]] = {}
    for row in rows:
        standing = ending.get(row.organisation_id)
        found.setdefault(row.category, []).append(Listed(row.organisation, row.category, standing))
    return found


def organisation(code: str, slug: str) -> Organisation | None:
    """Return an organisation that takes or took part in the code, with what registers say of it."""
    return (
        Organisation.objects.filter(categories__code=code, slug=slug)
        .prefetch_related("categories", "identifiers", "standings", "group_memberships__group")
        .distinct()
        .first()
    )


def bodies(code: str, day: dt.date) -> list[Body]:
    """Return the bodies of the code on the day, each with its seats and their `holders`."""
    holders = (
        Membership.objects.filter(in_force(day))
        .select_related("person", "employer")
        .order_by("from_on", "pk")
    )
    seats = (
        Seat.objects.filter(in_force(day))
        .order_by("constituency", "name")
        .prefetch_related(Prefetch("memberships", queryset=holders, to_attr="holders"))
    )
    return list(
        Body.objects.filter(in_force(day), code=code)
        .order_by("name")
        .prefetch_related(Prefetch("seats", queryset=seats, to_attr="places"))
    )

"""What may be asked about people, their roles and organisations."""

import datetime as dt

from django.db.models import OuterRef, Prefetch, Q, Subquery

from tallystick.parties.models import Category, Organisation, Person, Role, in_force


def roles_of(person: Person, code: str, day: dt.date) -> list[Role]:
    """Return the roles that a person has under a code on the day, in the order they began."""
    found = (
        Role.objects.filter(in_force(day), person=person, code=code)
        .select_related("organisation", "body")
        .order_by("from_on", "pk")
    )
    return list(found)


def roles_in_force(person: Person, day: dt.date) -> list[Role]:
    """Return the roles that a person has on the day under any code, in the order they began.

    Each comes with `category`, the one that the organisation it is for is of under the role's code.
    """
    of_it = Category.objects.filter(
        in_force(day), organisation=OuterRef("organisation"), code=OuterRef("code")
    )
    found = (
        Role.objects.filter(in_force(day), person=person)
        .annotate(category=Subquery(of_it.values("category")[:1]))
        .select_related("organisation", "body")
        .order_by("from_on", "pk")
    )
    return list(found)


def people_of(code: str) -> list[Person]:
    """Return the people whom an administrator of the code looks after, by name.

    Those with a role under the code, now or once, and those who have none under any; each with `code_roles`.
    """
    roles = Role.objects.filter(code=code).select_related("organisation", "body").order_by("from_on", "pk")
    found = (
        Person.objects.filter(Q(roles__code=code) | Q(roles=None))
        .distinct()
        .order_by("name", "pk")
        .prefetch_related(Prefetch("roles", queryset=roles, to_attr="code_roles"))
    )
    return list(found)


def organisations(code: str) -> list[Organisation]:
    """Return the organisations that have taken part in a code, by name."""
    return list(Organisation.objects.filter(categories__code=code).distinct().order_by("name"))

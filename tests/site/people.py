"""A few people of the code, for tests of the site's own doors."""

import datetime as dt

from tallystick.parties.models import Body, Organisation, Person, Role
from tests.site.entering import PASSWORD

BEGAN = dt.date(2021, 1, 1)


def person(name: str, email: str = "") -> Person:
    made = Person(name=name, email=email or f"{name.split(maxsplit=1)[0].lower()}@example.org")
    made.set_password(PASSWORD)
    made.save()
    return made


def role(of: Person, name: str, at: Organisation | Body | None = None) -> Role:
    return Role.objects.create(
        person=of,
        code="sec",
        role=name,
        from_on=BEGAN,
        organisation=at if isinstance(at, Organisation) else None,
        body=at if isinstance(at, Body) else None,
    )


def body() -> Body:
    return Body.objects.create(code="sec", key="PAB", name="Performance Assurance Board", from_on=BEGAN)


def organisation(name: str = "ALFA") -> Organisation:
    return Organisation.objects.create(name=name, slug=name.lower())

"""Recovery codes: each stands in once for a factor that was lost, and is kept as a slow hash alone.

They lie in the library's row of that type, but in a form of our own: the library would keep a secret that
they all follow from. A code's first two figures say which one it is, so that a try is compared with one hash;
those that an earlier version made have no such figures and are compared with every hash that is left.
"""

import secrets
from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction

from tallystick.parties.models import Person

COUNT = 10
NAMED, SECRET = 2, 10
GROUPS_OF = 4
TYPE = Authenticator.Type.RECOVERY_CODES


@transaction.atomic
def make(person: Person) -> list[str]:
    """Return new codes; those there were are no longer taken. They are told this once and never again."""
    Person.objects.select_for_update().get(pk=person.pk)
    before = Authenticator.objects.filter(user=person, type=TYPE).first()
    if before is not None:
        before.delete()
    names = secrets.SystemRandom().sample(range(10**NAMED), COUNT)
    codes = [f"{name:0{NAMED}}{secrets.randbelow(10**SECRET):0{SECRET}}" for name in names]
    kept = [{"name": code[:NAMED], "hash": make_password(code)} for code in codes]
    Authenticator.objects.create(user=person, type=TYPE, data={"codes": kept})
    return [spaced(code) for code in codes]


def spaced(code: str) -> str:
    """Return a code as it is easily read: 1234 5678 9012."""
    return " ".join(code[at : at + GROUPS_OF] for at in range(0, len(code), GROUPS_OF))


def left(person: Person) -> int:
    """Return how many codes a person has left."""
    row = Authenticator.objects.filter(user=person, type=TYPE).first()
    return len(_codes(row)) if row else 0


@transaction.atomic
def use(person: Person, typed: str) -> Authenticator | None:
    """Use up the code that was typed; None where it is none that is left."""
    code = "".join(typed.split()).replace("-", "")
    row = Authenticator.objects.select_for_update().filter(user=person, type=TYPE).first()
    if row is None or not code.isdecimal():
        return None
    codes = _codes(row)
    for one in codes:
        if code.startswith(one["name"]) and check_password(code, one["hash"]):
            row.data = {"codes": [other for other in codes if other is not one]}
            row.save(update_fields=["data"])
            return row
    return None


def _codes(row: Authenticator) -> list[dict[str, Any]]:
    return list(row.data.get("codes", []))

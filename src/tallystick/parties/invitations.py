"""Links by which an invited person sets a password: signed, for a few days, and once.

A link holds as long as nothing it was made from has changed. The password is one of those things, so a link
dies when it is used, and when a newer one is sent.
"""

import datetime as dt

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.http import base36_to_int, int_to_base36

from tallystick.parties.models import Person

LASTS = dt.timedelta(days=3)
SALT = "tallystick.parties.invitation"
LONGEST = 80


def new_token(person: Person, at: dt.datetime) -> str:
    """Return the token of a link that holds from now on."""
    made_at = int(at.timestamp())
    return f"{int_to_base36(made_at)}-{_mark(person, made_at)}"


def holds(token: str, person: Person, at: dt.datetime) -> bool:
    """Return whether a token was made for the person, has not run out, and was not used."""
    stamp, _, mark = token.partition("-")
    if len(token) > LONGEST:
        return False
    try:
        made_at = base36_to_int(stamp)
    except ValueError:
        return False
    if not constant_time_compare(mark, _mark(person, made_at)):
        return False
    return made_at <= at.timestamp() < made_at + LASTS.total_seconds()


def _mark(person: Person, made_at: int) -> str:
    said = f"{person.handle}|{person.password}|{person.email}|{person.is_active}|{made_at}"
    return salted_hmac(SALT, said, algorithm="sha256").hexdigest()[:48]

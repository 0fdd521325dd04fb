"""What a person is told about their own sign-in: tries that were refused, new browsers, changed factors.

Refused tries are counted in the table that throttling shares, for any address that is typed: whether it has
an account shows neither in what is written nor in how long that takes.
"""

import datetime as dt
import hashlib
import logging

from django.conf import settings
from django.core.cache import cache
from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from tallystick.parties.models import Person
from tallystick.site.models import Happening, Visit

SEVERAL = 3
COUNTED_FOR = dt.timedelta(days=90)
TOLD_FOR = dt.timedelta(days=90)
# What the library has done to an account, by the message that it sends of it.
CHANGED = {
    "account/email/password_changed": "Your password was changed.",
    "account/email/password_reset": "Your password was set anew by a link that was sent to you.",
    "mfa/email/totp_activated": "One-time codes were set up.",
    "mfa/email/totp_deactivated": "One-time codes were removed.",
    "mfa/email/webauthn_added": "A passkey was added.",
    "mfa/email/webauthn_removed": "A passkey was removed.",
    "mfa/email/recovery_codes_generated": "New recovery codes were made.",
}

log = logging.getLogger("tallystick.sign_in")


def mark_of(email: str) -> str:
    """Return what stands for an address in the log and among the counts."""
    return hashlib.sha256(email.strip().lower().encode()).hexdigest()[:12]


def refused(email: str) -> None:
    """Count a try to sign in that was refused."""
    name = _name(email)
    cache.set(name, cache.get(name, 0) + 1, COUNTED_FOR.total_seconds())


def refused_before(email: str) -> int:
    """Return how many tries were refused since this was last asked."""
    name = _name(email)
    count: int = cache.get(name, 0)
    cache.delete(name)
    return count


def note(person: Person, said: str, at: dt.datetime, *, is_of_factors: bool = False) -> None:
    """Let it stand on the person's account page."""
    Happening.objects.create(person=person, said=said, at=at, is_of_factors=is_of_factors)


def latest(person: Person, now: dt.datetime) -> list[Happening]:
    return list(Happening.objects.filter(person=person, at__gt=now - TOLD_FOR).order_by("-at", "-pk")[:5])


def forget_old(person: Person, now: dt.datetime) -> None:
    for old in Happening.objects.filter(person=person, at__lte=now - TOLD_FOR):
        old.delete()


def signed_in(request: HttpRequest, visit: Visit, *, is_new: bool) -> list[str]:
    """Tell somebody who has signed in what they should know of it; return it in words."""
    person, told = visit.person, []
    if visit.refused >= SEVERAL:
        told.append(f"{visit.refused} tries to sign in as you were refused before this one.")
    if is_new:
        told.append(f"You signed in with a browser that you had not used here before: {visit.browser}.")
    forget_old(person, visit.began_at)
    for said in told:
        note(person, said, visit.began_at)
    if told:
        _send(request, person, told, visit.began_at)
    return told


def changed(request: HttpRequest, person: Person, said: str, at: dt.datetime) -> None:
    """Tell somebody that how they sign in was changed by another."""
    note(person, said, at, is_of_factors=True)
    _send(request, person, [said], at)


def _send(request: HttpRequest, person: Person, told: list[str], at: dt.datetime) -> None:
    context = {
        "person": person,
        "told": told,
        "at": at,
        "account": request.build_absolute_uri(reverse("account")),
    }
    text = render_to_string("account/sign_in_told.txt", context)
    try:
        send_mail(f"{settings.ACCOUNT_EMAIL_SUBJECT_PREFIX}about your sign-in", text, None, [person.email])
    except OSError as fault:  # the mail server; what happened stands on the account page all the same
        log.error("a message about a sign-in could not leave: %s", type(fault).__name__)  # noqa: TRY400 - its words may name the address


def _name(email: str) -> str:
    return f"refused|{mark_of(email)}"

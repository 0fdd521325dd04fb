"""Who stands at the door of this request, read anew from the database each time.

A session acts in one role, whatever the number of codes. When that role ends, the session is closed at its
next request; so is one that lay idle, or has lasted for a working day.
"""

import datetime as dt
from collections.abc import Callable
from urllib.parse import urlencode

from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY, get_authentication_records
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY, logout
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import rotate_token
from django.urls import reverse
from django.utils import timezone

from tallystick.parties import row_security
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person, Role
from tallystick.parties.queries import roles_in_force
from tallystick.site import clock, second_factor, visits
from tallystick.site.leave import SAFE
from tallystick.site.visits import BEGAN_AT, IDLE, LONGEST, SEEN_AT, VISIT

CAPACITY = "capacity"
NOTED_EVERY = dt.timedelta(minutes=1)
# What outlives a change of capacity: who signed in and how. Anything else was of the other role.
KEPT = {
    SESSION_KEY,
    BACKEND_SESSION_KEY,
    HASH_SESSION_KEY,
    AUTHENTICATION_METHODS_SESSION_KEY,
    f"{AUTHENTICATION_METHODS_SESSION_KEY}_user",
    BEGAN_AT,
    SEEN_AT,
    VISIT,
}
Answer = Callable[[HttpRequest], HttpResponse]


class ActingMiddleware:
    """Puts `acting` on every request, and closes sessions that are over."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        day = clock.today()
        person = request.user
        if not isinstance(person, Person):
            request.acting = Acting(_code(request) or settings.CODES[0], day)  # type: ignore[attr-defined]  # read by every door
            return self._answer(request)
        before = visits.standing(request, person)
        answer = _closed(request, person, day) or self._answer(request)
        visits.follow(request, person, before)
        answer.headers.setdefault("Cache-Control", "no-store")
        return answer

    def _answer(self, request: HttpRequest) -> HttpResponse:
        only_reads = request.method in SAFE
        with row_security.seen_by(request.acting, in_one=only_reads):  # type: ignore[attr-defined]  # put there just now
            return self.get_response(request)


def _closed(request: HttpRequest, person: Person, day: dt.date) -> HttpResponse | None:
    """Let the request act in its session's role; or return the way out of a session that is over."""
    now = timezone.now()
    if _has_run_out(request, now):
        return leave(request, "You were away for a while. Sign in again to go on.")
    role, has_ended = _role(request, person, day)
    if has_ended:
        return leave(request, "The role you acted in has ended. Sign in again to go on.")
    code = _code(request) or (role.code if role else "")
    acts_in = role if role and role.code == code else None
    shown_at = second_factor_at(request, person)
    request.acting = Acting(code or settings.CODES[0], day, person, acts_in, shown_at)  # type: ignore[attr-defined]
    return second_factor.way_to_it(request, person, role, shown=shown_at is not None)


def _code(request: HttpRequest) -> str:
    """Return the code that the address names; the only one where it names none, or nothing."""
    first = request.path_info.split("/")[1]
    if first in settings.CODES:
        return first
    return settings.CODES[0] if len(settings.CODES) == 1 else ""


def _has_run_out(request: HttpRequest, now: dt.datetime) -> bool:
    """Tell whether the session lay idle or lasted too long; note that it was used."""
    began = request.session.setdefault(BEGAN_AT, now.timestamp())
    seen = request.session.setdefault(SEEN_AT, now.timestamp())
    if now.timestamp() - began > LONGEST.total_seconds() or now.timestamp() - seen > IDLE.total_seconds():
        return True
    if now.timestamp() - seen > NOTED_EVERY.total_seconds() and not visits.is_polled(request):
        request.session[SEEN_AT] = now.timestamp()
        visits.seen(request, now)
    return False


def _role(request: HttpRequest, person: Person, day: dt.date) -> tuple[Role | None, bool]:
    """Return the role that the session acts in, and whether one that was chosen has ended."""
    roles = roles_in_force(person, day)
    chosen = request.session.get(CAPACITY)
    if chosen is None:
        here = _code(request)
        first = next((role for role in roles if role.code == here), roles[0] if roles else None)
        if first is not None:
            request.session[CAPACITY] = first.handle
        return first, False
    held = next((role for role in roles if role.handle == chosen), None)
    return held, held is None


def act_in(request: HttpRequest, role: Role) -> None:
    """Let the session act in a role from now on, under a new key and with nothing left of the one before."""
    for message in messages.get_messages(request):
        del message
    for name in list(request.session.keys()):
        if name not in KEPT:
            del request.session[name]
    for record in request.session.get(AUTHENTICATION_METHODS_SESSION_KEY, []):
        record.pop("reauthenticated", None)
    request.session[CAPACITY] = role.handle
    request.session.cycle_key()
    rotate_token(request)


def second_factor_at(request: HttpRequest, person: Person) -> dt.datetime | None:
    """Return when a second factor was last shown in this session, or None where none was."""
    records = get_authentication_records(request, person)
    shown = [record["at"] for record in records if record.get("method") == "mfa"]
    return dt.datetime.fromtimestamp(max(shown), dt.UTC) if shown else None


def leave(request: HttpRequest, why: str) -> HttpResponse:
    """Close the session, and lead to where one signs in; then back, if a page was asked for."""
    back = _way_back(request)
    visits.left(request, timezone.now())
    logout(request)
    messages.warning(request, why)
    return second_factor.led_to(request, reverse("account_login") + back)


def _way_back(request: HttpRequest) -> str:
    """Return what leads back to the page that somebody was on or asked for, once they have signed in."""
    if request.headers.get("HX-Request"):
        page = second_factor.page_around(request)
        address = page.path + (f"?{page.query}" if page.query else "")
    else:
        address = request.get_full_path() if request.method == "GET" else ""
    return f"?{urlencode({'next': address})}" if address else ""

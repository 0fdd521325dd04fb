"""A person's sessions: noted when they sign in, shown to them, and ended by them, one or all at once."""

import datetime as dt
import hashlib
import secrets
from importlib import import_module
from typing import Any, NamedTuple

from allauth.account.authentication import get_authentication_records
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve

from tallystick.parties.models import Person
from tallystick.site import browsers
from tallystick.site.models import Happening, Visit

VISIT, BEGAN_AT, SEEN_AT = "visit", "began_at", "seen_at"
IDLE = dt.timedelta(minutes=30)
LONGEST = dt.timedelta(hours=8)
# A browser is known again for so long, and visits are kept for it; then both are forgotten.
REMEMBERED = dt.timedelta(days=180)
# What pages ask for by themselves. It is no sign that somebody is there.
POLLED = {"waiting_count"}
POLLED_IN_PART = {"run", "motion"}


class Standing(NamedTuple):
    """The key of a session, and how often its owner has shown who they are."""

    key: str | None
    shown: int


def begin(request: HttpRequest, person: Person, answer: HttpResponse, at: dt.datetime) -> tuple[Visit, bool]:
    """Note a session that has just begun; tell whether its browser is new to somebody who was here before."""
    mark = request.COOKIES.get(settings.BROWSER_COOKIE_NAME, "")
    if not mark.isalnum():
        mark = secrets.token_hex(16)
    device = hashlib.sha256(mark.encode()).hexdigest()
    before = list(Visit.objects.filter(person=person).order_by("-began_at"))
    is_new = bool(before) and all(one.device != device for one in before)
    for old in before:
        if at - old.began_at > REMEMBERED:
            old.delete()
    if request.session.session_key is None:
        request.session.save()
    visit = Visit.objects.create(
        person=person,
        key=request.session.session_key or "",
        began_at=at,
        seen_at=at,
        browser=browsers.in_words(request.headers.get("User-Agent", ""))[:80],
        device=device,
    )
    request.session[VISIT] = visit.handle
    request.session[BEGAN_AT] = request.session[SEEN_AT] = at.timestamp()
    answer.set_cookie(
        settings.BROWSER_COOKIE_NAME,
        mark,
        max_age=int(REMEMBERED.total_seconds()),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )
    return visit, is_new


def is_polled(request: HttpRequest) -> bool:
    """Tell whether a page asked by itself, without anybody doing anything."""
    try:
        name = resolve(request.path_info).view_name
    except Resolver404:
        return False
    return name in POLLED or (name in POLLED_IN_PART and "HX-Request" in request.headers)


def seen(request: HttpRequest, at: dt.datetime) -> None:
    """Note that the session was used."""
    visit = of_session(request)
    if visit is not None:
        visit.seen_at = at
        visit.save(update_fields=["seen_at"])


def standing(request: HttpRequest, person: Person) -> Standing:
    return Standing(request.session.session_key, len(get_authentication_records(request, person)))


def follow(request: HttpRequest, person: Person, before: Standing) -> None:
    """Give the session a new key if its owner has just confirmed who they are; keep its visit's key up."""
    session = request.session
    if session.session_key is None or VISIT not in session:
        return
    if len(get_authentication_records(request, person)) > before.shown and session.session_key == before.key:
        session.cycle_key()
    if session.session_key != before.key:
        visit = of_session(request)
        if visit is not None:
            visit.key = session.session_key
            visit.save(update_fields=["key"])


def of_session(request: HttpRequest) -> Visit | None:
    handle = request.session.get(VISIT)
    return Visit.objects.filter(handle=handle).first() if handle else None


def open_of(person: Person, now: dt.datetime) -> list[Visit]:
    """Return a person's open sessions, the latest used first."""
    return list(
        Visit.objects.filter(
            person=person, ended_at=None, seen_at__gt=now - IDLE, began_at__gt=now - LONGEST
        ).order_by("-seen_at", "-began_at")
    )


def left(request: HttpRequest, at: dt.datetime) -> None:
    """Note that the session of the request is over; who calls it closes the session itself."""
    visit = of_session(request)
    if visit is not None:
        _over(visit, at)


def end(visit: Visit, at: dt.datetime) -> None:
    """End a session at once: its next request finds none."""
    if visit.key:
        _store()(visit.key).delete()
    _over(visit, at)


def end_others(request: HttpRequest, person: Person, at: dt.datetime) -> int:
    """End all of a person's sessions but that of the request; return how many were open.

    One that lay idle is ended with the rest, so that nothing of it can be used whatever its own clock says.
    """
    is_open = {visit.handle for visit in open_of(person, at)}
    others = other_than(request, list(Visit.objects.filter(person=person, ended_at=None)))
    for visit in others:
        end(visit, at)
    return sum(visit.handle in is_open for visit in others)


def other_than(request: HttpRequest, visits: list[Visit]) -> list[Visit]:
    """Return the visits that are not of the session of the request."""
    return [one for one in visits if one.handle != request.session.get(VISIT)]


def to_be_doubted(request: HttpRequest, visits: list[Visit]) -> int:
    """Return how many others of a person's visits began before they last changed how they sign in."""
    others = other_than(request, visits)
    if not others:
        return 0
    changes = Happening.objects.filter(person=others[0].person_id, is_of_factors=True)
    changed = changes.order_by("-at").first()
    return sum(one.began_at < changed.at for one in others) if changed else 0


def _over(visit: Visit, at: dt.datetime) -> None:
    visit.key, visit.ended_at = "", at
    visit.save(update_fields=["key", "ended_at"])


def _store() -> Any:
    return import_module(settings.SESSION_ENGINE).SessionStore

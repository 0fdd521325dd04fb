"""The doors of a person's own sessions: which there are, and ending one or all others."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from tallystick.parties.models import Person
from tallystick.site import visits


@require_safe
@login_required
def sessions(request: HttpRequest) -> HttpResponse:
    """List the person's open sessions, and mark the one that asks."""
    now = timezone.now()
    listed = visits.open_of(_person(request), now)
    facts = {
        "visits": listed,
        "here": request.session.get(visits.VISIT),
        "others": len(visits.other_than(request, listed)),
    }
    return render(request, "site/sessions.html", facts)


@require_POST
@login_required
def end_session(request: HttpRequest, handle: str) -> HttpResponse:
    """End another of the person's sessions. One's own is ended by signing out."""
    now = timezone.now()
    listed = visits.other_than(request, visits.open_of(_person(request), now))
    visit = next((one for one in listed if one.handle == handle), None)
    if visit is None:
        raise Http404
    visits.end(visit, now)
    messages.success(request, f"The session in {visit.browser} has ended.")
    return redirect("sessions")


@require_POST
@login_required
def end_other_sessions(request: HttpRequest) -> HttpResponse:
    """End all of the person's sessions but this one."""
    ended = visits.end_others(request, _person(request), timezone.now())
    said = "Your other session has ended." if ended == 1 else f"Your {ended} other sessions have ended."
    messages.success(request, said if ended else "There was no other session.")
    return redirect("sessions")


def _person(request: HttpRequest) -> Person:
    person: Person = request.acting.person  # type: ignore[attr-defined]  # set for every request
    return person

"""The doors of organisations and bodies: who takes part, and who sits where."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallystick.parties import register
from tallystick.parties.request import Request


@require_safe
def parties(request: Request, code: str) -> HttpResponse:
    """List organisations under their categories."""
    return render(
        request,
        "parties/parties.html",
        {"code": code, "rows": register.by_category(code, request.acting.day)},
    )


@require_safe
def party(request: Request, code: str, slug: str) -> HttpResponse:
    """Show one organisation: what it is, what registers know it by, and where its people sit."""
    found = register.organisation(code, slug)
    if found is None:
        raise Http404
    return render(
        request,
        "parties/party.html",
        {"code": code, "party": found, "day": request.acting.day},
    )


@require_safe
def bodies(request: Request, code: str) -> HttpResponse:
    """List the bodies of the code with their seats and who holds them."""
    return render(
        request,
        "parties/bodies.html",
        {"code": code, "rows": register.bodies(code, request.acting.day)},
    )

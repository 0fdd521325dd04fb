"""The doors of organisations and bodies: who takes part, and who sits where."""

from django.http import HttpResponse
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
def bodies(request: Request, code: str) -> HttpResponse:
    """List the bodies of the code with their seats and who holds them."""
    return render(
        request,
        "parties/bodies.html",
        {"code": code, "rows": register.bodies(code, request.acting.day)},
    )

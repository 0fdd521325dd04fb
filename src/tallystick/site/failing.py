"""What is said where a page cannot be shown: what happened, what has not, and how to go on.

The page of what is not there is the same for what does not exist and for what one may not see. It is made
without the request, so that it holds no mark of a form and no word of the address.
"""

from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template
from django.utils import timezone

from tallystick.parties.acting import Acting
from tallystick.site import clock, floor_plan


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - why is not told
    """Answer that there is nothing here for whoever asks."""
    return HttpResponse(get_template("site/not_found.html").render(_shell(request)), status=404)


def refused(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - why is not told
    """Answer that the act is not open as somebody acts just now."""
    return HttpResponse(get_template("site/refused.html").render(_shell(request)), status=403)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - why is not told
    """Answer that the request itself made no sense."""
    return HttpResponse(get_template("site/unreadable.html").render({}), status=400)


def failed(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 - Django's signature
    """Answer that something broke; the page asks nothing of the database, which may be what broke."""
    at = timezone.now().strftime("%Y-%m-%d %H:%M:%S UTC")
    return HttpResponse(get_template("site/failed.html").render({"at": at}), status=500)


def _shell(request: HttpRequest) -> dict[str, Any]:
    """Return what the shell around the page shows, wherever it was asked for."""
    acting = getattr(request, "acting", None) or Acting(settings.CODES[0], clock.today())
    request.resolver_match = None
    return {
        "acting": acting,
        "plan": floor_plan.shell_of(request, acting),
        "is_demo": settings.IS_DEMO,
        "notices": [],
        "csrf_token": "",
    }

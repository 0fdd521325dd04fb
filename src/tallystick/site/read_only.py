"""A journal that is not what was signed is not written to: the site can be read, and says why.

It is looked at when the process starts, and while it is so at each request: `tally recover` opens the
site again.
"""

from collections.abc import Callable

from django.conf import settings
from django.db import Error
from django.http import HttpRequest, HttpResponse
from django.template.loader import get_template

from tallystick.journal import standing

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")
UNREACHABLE = "the journal cannot be reached"

_found = {"why": ""}


def look() -> str:
    """Look at the journal, and return why nothing may be written; nothing where all is well."""
    try:
        _found["why"] = standing.problem(settings.HOME)
    except Error:
        _found["why"] = UNREACHABLE
    return _found["why"]


def sentence() -> str:
    """Return what was found when it was last looked at."""
    return _found["why"]


class ReadOnlyMiddleware:
    """Answers whatever would change something with 503, as long as the journal may not be written to."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if sentence() and look() and request.method not in SAFE:
            page = get_template("site/read_only.html").render({"why": sentence()})
            return HttpResponse(page, status=503)
        request.writes_nothing = bool(sentence())  # type: ignore[attr-defined]  # told to doors as below
        return self.get_response(request)

"""No zero byte comes in by an address or a cookie: PostgreSQL keeps none, so nothing can be named by one."""

from collections.abc import Callable

from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse

ZERO = "\0"


class NoZeroBytesMiddleware:
    """Answers 400 to them. It stands before sessions, whose keys come in cookies; forms tell of their own."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        asked = (text for name, values in request.GET.lists() for text in (name, *values))
        if any(ZERO in text for text in (request.path_info, *asked, *request.COOKIES.values())):
            raise SuspiciousOperation("An address or a cookie holds a zero byte.")
        return self.get_response(request)

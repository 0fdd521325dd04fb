"""Leave to come in: every address is looked up among the routes of the policy before its page is made.

What nobody wrote down, and what the capacity has no right to at all, answers as what does not exist. Which
rows a page then shows is the page's own question, and `guard` watches that it is asked.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone

from tallystick.parties.acting import Acting
from tallystick.parties.policy import decision
from tallystick.parties.policy.guard import guarded
from tallystick.parties.policy.routes import ROUTES, Route

Answer = Callable[[HttpRequest], HttpResponse]
SAFE = ("GET", "HEAD", "OPTIONS")


class LeaveMiddleware:
    """Refuses what the routes do not allow. It stands after `ActingMiddleware`, whose `acting` it reads."""

    def __init__(self, get_response: Answer) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.method not in SAFE:
            return self.get_response(request)  # an act also reads what it then locks and changes
        with guarded():
            return self.get_response(request)

    def process_view(
        self, request: HttpRequest, _view: Any, _args: Any, kwargs: dict[str, Any]
    ) -> HttpResponseBase | None:
        match = request.resolver_match
        route = ROUTES.get(match.view_name) if match else None
        if route is None or kwargs.get("code", settings.CODES[0]) not in settings.CODES:
            raise Http404
        acting = without_an_old_factor(request.acting)  # type: ignore[attr-defined]  # put there at the door
        request.acting = acting  # type: ignore[attr-defined]
        return _refusal(request, route, acting)


def _refusal(request: HttpRequest, route: Route, acting: Acting) -> HttpResponseBase | None:
    if route.asks_sign_in and acting.person is None:
        return redirect_to_login(request.get_full_path())
    if route.type:
        act = route.act_of(is_safe=request.method in SAFE)
        if not decision.is_granted(acting, route.type, act):
            raise Http404
    return None


def without_an_old_factor(acting: Acting) -> Acting:
    """Return who is acting, without a second factor that was shown too long ago to count."""
    if decision.factor_of(acting, timezone.now()) == "none":
        return replace(acting, second_factor_at=None)
    return acting

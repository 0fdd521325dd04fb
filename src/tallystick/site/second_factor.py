"""Where a role asks for a second factor, nothing else opens before one is set up and shown."""

from urllib.parse import SplitResult, urlencode, urlsplit

from allauth.mfa.models import Authenticator
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import Resolver404, resolve, reverse

from tallystick.parties.models import Person, Role
from tallystick.parties.policy.decision import roles_that_need_a_factor

TO_SHOW = {"mfa_reauthenticate", "mfa_reauthenticate_webauthn", "account_logout"}
# Open only while there is no factor at all: else a password would be enough to add one's own.
TO_SET_UP = {
    "second_factor",
    "mfa_activate_totp",
    "mfa_add_webauthn",
    "account_reauthenticate",
    "account_logout",
}


def is_needed_in(role: Role | None) -> bool:
    return role is not None and role.role in roles_that_need_a_factor()


def factors_of(person: Person) -> set[str]:
    """Return the kinds of second factor that a person has set up; recovery codes stand in for one only."""
    kinds = Authenticator.objects.filter(user=person).exclude(type=Authenticator.Type.RECOVERY_CODES)
    return set(kinds.values_list("type", flat=True))


def way_to_it(request: HttpRequest, person: Person, role: Role | None, *, shown: bool) -> HttpResponse | None:
    """Return the way to set up or show a second factor, where one is needed and was not shown."""
    if shown or not is_needed_in(role):
        return None
    factors = factors_of(person)
    open_now = TO_SHOW if factors else TO_SET_UP
    if _address_name(request.path_info) in open_now:
        return None
    if _address_name(page_around(request).path) in open_now:
        # A part that such a page asks for by itself must not load the page anew, again and again.
        return HttpResponse(status=204)
    if not factors:
        return led_to(request, reverse("second_factor"))
    door = "mfa_reauthenticate" if Authenticator.Type.TOTP in factors else "mfa_reauthenticate_webauthn"
    is_page = request.method == "GET" and not request.headers.get("HX-Request")
    back = f"?{urlencode({'next': request.get_full_path()})}" if is_page else ""
    return led_to(request, reverse(door) + back)


def led_to(request: HttpRequest, address: str) -> HttpResponse:
    """Return the way to a page; where a part of a page was asked for, the whole page goes there."""
    if request.headers.get("HX-Request"):
        return HttpResponse(status=204, headers={"HX-Redirect": address})
    return HttpResponseRedirect(address)


def page_around(request: HttpRequest) -> SplitResult:
    """Return the address of the page that asks for a part of itself; an empty one where it makes no sense."""
    try:
        return urlsplit(request.headers.get("HX-Current-URL", ""))
    except ValueError:
        return urlsplit("")


def _address_name(path: str) -> str:
    try:
        return resolve(path).view_name
    except Resolver404:
        return ""

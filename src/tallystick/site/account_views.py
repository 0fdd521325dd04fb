"""The doors of a person's own account: the role they act in, their second factors, an invitation."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import record_authentication
from allauth.account.models import Login
from allauth.account.utils import get_next_redirect_url
from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.views import IndexView
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.views import ActivateTOTPView
from allauth.mfa.webauthn.internal.flows import perform_passwordless_login
from allauth.mfa.webauthn.views import (
    AddWebAuthnView,
    ListWebAuthnView,
    LoginWebAuthnView,
    edit_webauthn,
    remove_webauthn,
)
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from tallystick.parties import invitations
from tallystick.parties.forms import NewPasswordForm
from tallystick.parties.models import Person
from tallystick.parties.operations.people import UnableToAcceptInvitation, accept_invitation, switch_capacity
from tallystick.parties.queries import roles_in_force
from tallystick.site import alarms, recovery_codes, recovery_views, second_factor, visits
from tallystick.site.acting import CAPACITY, act_in

Door = Callable[..., HttpResponse]


def confirmed(door: Door) -> Door:
    """Ask whoever comes, to read or to send, to confirm that it is them, if they did not lately."""
    asking: Door = reauthentication_required(door)
    return asking


@require_safe
@login_required
def account(request: HttpRequest) -> HttpResponse:
    """Show who is signed in, in which role, and what keeps the account safe."""
    acting = request.acting  # type: ignore[attr-defined]  # set for every request
    roles = roles_in_force(acting.person, acting.day)
    in_use = request.session.get(CAPACITY)
    now = timezone.now()
    listed = visits.open_of(acting.person, now)
    facts = {
        "roles": roles,
        "in_use": in_use,
        "factors": second_factor.factors_of(acting.person),
        "sessions": len(listed),
        "doubted": visits.to_be_doubted(request, listed),
        "happenings": alarms.latest(acting.person, now),
    }
    return render(request, "site/account.html", facts)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def capacity(request: HttpRequest, handle: str) -> HttpResponse:
    """Let the session act in another of the person's roles, and no longer in the one before."""
    acting = request.acting  # type: ignore[attr-defined]  # set for every request
    roles = roles_in_force(acting.person, acting.day)
    role = next((one for one in roles if one.handle == handle), None)
    if role is None:
        raise Http404
    if request.session.get(CAPACITY) == handle:
        return redirect("account")
    if request.method != "POST":
        return render(request, "site/capacity.html", {"role": role})
    switch_capacity(role=role, by=acting, at=timezone.now())
    act_in(request, role)
    messages.success(request, f"You act as {role} now.")
    return redirect("home", code=role.code)


@require_safe
@login_required
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Say why nothing else opens yet, and offer the ways to set up a second factor."""
    if second_factor.factors_of(request.acting.person):  # type: ignore[attr-defined]  # set for every request
        return redirect("mfa_index")
    return render(request, "site/second_factor.html", {})


@sensitive_post_parameters("password", "again")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def welcome(request: HttpRequest, handle: str, token: str) -> HttpResponse:
    """Let an invited person set a password. The address is a secret: it is told to nobody else."""
    person = Person.objects.filter(handle=handle, is_active=True).first()
    if person is None or not invitations.holds(token, person, timezone.now()):
        return _kept_from_logs(render(request, "site/welcome_ended.html", {}, status=404))
    form = NewPasswordForm(request.POST if request.method == "POST" else None, person=person)
    if request.method == "POST" and form.is_valid():
        return _accepted(request, person, token, form.cleaned_data["password"])
    return _kept_from_logs(render(request, "site/welcome.html", {"form": form, "person": person}))


def _accepted(request: HttpRequest, person: Person, token: str, password: str) -> HttpResponse:
    acting = request.acting  # type: ignore[attr-defined]  # set for every request
    try:
        accept_invitation(person=person, token=token, password=password, by=acting, at=timezone.now())
    except UnableToAcceptInvitation:
        return _kept_from_logs(render(request, "site/welcome_ended.html", {}, status=404))
    logout(request)
    messages.success(request, "Your password is set. Sign in to go on.")
    return redirect("account_login")


def _kept_from_logs(answer: HttpResponse) -> HttpResponse:
    # `no-referrer` would also hide where the form was sent from, and it would be refused for that
    answer.headers["Referrer-Policy"] = "strict-origin"
    return answer


class _Shown:
    """Counts a factor that has just been set up as shown: its owner proved that it works."""

    request: HttpRequest
    kind: str

    def form_valid(self, form: Any) -> HttpResponse:
        record_authentication(self.request, self.request.user, "mfa", type=self.kind, reauthenticated=True)
        self.request.session.cycle_key()
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # allauth's view comes next
        person = self.request.acting.person  # type: ignore[attr-defined]  # set for every request
        if recovery_codes.left(person):
            return answer
        return recovery_views.shown(self.request, recovery_codes.make(person))


class ActivateCodes(_Shown, ActivateTOTPView):  # type: ignore[misc]  # allauth has no types
    """Sets up one-time codes."""

    kind = Authenticator.Type.TOTP


class AddPasskey(_Shown, AddWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Adds a passkey or a security key."""

    kind = Authenticator.Type.WEBAUTHN


class SignInByPasskey(LoginWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Lets somebody in by a passkey alone, and on to the page that they had asked for."""

    def form_valid(self, form: Any) -> HttpResponse:
        key = form.cleaned_data["credential"]
        login = Login(user=key.user, redirect_url=get_next_redirect_url(self.request))
        answer: HttpResponse = perform_passwordless_login(self.request, key, login)
        return answer


class Factors(IndexView):  # type: ignore[misc]  # allauth has no types
    """Says which factors there are, and whether sessions from before the last change are still open."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        person = self.request.acting.person
        doubted = visits.to_be_doubted(self.request, visits.open_of(person, timezone.now()))
        return {**context, "codes_left": recovery_codes.left(person), "doubted": doubted}


class Passkeys(ListWebAuthnView):  # type: ignore[misc]  # allauth has no types
    """Lists a person's passkeys, each with the mark that its address ends in."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context_data(**kwargs)
        listed = visits.open_of(self.request.acting.person, timezone.now())
        doubted = visits.to_be_doubted(self.request, listed)
        keys = [(key, _mark(key)) for key in context["authenticators"]]
        return {**context, "keys": keys, "doubted": doubted}


def _mark(key: Authenticator) -> str:
    """Return what stands for a passkey in an address: its number would tell how many others there are."""
    return salted_hmac("tallystick.passkey", str(key.pk), algorithm="sha256").hexdigest()[:16]


def _of_a_passkey(door: Door) -> Door:
    @login_required
    def found(request: HttpRequest, mark: str) -> HttpResponse:
        for key in Authenticator.objects.filter(user=request.user, type=Authenticator.Type.WEBAUTHN):
            if constant_time_compare(_mark(key), mark):
                return door(request, key)
        raise Http404

    return found


@_of_a_passkey
def rename_passkey(request: HttpRequest, key: Authenticator) -> HttpResponse:
    answer: HttpResponse = edit_webauthn(request, pk=key.pk)
    return answer


@_of_a_passkey
def remove_passkey(request: HttpRequest, key: Authenticator) -> HttpResponse:
    if not get_adapter().can_delete_authenticator(key):
        messages.error(request, "Your role asks for a second factor. Add another before you remove this one.")
        return redirect("mfa_list_webauthn")
    answer: HttpResponse = remove_webauthn(request, pk=key.pk)
    return answer

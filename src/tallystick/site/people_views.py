"""The doors of the register of people: accounts and roles, for the administrator. They lead to no content."""

from collections.abc import Callable
from typing import Any

from allauth.account.decorators import reauthentication_required
from allauth.mfa.models import Authenticator
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tallystick.parties.acting import Acting
from tallystick.parties.forms import InvitationForm, RoleForm
from tallystick.parties.models import Person, Role
from tallystick.parties.operations import people as acts
from tallystick.parties.policy.decision import facts, is_granted, may
from tallystick.parties.queries import people_of
from tallystick.site import alarms, invitation_mail

Door = Callable[..., HttpResponse]
FACTORS = {"totp": "one-time codes", "webauthn": "passkeys", "recovery_codes": "recovery codes"}


def confirmed(door: Door) -> Door:
    """Ask who sends something to confirm that it is them, if they did not lately; readers are not asked."""
    asking: Door = reauthentication_required(door, allow_get=True)
    return asking


def _acting(request: HttpRequest, code: str, act: str) -> Acting:
    """Return who asks, if they may do the act to accounts and roles; else there is no such page."""
    acting: Acting = request.acting  # type: ignore[attr-defined]  # set for every request
    if acting.code != code or acting.person is None or not is_granted(acting, "person", act):
        raise Http404
    if act != "r" and not may(
        acting, act, facts(acting, "person", classification="amber"), now=timezone.now()
    ):
        raise PermissionDenied
    return acting


def _person(code: str, handle: str) -> Person:
    """Return somebody whom the code's administrator looks after, with `code_roles`."""
    for person in people_of(code):
        if person.handle == handle:
            return person
    raise Http404


@require_safe
def people(request: HttpRequest, code: str) -> HttpResponse:
    """List accounts with their roles under the code."""
    acting = _acting(request, code, "r")
    factors = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    context = {
        "code": code,
        "people": people_of(code),
        "with_factor": set(factors.values_list("user_id", flat=True)),
        "may_change": is_granted(acting, "person", "c"),
    }
    return render(request, "site/people.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@confirmed
def invite(request: HttpRequest, code: str) -> HttpResponse:
    """Invite somebody: a link to set a password goes to their address."""
    acting = _acting(request, code, "c")
    form = InvitationForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            person, token = acts.invite(**form.cleaned_data, by=acting, at=timezone.now())
        except acts.UnableToInvite as refusal:
            form.add_error("email", str(refusal))
        else:
            _send(request, person, token)
            return redirect("person", code=code, handle=person.handle)
    return render(request, "site/invite.html", {"code": code, "form": form})


@require_POST
@confirmed
def invite_again(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    """Send another link to somebody who has not answered yet; the one before dies."""
    acting, found = _acting(request, code, "c"), _person(code, handle)
    try:
        found, token = acts.invite(email=found.email, name=found.name, by=acting, at=timezone.now())
    except acts.UnableToInvite as refusal:
        messages.error(request, str(refusal))
    else:
        _send(request, found, token)
    return redirect("person", code=code, handle=handle)


def _send(request: HttpRequest, person: Person, token: str) -> None:
    """Send the link of an invitation that stands, and say whether it left."""
    try:
        invitation_mail.send(request, person, token)
    except invitation_mail.UnableToSend as refusal:
        said = f"{person.name} is invited, but the message did not leave: {refusal}. Send it again from here."
        messages.error(request, said)
    else:
        messages.success(request, f"Invited. A link is on its way to {person.email}.")


@require_safe
def person(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    """Show an account with its roles, and what may be done with it."""
    return _page(request, _acting(request, code, "r"), handle)


def _page(request: HttpRequest, acting: Acting, handle: str, form: RoleForm | None = None) -> HttpResponse:
    found = _person(acting.code, handle)
    kinds = set(Authenticator.objects.filter(user=found).values_list("type", flat=True))
    context = {
        "code": acting.code,
        "person": found,
        "day": acting.day,
        "factors": [FACTORS[kind] for kind in sorted(kinds)],
        "form": form or RoleForm(code=acting.code, day=acting.day),
        "may_change": is_granted(acting, "person", "u"),
    }
    return render(request, "site/person.html", context, status=422 if form else 200)


@require_POST
@confirmed
def give_role(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    acting = _acting(request, code, "u")
    found = _person(code, handle)
    form = RoleForm(request.POST, code=code, day=acting.day)
    if not form.is_valid():
        return _page(request, acting, handle, form)
    role, from_on = form.cleaned_data["role"], form.cleaned_data["from_on"]
    try:
        made = acts.give_role(
            person=found, role=role, of=form.of(), from_on=from_on, by=acting, at=timezone.now()
        )
    except acts.UnableToGiveRole as refusal:
        form.add_error(None, str(refusal))
        return _page(request, acting, handle, form)
    messages.success(request, f"{found.name} is {made} now.")
    return redirect("person", code=code, handle=handle)


def _done(request: HttpRequest, code: str, handle: str, act: Callable[[], Any], said: str) -> HttpResponse:
    """Do an act on an account and return to its page, with what was done or why not."""
    try:
        act()
    except (acts.UnableToEndRole, acts.UnableToCloseAccount, acts.UnableToReopenAccount) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect("person", code=code, handle=handle)


@require_POST
@confirmed
def end_role(request: HttpRequest, code: str, handle: str, role: str) -> HttpResponse:
    """End a role today."""
    acting = _acting(request, code, "u")
    found = Role.objects.filter(handle=role, code=code, person=_person(code, handle)).first()
    if found is None:
        raise Http404

    def end() -> None:
        acts.end_role(role=found, until_on=acting.day, by=acting, at=timezone.now())

    return _done(request, code, handle, end, "The role has ended, and so have its sessions.")


@require_POST
@confirmed
def close_account(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    acting, found = _acting(request, code, "t"), _person(code, handle)
    return _done(
        request,
        code,
        handle,
        lambda: acts.close_account(person=found, by=acting, at=timezone.now()),
        "The account is closed, and so are its sessions.",
    )


@require_POST
@confirmed
def reopen_account(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    acting, found = _acting(request, code, "t"), _person(code, handle)
    return _done(
        request,
        code,
        handle,
        lambda: acts.reopen_account(person=found, by=acting, at=timezone.now()),
        "The account is open again.",
    )


@require_POST
@confirmed
def forget_factors(request: HttpRequest, code: str, handle: str) -> HttpResponse:
    """Remove the second factors of somebody who lost them; a new one is asked for at the next sign-in."""
    acting, found = _acting(request, code, "t"), _person(code, handle)
    now = timezone.now()
    acts.forget_second_factors(person=found, by=acting, at=now)
    alarms.changed(request, found, "Your second factors were removed by an administrator.", now)
    messages.success(request, "The second factors are gone. The next sign-in asks for a new one.")
    return redirect("person", code=code, handle=handle)

"""The doors of recovery codes. Codes are shown in the answer that made them, and nowhere else."""

from allauth.account.decorators import reauthentication_required
from allauth.mfa.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.decorators import method_decorator
from django.views.decorators.http import require_safe
from django.views.generic import View

from tallystick.parties.models import Person
from tallystick.site import recovery_codes, second_factor, visits


@require_safe
@login_required
def recovery(request: HttpRequest) -> HttpResponse:
    """Say how many codes are left."""
    left = recovery_codes.left(_person(request))
    return render(request, "mfa/recovery_codes/index.html", {"left": left, "count": recovery_codes.COUNT})


@method_decorator(reauthentication_required(app="allauth.mfa"), name="dispatch")
class NewRecoveryCodes(View):
    """Makes new codes, for whoever has a factor that they stand in for."""

    def get(self, request: HttpRequest) -> HttpResponse:
        left = recovery_codes.left(_person(request))
        return render(request, "mfa/recovery_codes/generate.html", {"left": left})

    def post(self, request: HttpRequest) -> HttpResponse:
        person = _person(request)
        if not second_factor.factors_of(person):
            return redirect("mfa_index")
        codes = recovery_codes.make(person)
        get_adapter().send_notification_mail("mfa/email/recovery_codes_generated", person)
        return shown(request, codes)


def shown(request: HttpRequest, codes: list[str]) -> HttpResponse:
    """Show codes that have just been made, this once."""
    doubted = visits.to_be_doubted(request, visits.open_of(_person(request), timezone.now()))
    return render(request, "mfa/recovery_codes/made.html", {"codes": codes, "doubted": doubted})


def _person(request: HttpRequest) -> Person:
    person: Person = request.acting.person  # type: ignore[attr-defined]  # set for every request
    return person

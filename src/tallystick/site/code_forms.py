"""The forms that take a one-time or a recovery code, in the place of the library's."""

from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.base.internal.flows import check_rate_limit
from allauth.mfa.models import Authenticator

from tallystick.parties.models import Person
from tallystick.site import alarms, recovery_codes


def shown_by(person: Person, typed: str) -> Authenticator | None:
    """Return the factor that a code is of, and use the code up; None where it is of none."""
    codes = Authenticator.objects.filter(user=person, type=Authenticator.Type.TOTP).first()
    if codes is not None and codes.wrap().validate_code(typed):
        return codes
    return recovery_codes.use(person, typed)


class _Codes:
    """Takes a code; a wrong one counts among the tries that the person is told of."""

    user: Person
    cleaned_data: dict[str, Any]

    def clean_code(self) -> str:
        clear_tries = check_rate_limit(self.user)
        typed: str = self.cleaned_data["code"]
        found = shown_by(self.user, typed)
        if found is None:
            alarms.refused(self.user.email)
            raise get_adapter().validation_error("incorrect_code")
        found.user = self.user
        self.authenticator = found
        clear_tries()
        return typed


class SignInCode(_Codes, AuthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Between the password and the session."""


class ConfirmingCode(_Codes, ReauthenticateForm):  # type: ignore[misc]  # allauth has no types
    """Within a session, before something weighty."""

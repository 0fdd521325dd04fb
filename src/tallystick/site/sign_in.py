"""How people sign in: by e-mail and password or a passkey, with a second factor where a role asks for one."""

import base64
import hashlib
import logging
import time
from typing import Any

from allauth.account import app_settings
from allauth.account.adapter import DefaultAccountAdapter, get_adapter
from allauth.account.authentication import get_authentication_records
from allauth.account.forms import ResetPasswordForm
from allauth.core import context
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone

from tallystick.parties.models import Person
from tallystick.parties.policy.decision import roles_that_need_a_factor
from tallystick.parties.queries import roles_in_force
from tallystick.site import second_factor

log = logging.getLogger("tallystick.sign_in")


class Adapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Accounts are made by invitation: nobody signs up alone."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "email_password_mismatch": "The address or the password is not correct.",
        "incorrect_password": "That is not your password.",
        "too_many_login_attempts": "Too many failed tries. Wait five minutes, then try again.",
        "enter_current_password": "That is not your present password.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:  # noqa: ARG002 - allauth's signature
        return False

    def reauthenticate(self, user: Person, password: str) -> bool:
        """Tell whether the password is the person's; wrong ones count as at sign-in."""
        found = self.authenticate(context.request, email=user.email, password=password)
        return bool(found is not None and found.pk == user.pk)

    def is_reauthentication_required(self, app: str = "allauth.account") -> bool:
        """Ask for the password once more, but not of who has just signed in to set up a first factor."""
        person = self.request.user
        if app == "allauth.mfa" and not second_factor.factors_of(person):
            records = get_authentication_records(self.request, person)
            lasts = app_settings.REAUTHENTICATION_TIMEOUT
            return not any(time.time() - record["at"] < lasts for record in records)
        return True

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Say in the log of the installation that a sign-in was refused; never with what was typed."""
        mark = hashlib.sha256(str(credentials.get("email", "")).lower().encode()).hexdigest()[:12]
        log.warning("sign-in refused: address %s from %s", mark, self.get_client_ip(request))

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:  # noqa: ARG002
        return reverse("account")


class ResetForm(ResetPasswordForm):  # type: ignore[misc]  # allauth has no types
    """Asks for a link; one message leaves whether or not there is an account, so that neither shows."""

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        if self.users:
            return str(super().save(request, **kwargs))
        email: str = self.cleaned_data["email"]
        get_adapter().send_mail("account/email/unknown_account", email, {"request": request})
        return email


class SecondFactor(DefaultMFAAdapter):  # type: ignore[misc]  # allauth has no types
    """One-time codes and passkeys, named after the installation."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": "That code is not right, or was used already. Wait for the next one.",
    }

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": "Tallystick"}

    def encrypt(self, text: str) -> str:
        """Keep a secret so that a copy of the database does not give it away."""
        return _lock().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _lock().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """Tell whether a factor may go: the last one may not where a role asks for one."""
        person = authenticator.user
        others = Authenticator.objects.filter(user=person).exclude(pk=authenticator.pk)
        if others.exclude(type=Authenticator.Type.RECOVERY_CODES).exists():
            return True
        needed = roles_that_need_a_factor()
        return not any(role.role in needed for role in roles_in_force(person, timezone.localdate()))


def _lock() -> Fernet:
    """Return the lock of second factors' secrets; its key follows from the installation's secret."""
    key = hashlib.sha256(b"tallystick.second_factor|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

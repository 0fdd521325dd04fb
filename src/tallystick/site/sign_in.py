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
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone

from tallystick.parties.models import Person
from tallystick.parties.policy.decision import roles_that_need_a_factor
from tallystick.parties.queries import roles_in_force
from tallystick.site import alarms, second_factor, visits

log = logging.getLogger("tallystick.sign_in")
# Whose password has changed has no other session left, whatever it was open for.
PASSWORDS = {"account/email/password_changed", "account/email/password_reset"}


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
        email = str(credentials.get("email", ""))
        alarms.refused(email)
        log.warning("sign-in refused: address %s from %s", alarms.mark_of(email), self.get_client_ip(request))

    def post_login(self, request: HttpRequest, user: Person, **more: Any) -> HttpResponse:
        """Note the session that has begun, in the log and for its owner, who is told what is unusual."""
        answer: HttpResponse = super().post_login(request, user, **more)
        visit, is_new = visits.begin(request, user, answer, timezone.now())
        visit.refused = alarms.refused_before(user.email)
        visit.save(update_fields=["refused"])
        mark, way = alarms.mark_of(user.email), _way(request, user)
        log.info("signed in: address %s from %s by %s", mark, self.get_client_ip(request), way)
        for said in alarms.signed_in(request, visit, is_new=is_new):
            messages.warning(request, said)
        return answer

    def logout(self, request: HttpRequest) -> None:
        visits.left(request, timezone.now())
        super().logout(request)

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send a message; where the mail server does not take it, what was done stands all the same."""
        try:
            super().send_mail(template_prefix, email, context)
        except OSError as fault:  # an error of mail is one; its words may name the address
            log.error("the message %s could not leave: %s", template_prefix, type(fault).__name__)  # noqa: TRY400

    def send_notification_mail(
        self, template_prefix: str, user: Person, context: dict[str, Any] | None = None, **more: Any
    ) -> None:
        """Tell somebody that how they sign in has changed, by a message and on their account page."""
        now = timezone.now()
        if template_prefix in PASSWORDS:
            visits.end_others(self.request, user, now)
        said = alarms.CHANGED.get(template_prefix, "How you sign in has changed.")
        alarms.note(user, said, now, is_of_factors=True)
        super().send_notification_mail(template_prefix, user, context, **more)

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


def _way(request: HttpRequest, person: Person) -> str:
    """Return how somebody has shown who they are, in words: `password, totp`."""
    records = get_authentication_records(request, person)
    return ", ".join(str(record.get("type") or record.get("method")) for record in records)


def _lock() -> Fernet:
    """Return the lock of second factors' secrets; its key follows from the installation's secret."""
    key = hashlib.sha256(b"tallystick.second_factor|" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))

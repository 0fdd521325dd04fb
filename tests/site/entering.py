"""Ways for tests to sign people in: at once, or by the pages as they would themselves."""

import datetime as dt
import re
import time
from typing import Any

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, generate_totp_secret, hotp_value
from django.test import Client
from django.utils import timezone

from tallystick.parties.models import Person, Role

PASSWORD = "a sentence to keep in mind"  # noqa: S105 - made up
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


def now() -> dt.datetime:
    """Return the time that the site's doors, which read the clock, will have."""
    return timezone.now()  # noqa: TID251 - as above


def today() -> dt.date:
    return timezone.localdate()  # noqa: TID251 - as above


def seconds() -> float:
    return time.time()  # noqa: TID251 - as above


def enter(client: Client, person: Person, role: Role | None = None, *, shown: bool = True) -> None:
    """Sign in at once, with a second factor shown or not, and the password given just now."""
    client.force_login(person, backend=BACKEND)
    session = client.session
    records: list[dict[str, Any]] = [{"method": "password", "at": seconds(), "reauthenticated": True}]
    if shown:
        records.append({"method": "mfa", "type": "totp", "at": seconds(), "reauthenticated": True})
    session["account_authentication_methods"] = records
    session["account_authentication_methods_user"] = str(person.pk)
    if role is not None:
        session["capacity"] = role.handle
    session.save()


def enrol(person: Person) -> str:
    """Set up one-time codes; return their secret."""
    secret = generate_totp_secret()
    TOTP.activate(person, secret)
    return secret


def code_now(secret: str, steps: int = 0) -> str:
    return format_hotp_value(hotp_value(secret, int(seconds()) // 30 + steps))


def sign_in(client: Client, email: str, password: str = PASSWORD, **more: Any) -> Any:
    """Fill in the sign-in page."""
    return client.post("/account/login/", {"login": email, "password": password, **more})


def without_marks(page: bytes) -> str:
    """Return a page without what differs at every request: the marks of its forms."""
    text = re.sub(r'name="csrfmiddlewaretoken" value="[^"]+"', "", page.decode())
    return re.sub(r"X-CSRFToken&#34;: &#34;[^&]+|\"X-CSRFToken\": \"[^\"]+", "", text)


def has_factor(person: Person) -> bool:
    return Authenticator.objects.filter(user=person).exists()

"""The message with the link by which an invited person sets a password."""

from django.core.mail import send_mail
from django.http import HttpRequest
from django.template.loader import render_to_string
from django.urls import reverse

from tallystick.parties.invitations import LASTS
from tallystick.parties.models import Person


def address(person: Person, token: str, site: str) -> str:
    """Return the link; `site` is where the installation is reached, such as http://localhost:8000."""
    return site.rstrip("/") + reverse("welcome", kwargs={"handle": person.handle, "token": token})


def send(request: HttpRequest, person: Person, token: str) -> None:
    link = address(person, token, f"{request.scheme}://{request.get_host()}")
    context = {"person": person, "link": link, "days": LASTS.days}
    text = render_to_string("parties/invitation.txt", context)
    send_mail("Tallystick: you are invited", text, None, [person.email])

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


class UnableToSend(Exception):
    """The mail server did not take the message. The invitation stands, and can be sent again."""


def send(request: HttpRequest, person: Person, token: str) -> None:
    """Send the link; call it once the invitation is written down.

    :raises UnableToSend: if the message did not leave
    """
    link = address(person, token, f"{request.scheme}://{request.get_host()}")
    context = {"person": person, "link": link, "days": LASTS.days}
    text = render_to_string("parties/invitation.txt", context)
    try:
        send_mail("Tallystick: you are invited", text, None, [person.email])
    except OSError as fault:  # an error of mail is one; its words may name the address
        raise UnableToSend(f"the mail server did not take it ({type(fault).__name__})") from fault

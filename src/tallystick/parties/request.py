"""A request as doors are given it: with who is acting, and with what htmx said."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tallystick.parties.acting import Acting


class Request(HttpRequest):
    """What middleware has made of a request by the time a door sees it."""

    acting: Acting
    htmx: HtmxDetails

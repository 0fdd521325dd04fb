"""A request as doors are given it: with who is acting, and with what htmx said."""

from django.http import HttpRequest
from django_htmx.middleware import HtmxDetails

from tallystick.parties.acting import Acting

# How a form is met: it is asked for, and it is sent.
BOTH = ["GET", "HEAD", "POST"]


class Request(HttpRequest):
    """What middleware has made of a request by the time a door sees it.

    `writes_nothing` where the journal may not be written to: reading that is an act waits till it may.
    """

    acting: Acting
    htmx: HtmxDetails
    writes_nothing: bool

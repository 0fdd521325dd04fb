"""The components page: every small part of a page in every state it has, for eyes and for tests."""

import datetime as dt

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tallystick.month.wording import STATES
from tallystick.parties.classified import Classified
from tallystick.parties.request import Request
from tallystick.parties.waiting import DueChip
from tallystick.site import samples
from tallystick.site.proofs import short

DUE = (
    DueChip("late", "1 WD late", "Mon 6 Sep"),
    DueChip("soon", "in 3 WD", "Fri 1 Oct"),
    DueChip("soon", "due today", "Tue 28 Sep"),
    DueChip("", "in 10 WD", "Tue 12 Oct"),
    DueChip("paused", "", "clock stopped"),
    DueChip("ok", "", "on time"),
    DueChip("none", "", "no date set"),
)
SENTENCES = {
    Classified.RED: "For the persons named and nobody else.",
    Classified.AMBER: "Names parties. For the bodies, the code administrator and the party itself.",
    Classified.GREEN: "For the parties to the code; not to be published.",
    Classified.WHITE: "May be published.",
}


@require_safe
def components(request: Request) -> HttpResponse:
    """Show the parts of pages side by side."""
    return render(
        request,
        "site/components.html",
        {
            "states": list(STATES),
            "due": DUE,
            "sentences": SENTENCES,
            "day_shown": dt.date(2021, 9, 28),
            "a": {"period": str(samples.LAST)},
            "trend": samples.trend(),
            "xmr": samples.xmr(),
            "parties": samples.heat(),
            "lines": samples.LINES,
            "head": samples.HEAD,
            "failed": samples.FAILED,
            "short": short,
        },
    )

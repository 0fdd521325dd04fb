"""The open cases of parties as the issues that a league ranks them by; assurance asks for them by name."""

import datetime as dt

from tallystick.assessments.comparisons.comparing import OpenIssue
from tallystick.cases.models import Case
from tallystick.parties.acting import Acting
from tallystick.parties.rulebooks import rulebook_of


def open_issues(acting: Acting, on: dt.date) -> list[OpenIssue]:
    """Return the cases that are open on a day, as far as somebody may see them, each since it was opened.

    A case counts once its party was given notice of it: before, a place in a league would be the first that
    the party hears. The findings that it rests on are not counted besides. What is Red is not counted at all.
    """
    zone = rulebook_of(acting.code).code.zone
    found = Case.objects.visible_to(acting).filter(
        classification=Case.AMBER, publicity__in=[Case.ISSUED, Case.DECIDED], closed_at=None
    )
    told = [
        OpenIssue(one.party.slug, one.severity, one.opened_at.astimezone(zone).date())
        for one in found.select_related("party").order_by("pk")
    ]
    return [one for one in told if one.since <= on]

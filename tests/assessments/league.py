"""What the suppliers of the market have open, told in the place of the room of cases."""

import datetime as dt
from typing import Any

from tallystick.assessments.comparisons.comparing import OpenIssue
from tallystick.assessments.models import Publication
from tallystick.parties.acting import Acting
from tests.assessments.market import CATEGORY, DRAFTED, Market

TOLD_BY = "tests.assessments.league.open_issues"
# By slug: how severe, and for how many days it has been open. Everybody else has nothing open.
OPEN = {
    "alfa": [("severe", 400), ("minor", 10)],
    "brvo": [("minor", 40)],
    "supplier-c": [("serious", 30)],
    "supplier-d": [("moderate", 60), ("moderate", 20)],
    "supplier-e": [("minor", 5)],
}
LEAGUE: dict[str, Any] = {"measure": "", "window": None, "category": CATEGORY}


def open_issues(_acting: Acting, on: dt.date) -> list[OpenIssue]:
    return [
        OpenIssue(party, severity, on - dt.timedelta(days=days))
        for party, several in OPEN.items()
        for severity, days in several
    ]


def four(acting: Acting, on: dt.date) -> list[OpenIssue]:
    """Return what is open where one of the five has nothing open."""
    return [one for one in open_issues(acting, on) if one.party != "supplier-e"]


def drafted(market: Market, **told: Any) -> Publication:
    return market.drafted(DRAFTED, **{**LEAGUE, **told})

"""The register of the demonstration: opened for 2022-23, and scored from the findings of the year."""

import datetime as dt
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from tallystick.risks.models import OperatingPeriod, Risk
from tallystick.risks.operations.opening import Opened, open_register
from tallystick.risks.operations.proposing import (
    Asked,
    UnableToProposeLikelihood,
    answer_likelihood,
    propose_likelihood,
)
from tallystick.risks.operations.scoring import Scored, score_risk
from tallystick.site.demo_story import Story, august

KEYS = "demo-risks"
METHOD = "five_by_five"
NAMES = ("inherent_likelihood", "inherent_impact", "net_likelihood", "net_impact")
# Of each risk: its steps, inherent and net, likelihood before impact; its appetite; what holds it; why so.
SCORES: dict[str, tuple[tuple[int, int, int, int], int, str, str]] = {
    "R-01": (
        (4, 5, 3, 5),
        9,
        "Monthly monitoring of devices, and certification before they are fitted.",
        "Few devices lack a function; where they do, a service fails for every User of that device.",
    ),
    "R-02": (
        (5, 4, 4, 4),
        9,
        "Monthly monitoring, and the coverage database that is asked before dispatch.",
        "One Party fitted hubs of the wrong variant through July, a case is open, others order likewise.",
    ),
    "R-03": (
        (5, 4, 4, 3),
        12,
        "Monthly monitoring of the steps of install and commission.",
        "Some Party misses steps in most months; most of what is missed comes in later.",
    ),
    "R-04": (
        (5, 3, 5, 2),
        9,
        "Reports on certificates after commissioning.",
        "Found at some Party month after month; certificates are applied late rather than never.",
    ),
    "R-05": (
        (4, 4, 4, 3),
        9,
        "Monthly reconciliation of the inventory, and lists of devices for each Party.",
        "Removed devices stay in the inventory; what is crossed is found on a visit.",
    ),
    "R-06": (
        (5, 2, 5, 1),
        6,
        "Reports on changes of tenancy.",
        "Found at some Party in most months, a few occupiers each; nearly all access is restricted in time.",
    ),
    "R-07": (
        (4, 3, 4, 2),
        9,
        "Returns are counted by Party.",
        "Hubs come back late; the cost stays with the Party that keeps them.",
    ),
    "R-08": (
        (5, 3, 5, 2),
        9,
        "CPM4 and CPM5 each month.",
        "Category 1 is read in more than one way; Incidents are put right nonetheless.",
    ),
}
PROPOSED: dict[str, tuple[bool, str]] = {
    "R-01": (True, "It agrees with what the office hears: one Party now and then."),
    "R-02": (
        False,
        "It counts every Party alike. What one of them did in July is how several others order hubs too.",
    ),
}


@transaction.atomic
def make_risks(code: str) -> None:
    """Open the register and score it; what is there stays as it is."""
    if OperatingPeriod.objects.filter(code=code).exists():
        return
    story = Story(code, KEYS)
    opened = Opened("2022-23", dt.date(2022, 4, 1), dt.date(2023, 3, 31), METHOD, "pab", story.key())
    period = open_register(opened=opened, **story.told(story.sam, august(9, 10)))
    risks = {one.reference: one for one in Risk.objects.filter(code=code)}
    for reference, (is_accepted, reason) in PROPOSED.items():
        _proposed(story, risks[reference], period, is_accepted=is_accepted, reason=reason)
    for reference, (steps, appetite, control, reason) in SCORES.items():
        scored = Scored(
            METHOD,
            dict(zip(NAMES, map(str, steps), strict=True)),
            Decimal(appetite),
            Decimal(min(appetite, 6)),
            control,
            reason,
            story.key(),
        )
        told = story.told(story.jo, august(18, 14))
        score_risk(risk=risks[reference], period=period, scored=scored, **told)


def _proposed(story: Story, risk: Risk, period: OperatingPeriod, *, is_accepted: bool, reason: str) -> None:
    """Let the office propose a likelihood of a risk, and answer it a day later, where a month tells one."""
    asked = Asked(Fraction(1, 2), Fraction(1, 2), story.key())
    told = story.told(story.jo, august(17, 10))
    try:
        made = propose_likelihood(risk=risk, period=period, asked=asked, **told)
    except UnableToProposeLikelihood:
        return
    later = story.told(story.jo, august(18, 10))
    answer_likelihood(proposal=made, is_accepted=is_accepted, reason=reason, key=story.key(), **later)

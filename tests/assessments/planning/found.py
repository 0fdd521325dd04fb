"""A technique that was applied and reported before the period that is planned, with months on both sides."""

import datetime as dt

from tallystick.assessments.models import Application
from tests.assessments.cast import GUIDANCE, among
from tests.assessments.plan_cast import Cast
from tests.risks.test_seen import figure

SINCE = dt.date(2021, 3, 1)
BEFORE = ("2020-08", "2020-09", "2020-10", "2020-11", "2020-12", "2021-01", "2021-02")
AFTER = ("2021-04", "2021-05", "2021-06", "2021-07", "2021-08")


def applied(plans: Cast, good: int = 960) -> Application:
    """Report guidance, with 900 good of a thousand in each month before it, and so many after."""
    for place, period in enumerate((*BEFORE, *AFTER)):
        count = 900 + place % 3 if period in BEFORE else good + place % 3
        figure(None, period, classification="white", numerator=count, denominator=1000)
    return among(plans.of.of).reported(GUIDANCE, from_on=SINCE)

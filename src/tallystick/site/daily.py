"""What the worker does once a day for rooms that it does not know."""

import datetime as dt

from django.utils import timezone

from tallystick.cases.operations.clocks import pass_due
from tallystick.site import clock


def let_clocks_pass(now: dt.datetime) -> int:
    """Let the clocks of cases pass whose time is over; where a story ends on a past day, as on that day."""
    day = clock.today()
    return pass_due(dt.datetime.combine(day, timezone.localtime(now).timetz()), day)


CHORES = (let_clocks_pass,)

"""What day it is: today in the site's time zone, or the day that a demonstration's story ends on."""

import datetime as dt

from django.conf import settings
from django.utils import timezone


def today() -> dt.date:
    """Return the day that dates are counted from and roles are in force on."""
    told: str | None = settings.DEMO_DAY
    return dt.date.fromisoformat(told) if told else timezone.localdate()

"""What an address asks for, when it is asked, and the row that it names."""

import datetime as dt

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.urls.converters import StringConverter
from django.utils import timezone

from tallystick.decisions import queries
from tallystick.decisions.models import Motion
from tallystick.parties.policy.decision import Facts, may, needs_factor
from tallystick.parties.request import Request

FACTOR_IS_OLD = "Show your second factor again, then go on. Nothing was changed."
CONFLICT = 409


class MotionConverter(StringConverter):
    """The reference of a motion."""

    regex = "MOT-[0-9A-Za-z-]{1,16}"


class DecisionConverter(StringConverter):
    """The reference of a decision without a vote."""

    regex = "DEC-[0-9A-Za-z-]{1,16}"


class SavedConverter(StringConverter):
    """The end of an address that asks for its data instead of the page."""

    regex = "json|csv|xlsx"


def moment() -> dt.datetime:
    """Return the instant by which votes open and close: now.

    In a demonstration, whose story ends on a day that is past, the same time on that day.
    """
    now = timezone.localtime()
    if settings.DEMO_DAY is None:
        return now
    told = dt.date.fromisoformat(settings.DEMO_DAY)
    return now.replace(year=told.year, month=told.month, day=told.day)


def by_the_story(instant: dt.datetime) -> dt.datetime:
    """Return an instant as votes and decisions are dated: in a demonstration, as long before its own day."""
    return instant - (timezone.now() - moment())


def found(request: Request, reference: str) -> Motion:
    """Return a motion that whoever is acting may see.

    :raises Http404: if there is none
    """
    one = queries.motion(request.acting, reference)
    if one is None:
        raise Http404
    return one


def is_let(request: Request, act: str, facts: Facts) -> bool:
    """Let somebody go on who may; say so if all that is wanting is a second factor shown lately.

    :raises PermissionDenied: if they may not
    """
    now = timezone.now()
    if may(request.acting, act, facts, now=now):
        return True
    if not needs_factor(request.acting, act, facts, now=now):
        raise PermissionDenied
    messages.error(request, FACTOR_IS_OLD)
    return False


def as_file(content: str | bytes, kind: str, name: str) -> HttpResponse:
    """Return data as a file that is saved and never opened in place."""
    answer = HttpResponse(content, content_type=kind)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer

"""What the worker does once a day for rooms that it does not know."""

import datetime as dt

from django.db import transaction
from django.utils import timezone

from tallystick.assessments.matters.operations import windows
from tallystick.assessments.planning.operations import clocks as of_documents
from tallystick.assessments.questionnaires.operations.reminding import remind_due
from tallystick.cases.operations.clocks import pass_due
from tallystick.challenges.operations import clocks as of_challenges
from tallystick.derogations.operations import clocks as of_derogations
from tallystick.processes.operations.courses import settle_due
from tallystick.site import clock


def let_holds_begin_and_end(now: dt.datetime) -> int:
    """Write down which holds began and ended by today; it changes nothing of what a matter's page shows."""
    with transaction.atomic():
        return settle_due(*_today(now))


def let_clocks_pass(now: dt.datetime) -> int:
    """Let the clocks of cases pass whose time is over; where a story ends on a past day, as on that day."""
    return pass_due(*_today(now))


def let_challenges_pass(now: dt.datetime) -> int:
    """Let the clocks of challenges and disputes pass likewise: what nobody queried in time stands."""
    return of_challenges.pass_due(*_today(now))


def _today(now: dt.datetime) -> tuple[dt.datetime, dt.date]:
    day = clock.today()
    return dt.datetime.combine(day, timezone.localtime(now).timetz()), day


def let_derogations_end(now: dt.datetime) -> int:
    """Let derogations end whose last day is over or whose work is done, and reviews of forbearance come."""
    return of_derogations.pass_due(*_today(now))


def let_questionnaires_remind(now: dt.datetime) -> int:
    """Remind parties that have not answered a questionnaire, on the days of its clock."""
    return remind_due(*_today(now))


def let_windows_close(now: dt.datetime) -> int:
    """Let the query windows of comparisons and charges close whose time is over."""
    return windows.pass_due(*_today(now))


def let_consultations_end(now: dt.datetime) -> int:
    """Let consultations on documents of the year end, and documents whose period is over."""
    return of_documents.pass_due(*_today(now))


CHORES = (
    *(let_holds_begin_and_end, let_clocks_pass, let_challenges_pass, let_derogations_end),
    *(let_questionnaires_remind, let_windows_close, let_consultations_end),
)

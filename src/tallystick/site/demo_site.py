"""A folder made into an installation that shows the made-up year: its evidence, its people, its months."""

import datetime as dt
import json
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from django.conf import settings
from django.utils import timezone

from tallystick.demo.truth import Truth
from tallystick.journal import keys
from tallystick.journal.signing import checkpoint_if_due
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.rulebooks import rulebook_of
from tallystick.rulebook.periods import Span
from tallystick.runs import operations, tasks
from tallystick.runs.models import Run
from tallystick.site import (
    demo_applications,
    demo_cases,
    demo_challenges,
    demo_field,
    demo_gaps,
    demo_leave,
    demo_people,
    demo_plan,
    demo_publication,
    demo_risks,
    demo_votes,
    upgrading,
)
from tallystick.site.demo_people import Account

Tell = Callable[[str], None]
MOST_WAITS = 300
ORIGIN = "demo.tallystick.example/journal"


class UnableToMakeSite(Exception):
    """A month of the year could not be computed."""


def make(months: Sequence[str], tell: Tell, *, rest_later: bool = False) -> list[Account]:
    """Bring the database up, make the people, land the months; what is there stays as it is.

    :param months: such as 2021-07; none means every month of the year, the last one first
    :param rest_later: ask for runs of the other months, which the worker of the site computes
    :raises UnableToMakeSite: if a month cannot be computed
    """
    upgrading.upgrade(timezone.now())
    if not keys.exists(settings.HOME):
        keys.make(settings.HOME, ORIGIN)
    truth = Truth.read(settings.HOME)
    since = Span.parse(truth.periods[0]).first
    accounts = demo_people.make_people(rulebook_of(truth.code), timezone.now(), since)
    demo_votes.make_votes(truth.code, since, timezone.now())
    analyst = _analyst(truth.code)
    for period in months or reversed(truth.periods):
        for known_on in _known_ons(period, truth):
            _land(Span.parse(period), known_on, analyst, tell)
            if str(known_on) != truth.known_on:
                demo_cases.open_before_late_files(truth.code)
    demo_cases.make_cases(truth.code)
    demo_challenges.make_challenges(truth.code, demo_leave.make_leave(truth.code))
    demo_gaps.make_gaps(truth.code)
    demo_risks.make_risks(truth.code)
    demo_applications.make_applications(truth.code)
    demo_field.make_field(truth.code)
    demo_publication.make_publications(truth.code)
    demo_plan.make_plan(truth.code)
    if rest_later:
        for period in reversed(truth.periods):
            _ask(Span.parse(period), dt.date.fromisoformat(truth.known_on), analyst)
    checkpoint_if_due(settings.HOME, timezone.now())
    return accounts


def _ask(period: Span, known_on: dt.date, analyst: Acting) -> None:
    """Ask for a run of a month, unless it has one."""
    runs = Run.objects.filter(code=analyst.code, period=str(period), state__in=(*Run.UNDER_WAY, Run.LANDED))
    if not runs.exists():
        operations.start_run(period=period, known_on=known_on, by=analyst, at=timezone.now())


def _analyst(code: str) -> Acting:
    role = Role.objects.select_related("person").get(
        code=code, role=Role.ANALYST, person__email__endswith="@example.org"
    )
    return Acting(code, timezone.localdate(), role.person, role)


def _known_ons(period: str, truth: Truth) -> list[dt.date]:
    """Return the days a month is computed as of: of the last month also one before its late files came."""
    earlier = sorted(Path(settings.HOME).glob("truth-*.json")) if period == truth.periods[-1] else []
    told = [json.loads(file.read_text(encoding="utf-8"))["known_on"] for file in earlier]
    return [dt.date.fromisoformat(day) for day in (*told, truth.known_on)]


def _land(period: Span, known_on: dt.date, analyst: Acting, tell: Tell) -> None:
    landed = Run.objects.filter(code=analyst.code, period=str(period), known_on=known_on, state=Run.LANDED)
    if landed.exists():
        return
    tell(f"computing {period.words} as known on {known_on}")
    for _ in range(MOST_WAITS):
        under_way = Run.objects.filter(code=analyst.code, period=str(period), state__in=Run.UNDER_WAY)
        if not under_way.exists():
            operations.start_run(period=period, known_on=known_on, by=analyst, at=timezone.now())
        done = tasks.work_one(tasks.worker_name())
        if done is not None and done.state == Run.FAILED:
            raise UnableToMakeSite(f"{period.words}: {done.reason}")
        if landed.exists():
            return
        if done is None:
            time.sleep(1)  # one that was cut short is taken up again once its worker has been silent a while
    raise UnableToMakeSite(f"{period.words}: another worker has held its run for too long.")

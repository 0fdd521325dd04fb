"""Whose turn a run is: it belongs to one worker, as long as that one shows signs of life."""

import datetime as dt
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import Q

from tallystick.runs.models import Run

BEAT_SECONDS = 5
STALE = dt.timedelta(seconds=30)
MOST_ATTEMPTS = 2
BETWEEN_NEWS = dt.timedelta(seconds=1)


class Stopped(Exception):
    """The run is no longer this worker's: somebody cancelled it, or another worker took it up."""


class Turn(NamedTuple):
    """A run taken up; or one that is spent, having been taken up and left as often as may be."""

    run: Run
    is_spent: bool = False


@transaction.atomic
def claim(worker: str, at: dt.datetime) -> Turn | None:
    """Take up the run that has waited longest, or one whose worker went silent; None where none waits.

    A run that is spent stays as it is, to be given up.
    """
    skips = connection.features.has_select_for_update_skip_locked
    silent = Q(state=Run.RUNNING) & (Q(beat_at=None) | Q(beat_at__lt=at - STALE))
    waits = Run.objects.select_for_update(skip_locked=skips).filter(Q(state=Run.WAITING) | silent)
    run: Run | None = waits.order_by("asked_at", "pk").first()
    if run is None:
        return None
    if run.attempts >= MOST_ATTEMPTS:
        return Turn(run, is_spent=True)
    run.state, run.worker, run.beat_at = Run.RUNNING, worker, at
    run.attempts += 1
    run.started_at = run.started_at or at
    run.progress, run.fraction = "Taken up", 0
    run.save(update_fields=["state", "worker", "beat_at", "attempts", "started_at", "progress", "fraction"])
    return Turn(run)


@transaction.atomic
def give_back(run: Run) -> None:
    """Let a run wait again whose worker was told to stop; that does not count as an attempt."""
    try:
        held = _held(run)
    except Stopped:
        return
    held.state, held.worker, held.attempts = Run.WAITING, "", held.attempts - 1
    held.progress, held.fraction = "", 0
    held.save(update_fields=["state", "worker", "attempts", "progress", "fraction"])


@transaction.atomic
def beat(run: Run, at: dt.datetime) -> None:
    """Show a sign of life.

    :raises Stopped: if the run is no longer this worker's
    """
    held = _held(run)
    held.beat_at = at
    held.save(update_fields=["beat_at"])


def is_silent(run: Run, at: dt.datetime) -> bool:
    """Tell whether the worker of a run shows no sign of life, so that the next one takes the run up."""
    return run.state == Run.RUNNING and (run.beat_at is None or run.beat_at < at - STALE)


class News:
    """Tells how far a run is, at most once a second, and hears at every step whether to go on."""

    def __init__(self, run: Run) -> None:
        self._run = run
        self._told: dt.datetime | None = None

    def tell(self, progress: str, fraction: float, at: dt.datetime) -> None:
        """Note the step that begins now.

        :raises Stopped: if the run is no longer this worker's
        """
        if self._told is not None and at - self._told < BETWEEN_NEWS:
            # Steps can be many and short: to hear is a reading, which waits for no other writer.
            _of_worker(self._run, Run.objects.get(pk=self._run.pk))
            return
        self._note(progress, fraction, at)
        self._told = at

    @transaction.atomic
    def _note(self, progress: str, fraction: float, at: dt.datetime) -> None:
        held = _held(self._run)
        held.progress, held.fraction, held.beat_at = progress, fraction, at
        held.save(update_fields=["progress", "fraction", "beat_at"])


def _held(run: Run) -> Run:
    return _of_worker(run, Run.objects.select_for_update().get(pk=run.pk))


def _of_worker(run: Run, held: Run) -> Run:
    if (held.state, held.worker, held.attempts) != (Run.RUNNING, run.worker, run.attempts):
        raise Stopped(f"{run.reference} is no longer this worker's.")
    return held

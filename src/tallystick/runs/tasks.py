"""The worker: takes the runs that wait, one by one, and computes them."""

import contextlib
import datetime as dt
import logging
import os
import secrets
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from types import FrameType

from django.conf import settings
from django.core.management import call_command
from django.db import close_old_connections, connection
from django.utils import timezone

from tallystick.evidence.contents import UnableToOpenStore
from tallystick.evidence.receiving import UnableToReceive
from tallystick.journal import erasing, standing
from tallystick.journal.operations import UnableToCloseReadings, close_readings_of
from tallystick.journal.queries import has_removed, unclosed_days
from tallystick.journal.signing import checkpoint_if_due
from tallystick.journal.subjects import Actor
from tallystick.measures import sweeping
from tallystick.rulebook.periods import Span
from tallystick.runs import claims, exclusions, installation, operations, uploads
from tallystick.runs.computing import compute
from tallystick.runs.installation import UnableToFind
from tallystick.runs.models import Run

Chore = Callable[[dt.datetime], object]
WORKER = Actor("", "Worker")
PAUSE_SECONDS, READ_ONLY_SECONDS = 1.0, 5.0
ONE_DAY = dt.timedelta(days=1)
# How long what was done waits for a checkpoint at most, while the worker has nothing else to do.
SIGNED_EVERY = dt.timedelta(minutes=15)
UPLOADS_KEPT_SECONDS = 86_400

log = logging.getLogger(__name__)


def worker_name() -> str:
    """Return a name that no other worker has, or ever had."""
    return f"{socket.gethostname()[:30]}:{os.getpid()}:{secrets.token_hex(4)}"


def work(*, parent: int = 0, daily: Sequence[Chore] = ()) -> None:
    """Work until told to stop, or until the process that started us has gone; a run in hand is given back.

    :param daily: what rooms above have to be done once a day
    """

    def end(_signal: int, _frame: FrameType | None) -> None:
        raise SystemExit(0)

    for kind in (signal.SIGTERM, signal.SIGINT):
        signal.signal(kind, end)
    name, tidied, signed = worker_name(), None, timezone.now()
    while not parent or os.getppid() == parent:
        close_old_connections()
        now = timezone.now()
        if may_not_write():
            time.sleep(READ_ONLY_SECONDS)
            continue
        if now.date() != tidied:
            tidied = tidy(now)
            do_chores(daily, now)
        has_run = work_one(name) is not None
        if has_run or now - signed >= SIGNED_EVERY:
            checkpoint_if_due(settings.HOME, timezone.now())
            signed = now
        if not has_run:
            time.sleep(PAUSE_SECONDS)


class _Standing:
    """What was found when the journal was looked at: at the start, and while it may not be written to."""

    is_open = False


def may_not_write() -> bool:
    """Tell whether the journal is not what was signed, so that nothing may be done until it is seen to."""
    if not _Standing.is_open:
        _Standing.is_open = not standing.problem(settings.HOME)
    return not _Standing.is_open


def tidy(now: dt.datetime) -> dt.date:
    """Do what is done once a day: close the readings of settled days, remove what has no use any more.

    :return: the day on which it was done
    """
    uploads.sweep(now.timestamp() - UPLOADS_KEPT_SECONDS)
    for code in settings.CODES:
        _sweep_sums(code, now)
    call_command("clearsessions", verbosity=0)
    for day in unclosed_days(before=now.date()):
        with contextlib.suppress(UnableToCloseReadings):
            close_readings_of(day=day, by=WORKER, at=now)
    if has_removed(since=now - 2 * ONE_DAY):
        erasing.settle()
    checkpoint_if_due(settings.HOME, now, whole=True)
    return now.date()


def do_chores(daily: Sequence[Chore], now: dt.datetime) -> None:
    """Do what other rooms have done once a day; one that breaks down keeps nothing else from being done."""
    for chore in daily:
        try:
            chore(now)
        except Exception:
            log.exception("%s broke down", getattr(chore, "__name__", chore))


def _sweep_sums(code: str, now: dt.datetime) -> None:
    """Remove the sums of a code that nothing will look up again; one whose store cannot be read waits."""
    if not (settings.STORE / "partials" / code).is_dir():
        return
    with contextlib.suppress(UnableToFind, UnableToOpenStore):
        known = installation.known(code, timezone.localdate(now))
        removed = sweeping.sweep(known, now.timestamp())
        log.info("%d sums of %s that nothing uses were removed", removed, code)


def work_one(worker: str, *, beats: bool = True) -> Run | None:
    """Take up one run and see it through; None where none waits. `beats` is off where the caller is quick."""
    turn = claims.claim(worker, timezone.now())
    if turn is None:
        return None
    if turn.is_spent:
        return _gave_up(turn.run, f"It was cut short {turn.run.attempts} times before it had finished.")
    try:
        with _beating(turn.run) if beats else contextlib.nullcontext():
            return _seen_through(turn.run)
    except SystemExit:
        claims.give_back(turn.run)
        raise


def _seen_through(run: Run) -> Run:
    news = claims.News(run)
    try:
        exclusions.write_out(run.code, by=WORKER, at=timezone.now())
        period = Span.parse(run.period)
        found = compute(
            run.code, period, run.known_on, lambda step, part: news.tell(step, part, timezone.now())
        )
        news.tell("Landing", 0.97, timezone.now())
        return operations.land_run(run=run, computed=found, by=WORKER, at=timezone.now())
    except (claims.Stopped, operations.UnableToLandRun):
        return run
    except (UnableToFind, UnableToOpenStore, UnableToReceive) as refusal:
        return _gave_up(run, str(refusal))
    except Exception as fault:
        log.exception("%s broke down", run.reference)
        return _gave_up(run, f"The computing broke down ({type(fault).__name__}). The log says where.")


def _gave_up(run: Run, reason: str) -> Run:
    try:
        return operations.fail_run(run=run, reason=reason, by=WORKER, at=timezone.now())
    except operations.UnableToEndRun:
        return run


@contextlib.contextmanager
def _beating(run: Run) -> Iterator[None]:
    """Show signs of life while something long is done, on a thread and a connection of its own."""
    done = threading.Event()

    def show() -> None:
        try:
            while not done.wait(claims.BEAT_SECONDS):
                with contextlib.suppress(claims.Stopped):
                    claims.beat(run, timezone.now())
        finally:
            connection.close()

    thread = threading.Thread(target=show, daemon=True)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()

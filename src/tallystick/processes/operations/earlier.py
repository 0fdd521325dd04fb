"""What a clock waits for came about before its day: it is due on the earlier one."""

import datetime as dt

from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.models import Course
from tallystick.processes.operations.rows import locked, settled
from tallystick.processes.wishes import UnableToMove, quoted


@unscoped(BY_AN_ACT)
def due_earlier(course: Course, clock: str, due_on: dt.date, *, on: dt.date, at: dt.datetime) -> None:
    """Let a clock of a course that runs be due on an earlier day, within the act of a room upstairs.

    It is due no earlier than it started, and one that was due before that day stays as it is.

    :raises UnableToMove: if it does not run, or stands still
    """
    [held] = locked([course])
    rows, _ = settled([held], on, at)[held.pk]
    timer = next((one for one in rows.timers if one.clock == clock and one.ended_on is None), None)
    if timer is None or timer.due_on is None:
        raise UnableToMove(f"{quoted(clock)} is due as before.", "It does not run.", "Let it run first.")
    earlier = max(timer.started_on, min(timer.due_on, due_on))
    if earlier != timer.due_on:
        timer.due_on = earlier
        timer.save(update_fields=["due_on"])

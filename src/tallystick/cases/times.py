"""The clocks of a case and of its remedy, each with how it was counted."""

import datetime as dt

from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.processes import times
from tallystick.processes.times import Shown


def clocks(case: Case, on: dt.date, matter: Matter | None = None) -> list[Shown]:
    """Return the clocks of a case and of its remedies: running ones first, by their day; then those ended.

    :param matter: the rows of the case, where they are read already
    """
    rows = matter or Matter(case)
    return times.clocks(rows.courses, rows.rows, on)

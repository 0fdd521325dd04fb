"""Where a case stands on its own track and on the ladder, stage by stage."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tallystick.cases.facts import facts_of
from tallystick.cases.matter import Matter
from tallystick.cases.models import Case
from tallystick.processes.guards import PREDICATES
from tallystick.processes.rungs import Asked, Rung, rungs

CASE, LADDER = "case", "ladder"
Facts = Mapping[str, Any]


def stages(case: Case, on: dt.date, facts: Facts | None = None, matter: Matter | None = None) -> list[Rung]:
    """Return the stages of a case, in the order of its rule.

    :param facts: those of the case on the day, where they are known already
    :param matter: the rows of the case, where they are read already
    """
    return rungs(_asked(matter or Matter(case), on, facts), CASE, on)


def ladder(case: Case, on: dt.date, facts: Facts | None = None, matter: Matter | None = None) -> list[Rung]:
    """Return the steps of the ladder, in the order of its rule.

    :param facts: those of the case on the day, where they are known already
    :param matter: the rows of the case, where they are read already
    """
    return rungs(_asked(matter or Matter(case), on, facts), LADDER, on)


def _asked(matter: Matter, on: dt.date, facts: Facts | None) -> Asked:
    case = matter.case
    known = facts_of(case, on, matter) if facts is None else facts
    return Asked(case.course, matter.rows[case.course_id], known, PREDICATES, matter.steps, "case")

"""What is known of an application when somebody wants to move it, and how its rule calls it."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from tallystick.assessments.models import Application
from tallystick.assessments.techniques.outcomes import CONCLUDED_EACH
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of, standing_of
from tallystick.rulebook.techniques import Technique

PROCESS = "application"
ANSWERS = "answers"  # the clock of what parties are asked
PLANNED, UNDER_WAY, REPORTED = "planned", "under_way", "reported"
WHY = "Counts the parts of an application that was found through what somebody may see."


def technique_of(row: Application) -> Technique:
    """Return the technique that an application applies, as the catalogue has it."""
    return rulebook_of(row.code).techniques[row.technique]


@unscoped(WHY)
def facts_of(row: Application, on: dt.date) -> Mapping[str, Any]:
    """Return the facts of an application on the day."""
    waits = technique_of(row).form in CONCLUDED_EACH
    return {"today": on, "parts_without_outcome": row.parts.filter(outcome="").count() if waits else 0}


def stage_of(row: Application, on: dt.date) -> str:
    """Return the stage in which an application stands on the day."""
    return standing_of(row.course, on).at[process_of(row.course).main]

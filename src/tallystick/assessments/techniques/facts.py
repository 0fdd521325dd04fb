"""What is known of an application when somebody wants to move it, and how its rule calls it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tallystick.assessments.models import Application
from tallystick.assessments.techniques.outcomes import CONCLUDED_EACH
from tallystick.parties.policy.guard import unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.queries import process_of, standing_of

PROCESS = "application"
ANSWERS = "answers"  # the clock of what parties are asked
PLANNED, UNDER_WAY, REPORTED = "planned", "under_way", "reported"
WHY = "Counts the parts of an application that was found through what somebody may see."


@dataclass(frozen=True)
class Known:
    """The technique of an application, as far as it is known.

    The form is that under which the application was begun. Of a technique that a later edition of the
    rulebook dropped, the catalogue has nothing: the key stays, and the title and the form that were kept.
    """

    key: str
    title: str
    short: str
    form: str
    says: str = ""
    classes: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    is_dropped: bool = False


def technique_of(row: Application) -> Known:
    """Return the technique that an application applies: as the catalogue has it, or as it was kept."""
    rule = rulebook_of(row.code).techniques.get(row.technique)
    if rule is None:
        name = row.called or row.technique
        return Known(row.technique, name, name, row.form, is_dropped=True)
    form, short = row.form or rule.form, rule.short or rule.title
    return Known(rule.key, rule.title, short, form, rule.says, rule.classes, rule.measures)


@unscoped(WHY)
def facts_of(row: Application, on: dt.date) -> Mapping[str, Any]:
    """Return the facts of an application on the day."""
    waits = technique_of(row).form in CONCLUDED_EACH
    return {"today": on, "parts_without_outcome": row.parts.filter(outcome="").count() if waits else 0}


def stage_of(row: Application, on: dt.date) -> str:
    """Return the stage in which an application stands on the day."""
    return standing_of(row.course, on).at[process_of(row.course).main]

"""The end of a remedy, within the act that ends its case."""

import datetime as dt

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case
from tallystick.cases.operations.remedy_rows import step
from tallystick.cases.progress import stages_of
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import process_of


@unscoped(BY_AN_ACT)
def end_remedies(case: Case, key: str, *, by: Acting, at: dt.datetime) -> None:
    """End what stands of a case's remedy, within the act that ends the case and has locked it.

    What was carried out and has done finishes; all else gives way.
    """
    for remedy, stage in stages_of(case, by.day):
        if process_of(remedy.course).stage(stage).ends:
            continue
        facts = facts_of(case, by.day)
        has_done = stage == "accepted" and facts["milestones_open"] == 0 and facts["criterion_met"]
        if has_done:
            taken = Taken("finish", key)
        elif stage == "filed":
            taken = Taken("set_aside", key, said={"why": "The case has ended."})
        else:
            taken = Taken("supersede", key)
        step(remedy, taken, facts, by, at)

"""The milestones of a remedy that is carried out: verified one by one, and warned of in time."""

import datetime as dt

from django.db import transaction

from tallystick.cases.facts import facts_of
from tallystick.cases.models import Case, Milestone, MilestoneMet, Remedy
from tallystick.cases.operations.entries import common, locked_case
from tallystick.cases.operations.remedy_rows import enter_remedy, fresh, has_taken, next_due, step
from tallystick.cases.progress import carried_of, progress_of
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.processes.operations.courses import Taken
from tallystick.processes.said import words_of


class UnableToMeetMilestone(Exception):
    """It is of a version that is not carried out, was met before, or nothing shows that it is met."""


@transaction.atomic
@unscoped(BY_AN_ACT)
def meet_milestone(
    *, milestone: Milestone, on: dt.date | None, by_what: str, key: str, by: Acting, at: dt.datetime
) -> MilestoneMet:
    """Verify that a milestone was met on a day, by what proves it.

    Of one that the measure proves, the months say on which day, and whether.

    :raises UnableToMeetMilestone: if nothing shows it, it was met before, or its version does not stand
    :raises UnableToMove: if it is not for this role
    """
    case, held = locked_case(milestone.remedy.case), fresh(milestone.remedy)
    there: MilestoneMet | None = (
        MilestoneMet.objects.filter(milestone__thread=milestone.thread)
        .filter(milestone__remedy__case=case)
        .first()
    )
    if there is not None and there.milestone_id == milestone.pk and has_taken(held, key):
        return there
    if there is not None:
        raise UnableToMeetMilestone(f"Milestone {milestone.number} was met on {there.on}.")
    if carried_of(case, by.day) != held or by.person is None:
        raise UnableToMeetMilestone(f"Version {held.version} is not being carried out.")
    day, proof = _proved(held, milestone, on, by_what, by)
    met = MilestoneMet(
        **common(case), milestone=milestone, on=day, by_what=proof, verified_by=by.person, verified_at=at
    )
    met.save(force_insert=True)
    _go_on(case, held, key, by, at)
    said = (
        f"verified milestone {milestone.number} of the remedy of {case.reference}, met on {day.isoformat()}"
    )
    facts = {"milestone": milestone.number, "on": day.isoformat(), "by_what": proof}
    facts |= named(*worded(met, "by_what"))
    enter_remedy("meet_milestone", held, by, at, said, **facts)
    return met


@transaction.atomic
@unscoped(BY_AN_ACT)
def warn(*, remedy: Remedy, why: str, key: str, by: Acting, at: dt.datetime) -> Remedy:
    """Say that a remedy is at risk, before a milestone is missed: its party or the office.

    :raises UnableToMove: if it is not carried out, no reason is given, or it is not for this role
    """
    return _noted(remedy, "warn", why, key, by, at)


@transaction.atomic
@unscoped(BY_AN_ACT)
def recover(*, remedy: Remedy, why: str, key: str, by: Acting, at: dt.datetime) -> Remedy:
    """Say that what put a remedy at risk is gone.

    :raises UnableToMove: if it is not at risk, no reason is given, or it is not for this role
    """
    return _noted(remedy, "recover", why, key, by, at)


def _noted(remedy: Remedy, move: str, why: str, key: str, by: Acting, at: dt.datetime) -> Remedy:
    case, held = locked_case(remedy.case), fresh(remedy)
    was_done = has_taken(held, key)
    made = step(held, Taken(move, key, said={"why": why.strip()}), facts_of(case, by.day), by, at)
    if not was_done:
        seen = "saw a risk to" if move == "warn" else "saw the risk gone from"
        said = f"{seen} version {held.version} of the remedy of {case.reference}: {why.strip()}"
        told = {"why": why.strip(), **named(*words_of(made))}
        enter_remedy(f"{move}_of_remedy", held, by, at, said, **told)
    return held


def _proved(
    remedy: Remedy, milestone: Milestone, on: dt.date | None, by_what: str, by: Acting
) -> tuple[dt.date, str]:
    """Return the day on which a milestone was met, and by what.

    :raises UnableToMeetMilestone: if the day is to come, nothing is said, or the months do not say so
    """
    if remedy.measure and milestone.proof == remedy.measure:
        measured = progress_of(remedy, by.day).measured
        if measured is None or measured.reached_on is None:
            raise UnableToMeetMilestone(f"{remedy.measure} does not show it yet.")
        months = [one for one in measured.months if one.counts and one.period <= str(measured.reached_on)[:7]]
        shown = ", ".join(f"{one.period}: {one.numerator} of {one.denominator}" for one in months)
        return measured.reached_on, by_what.strip() or f"{remedy.measure}, {shown}"
    if on is None or on > by.day:
        raise UnableToMeetMilestone("It is met on a day that has been. Say which.")
    if not by_what.strip():
        raise UnableToMeetMilestone("Say what proves it.")
    return on, by_what.strip()


def _go_on(case: Case, remedy: Remedy, key: str, by: Acting, at: dt.datetime) -> None:
    """Let the clock run to the next milestone; one past its day leaves it missed."""
    facts, stands = facts_of(case, by.day), progress_of(remedy, by.day).open
    if not stands:
        step(remedy, Taken("meet_last_milestone", key), facts, by, at)
        return
    step(remedy, Taken("meet_milestone", key, stated=next_due(stands, by)), facts, by, at)
    if facts["milestones_missed"]:
        step(remedy, Taken("miss", f"{key[:56]}-missed"), facts, by, at)

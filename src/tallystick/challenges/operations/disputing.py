"""A dispute is raised, taken up, determined and corrected: it blames nobody, and no case waits for it."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.challenges.matter import Matter
from tallystick.challenges.models import KEY, Dispute
from tallystick.challenges.operations.entries import enter, locked_dispute
from tallystick.challenges.operations.steps import has_taken, step
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import UnableToTakeStep
from tallystick.processes.operations.courses import Taken, begin_course
from tallystick.processes.queries import process_of
from tallystick.processes.said import words_of
from tallystick.runs.models import Finding, Run

PROCESS, RAISE, CORRECT = "dispute", "raise", "correct"


class UnableToDispute(Exception):
    """It is not the party's to raise, is about no figure that was computed, or the form raised another."""


class UnableToCorrect(Exception):
    """The run is of another period, is none that stands, or landed before it was determined."""


@dataclass(frozen=True)
class Raised:
    """A dispute as the form has it: about a finding, or a measure in a period; `matter` is what is wrong."""

    matter: str
    key: str
    finding: Finding | None = None
    measure: str = ""
    period: str = ""


@transaction.atomic
@unscoped(BY_AN_ACT)
def raise_dispute(*, raised: Raised, by: Acting, at: dt.datetime) -> Dispute:
    """Raise a dispute, as the party whose figure it is. The same form again gives the same dispute.

    :raises UnableToDispute: if it is not the party's, or nothing was computed of it
    :raises UnableToMove: if nothing is said
    """
    if by.person is None or by.name != Role.PARTY_DELEGATE or by.organisation is None:
        raise UnableToDispute("A party raises a dispute about its own figures.")
    there = _raised_before(raised, by)
    if there is not None:
        return there
    run = _check(raised, by)
    dispute, is_new = _written(raised, run, by, at)
    if not is_new:
        return dispute
    made = step(dispute, Taken(RAISE, raised.key, said={"matter": raised.matter.strip()}), by, at)
    about = dispute.finding.reference if dispute.finding else f"{dispute.measure} in {dispute.period}"
    facts = {"about": about, "run": run.reference, "matter": raised.matter.strip()}
    told = {**facts, **named(*words_of(made))}
    enter("raise_dispute", dispute, by, at, f"raised {dispute.reference} about {about}", told)
    return dispute


@transaction.atomic
@unscoped(BY_AN_ACT)
def step_dispute(*, dispute: Dispute, taken: Taken, by: Acting, at: dt.datetime, decision: str = "") -> Step:
    """Take one of the next lawful steps of a dispute, once.

    :param decision: the reference of what a body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it
    :raises UnableToTakeStep: if another act makes the move, or no such decision waits to be carried out
    """
    if taken.move == CORRECT:
        raise UnableToTakeStep("Use the form to correct it: it names the run that the correction came to.")
    held = locked_dispute(dispute)
    was_done = has_taken(held, taken.key)
    made = step(held, taken, by, at, decision)
    if not was_done:
        title = process_of(held.course).moves[made.move].title
        facts = {"move": made.move, "stages": [made.from_stage, made.to_stage], "said": made.said}
        facts |= {"decision": decision.strip(), **named(*words_of(made))}
        enter("step_dispute", held, by, at, f"took a step of {held.reference}: {title}", facts)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def correct_dispute(
    *, dispute: Dispute, run: Run, corrected: str, key: str, by: Acting, at: dt.datetime
) -> Dispute:
    """Close a dispute that was determined, by the run whose figures are the corrected ones.

    :raises UnableToCorrect: if the run is none that landed since for the period
    :raises UnableToMove: if it was not determined, nothing is said, or it is not for this role
    """
    held = locked_dispute(dispute)
    if has_taken(held, key):
        step(held, Taken(CORRECT, key, said={"corrected": corrected.strip()}), by, at)
        return held
    since = Matter(held).since
    if (run.code, run.period) != (held.code, held.period):
        raise UnableToCorrect(f"{run.reference} is no run of {held.period}.")
    if not run.is_current or run.ended_at is None or since is None or run.ended_at < since:
        raise UnableToCorrect(
            f"{run.reference} is no run that stands and has landed since it was determined."
        )
    made = step(held, Taken(CORRECT, key, said={"corrected": corrected.strip()}), by, at)
    held.corrected_by = run
    held.save(update_fields=["corrected_by"])
    facts = {"run": run.reference, "before": held.run.reference, "corrected": corrected.strip()}
    told = {**facts, **named(*words_of(made))}
    enter("correct_dispute", held, by, at, f"corrected {held.reference} by {run.reference}", told)
    return held


def _raised_before(raised: Raised, by: Acting) -> Dispute | None:
    """Return the dispute that the form raised before.

    :raises UnableToDispute: if it was about something else then
    """
    there: Dispute | None = Dispute.objects.filter(raised_by=by.person, key=raised.key).first()
    if there is None:
        return None
    finding = raised.finding
    told = (finding.pk, "", finding.period) if finding else (None, raised.measure, raised.period)
    if told != (there.finding_id, there.measure, there.period):
        raise UnableToDispute(f"This form raised {there.reference} before. Open the page again.")
    return there


def _check(raised: Raised, by: Acting) -> Run:
    """Return the run whose figures are disputed."""
    finding = raised.finding
    if not 0 < len(raised.key) <= KEY:
        raise UnableToDispute("The form has no key, so that it could raise two. Open the page again.")
    if (finding is None) == (not raised.measure):
        raise UnableToDispute("A dispute is about a finding, or about a measure in a period.")
    if finding is not None and (finding.code != by.code or finding.party != by.organisation):
        raise UnableToDispute(f"{finding.reference} is no finding on {by.organisation}.")
    if finding is None and raised.measure not in rulebook_of(by.code).measures:
        raise UnableToDispute(f"The code has no measure {raised.measure[:60]!r}.")
    period = finding.period if finding is not None else raised.period
    run: Run | None = Run.objects.filter(code=by.code, period=period, is_current=True).first()
    if run is None:
        raise UnableToDispute(f"Nothing was computed for {period[:10]!r} yet.")
    return run


def _written(raised: Raised, run: Run, by: Acting, at: dt.datetime) -> tuple[Dispute, bool]:
    """Write a dispute with its course; neither where the same form, sent twice at once, was quicker."""
    before = transaction.savepoint()
    drafted = Dispute(
        code=by.code,
        classification=class_of(rulebook_of(by.code), "dispute", by.day, by.organisation),
        publicity=Dispute.ISSUED,
        party=by.organisation,
        finding=raised.finding,
        measure="" if raised.finding else raised.measure,
        period=run.period,
        run=run,
        raised_by=by.person,
        raised_at=at,
        key=raised.key,
    )
    drafted.course = begin_course(drafted, PROCESS, on=by.day, at=at)

    def fresh() -> Dispute:
        drafted.pk, drafted.reference = None, new_reference("DIS", by.day.year)
        return drafted

    dispute, is_new = written_once(fresh, lambda: _raised_before(raised, by))
    if not is_new:
        transaction.savepoint_rollback(before)
    return dispute, is_new

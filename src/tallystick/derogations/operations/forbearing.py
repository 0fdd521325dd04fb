"""Forbearance is proposed by the office, decided by its body, looked at again, and ended."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.marks import class_of
from tallystick.decisions.models import new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.decisions.worded import named, worded
from tallystick.derogations.drafts import LONGEST, has_begun
from tallystick.derogations.facts import REVIEW, body_of, came_before, facts_of_forbearance, stage_of
from tallystick.derogations.models import Forbearance
from tallystick.derogations.models.forbearance import KEY
from tallystick.derogations.operations.entries import enter, locked_forbearance
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes import decided
from tallystick.processes.guards import PREDICATES
from tallystick.processes.models import Step
from tallystick.processes.operations.carrying import as_decided, carry_out, decided_so
from tallystick.processes.operations.courses import Taken, begin_course, follow, take_step
from tallystick.processes.queries import process_of, standing_of
from tallystick.processes.said import words_of

PROCESS = "forbearance"
WITHDRAWN = "withdrawn"
DECIDED = ("decide", "go_on")


class UnableToProposeForbearance(Exception):
    """Nothing is said why, the code has no such obligation, it was proposed already, or not by the office."""


@dataclass(frozen=True)
class Proposal:
    """What is not to be pursued and why, as the form has it; `key` is that of the form."""

    obligation: str
    why: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def propose_forbearance(*, proposal: Proposal, by: Acting, at: dt.datetime) -> Forbearance:
    """Propose not to pursue an obligation, of any party. The office alone reads it until it is decided.

    :raises UnableToProposeForbearance: if it is for another role, nothing is said, or it was proposed
    """
    if by.person is None or by.name not in Role.OFFICE:
        raise UnableToProposeForbearance("The office proposes it, and its body decides.")
    there = _proposed_before(proposal, by)
    if there is not None:
        return there
    _check(proposal, by)
    before = transaction.savepoint()
    row = _row(proposal, by, at)
    course = begin_course(row, PROCESS, on=by.day, at=at)
    key = body_of(process_of(course), process_of(course).begins[process_of(course).main])

    def fresh() -> Forbearance:
        row = _row(proposal, by, at)
        row.course_id, row.reference = course.pk, new_reference("FOR", by.day.year)
        row.body = decided.body_of(by.code, key, by.day)
        return row

    made, is_new = written_once(fresh, lambda: _proposed_before(proposal, by))
    if not is_new:
        transaction.savepoint_rollback(before)
        return made
    follow(course, made)
    said = f"proposed {made.reference}: not to pursue {made.obligation}"
    told = {"obligation": made.obligation, "why": made.why, **named(*worded(made, "why"))}
    enter("propose_forbearance", made, by, at, said, told)
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def take_forbearance_step(
    *, forbearance: Forbearance, taken: Taken, by: Acting, at: dt.datetime, decision: str = ""
) -> Step:
    """Take a step of forbearance, once: decide it with the day of its review, look again, go on, or end it.

    :param decision: the reference of what the body decided, where the step carries that out
    :raises UnableToMove: if the rule does not allow it, or no day of review is stated that lies ahead
    :raises UnableToTakeStep: if no such decision waits to be carried out
    """
    held = locked_forbearance(forbearance)
    if held.course.steps.filter(key=taken.key).exists():
        return take_step(held.course, taken, {}, PREDICATES, by=by, at=at)
    standing = standing_of(held.course, by.day)
    facts = dict(facts_of_forbearance(held, by.day, standing, taken.stated.get(REVIEW)))
    found = decided_so(held.course, taken.move, decision, came_before(held.course), by)
    if found is not None:
        facts |= as_decided(held.course, taken.move)
    made = take_step(held.course, taken, facts, PREDICATES, by=by, at=at)
    if found is not None:
        carry_out(made, found)
    _settle(held, taken, by.day, at)
    title = process_of(held.course).moves[made.move].title
    said = f"took a step of {held.reference}: {title}"
    told = {"move": made.move, "stages": [made.from_stage, made.to_stage], "said": made.said}
    told |= {"review_on": str(held.review_on or ""), "decision": decision.strip(), **named(*words_of(made))}
    enter("take_forbearance_step", held, by, at, said, told)
    return made


def _settle(row: Forbearance, taken: Taken, on: dt.date, at: dt.datetime) -> None:
    """Give forbearance the days and the state that follow from where it stands."""
    value = process_of(row.course)
    stage = stage_of(value, standing_of(row.course, on))
    if taken.move in DECIDED:
        row.since_on, row.review_on = row.since_on or on, taken.stated[REVIEW]
        row.publicity = Forbearance.ISSUED
    if value.stage(stage).ends:
        row.ended_at = at
        row.ended_on = on if row.since_on is not None else None
        # What was taken back before anybody decided on it stays in the office.
        row.publicity = row.publicity if stage == WITHDRAWN else Forbearance.CLOSED
    row.save(update_fields=["since_on", "review_on", "ended_on", "ended_at", "publicity"])
    follow(row.course, row)


def _check(proposal: Proposal, by: Acting) -> None:
    if not 0 < len(proposal.key) <= KEY:
        raise UnableToProposeForbearance("The form has no key, so that it could propose two.")
    if not proposal.why.strip() or len(proposal.why) > LONGEST:
        raise UnableToProposeForbearance(f"Say why it is not to be pursued, in {LONGEST} characters at most.")
    rulebook = rulebook_of(by.code)
    if not has_begun(rulebook, PROCESS, by.day):
        raise UnableToProposeForbearance("The code has no forbearance on that day.")
    if proposal.obligation not in rulebook.obligations:
        raise UnableToProposeForbearance(f"The code has no obligation {proposal.obligation[:60]!r}.")
    going = Forbearance.objects.filter(code=by.code, obligation=proposal.obligation, ended_at=None).first()
    if going is not None:
        raise UnableToProposeForbearance(f"{going.reference} is about {proposal.obligation} already.")


def _proposed_before(proposal: Proposal, by: Acting) -> Forbearance | None:
    """Return what the form proposed before.

    :raises UnableToProposeForbearance: if it proposed something else then
    """
    there: Forbearance | None = Forbearance.objects.filter(proposed_by=by.person, key=proposal.key).first()
    if there is not None and (there.obligation, there.why) != (proposal.obligation, proposal.why.strip()):
        raise UnableToProposeForbearance(f"This form proposed {there.reference} before. Open the page again.")
    return there


def _row(proposal: Proposal, by: Acting, at: dt.datetime) -> Forbearance:
    return Forbearance(
        code=by.code,
        classification=class_of(rulebook_of(by.code), "decision", by.day, None, Forbearance.GREEN),
        obligation=proposal.obligation,
        why=proposal.why.strip(),
        proposed_by=by.person,
        proposed_at=at,
        key=proposal.key,
    )

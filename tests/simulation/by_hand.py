"""What held when a step was taken, told from rows that stay: steps, votes, terms of members."""

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from tallystick.cases.models import Case, Message, SharedLines
from tallystick.challenges.models import Challenge
from tallystick.decisions.models import Ballot, Decision, Motion, SeatAtMotion
from tallystick.parties.models import Membership
from tallystick.processes.models import CarriedOut, Course, Step
from tallystick.runs.models import FindingVersion
from tests.simulation.law import Law

AGREED = ("carried", "AGREED", "APPROVED", "ENDORSED", "REFERRED")
REJECTED = ("not_carried", "REJECTED")
RUNS = ("queried", "appealed")
SUSPENSION = "is_not_suspended"
UNDER_CHALLENGE = ("vary", "revoke", "refuse")  # steps of leave that a challenge suspends
Decided = Motion | Decision


def rule_of(step: Step) -> dict[str, str]:
    rule: dict[str, str] = Law.of(step.course.process, step.course.value_day).moves[step.move]
    return rule


def carried_by(step: Step) -> Decided:
    """Return what a step carried out."""
    done = CarriedOut.objects.get(step=step)
    of = done.motion or done.decision
    assert of is not None
    return of


def moment_of(of: Decided) -> dt.datetime:
    at = of.closed_at if isinstance(of, Motion) else of.recorded_at
    assert at is not None
    return at


def stood_in(challenge: Challenge, before: dt.datetime) -> tuple[str, str]:
    """Return where a challenge stood just before a moment, and what became of its effect, by its steps."""
    before_it = challenge.course.steps.filter(at__lt=before).order_by("pk")
    at = {"query": "decided", "effect": "suspends", **dict(before_it.values_list("track", "to_stage"))}
    return at["query"], at["effect"]


def suspends_then(challenge: Challenge, before: dt.datetime) -> bool:
    stage, effect = stood_in(challenge, before)
    return stage in RUNS and effect == "suspends"


def suspended_then(course: int, before: dt.datetime) -> str:
    """Return the challenge that held up a case just before a moment, by its reference, if one did."""
    done = CarriedOut.objects.filter(
        Q(step__track="ladder") | Q(step__move__in=UNDER_CHALLENGE), course=course, step__at__lt=before
    )
    own = [one for each in done.order_by("pk") for one in challenges_of(each)]
    return next((one.reference for one in own if suspends_then(one, before)), "")


def challenges_of(done: CarriedOut) -> Iterable[Challenge]:
    """Return the challenge of what was carried out, if it was served, before that or since."""
    own = Q(motion=done.motion_id) if done.motion_id else Q(decision=done.decision_id)
    return Challenge.objects.filter(own).select_related("course")


def took_part(of: Decided) -> set[int]:
    """Return who decided: those who could vote, or voted; without a vote, the members of the day."""
    if not isinstance(of, Motion):
        terms = Membership.objects.filter(seat__body=of.body, from_on__lte=of.on)
        return {one.person_id for one in terms if one.until_on is None or of.on < one.until_on}
    seats = SeatAtMotion.objects.filter(motion=of, state=SeatAtMotion.FILLED, stood_aside=None)
    cast = Ballot.objects.filter(motion=of).values_list("cast_by", flat=True)
    return {*seats.values_list("holder__person", flat=True), *cast} - {None}


def deciders(challenge: Challenge, before: dt.datetime) -> set[int]:
    """Return who decided on what is challenged, or on the query, before a moment."""
    answers = challenge.course.steps.filter(at__lt=before, carried__isnull=False)
    of_board = (carried_by(one) for one in answers if rule_of(one).get("body") == "pab")
    return set().union(*(took_part(one) for one in (challenge.decided, *of_board)))


def held_by_hand(step: Step, guard: str, body: str) -> bool:
    """Tell whether a guard held when a step was taken, where rows that stay tell it."""
    if guard == "body_has_decided":
        of = carried_by(step)
        so = of.outcome if isinstance(of, Motion) else of.verb
        wanted = REJECTED if rule_of(step).get("outcome") == "rejected" else AGREED
        is_its = of.body.key.lower() == body and of.party_id == step.course.party_id
        return is_its and so in wanted and moment_of(of) <= step.at
    if guard == SUSPENSION:
        return not suspended_then(step.course_id, step.at)
    if guard == "decision_was_changed":
        done = CarriedOut.objects.filter(course=step.course_id).order_by("pk")
        own = [one for each in done for one in challenges_of(each)]
        return any(one.course.steps.filter(to_stage="changed", at=step.at).exists() for one in own)
    if guard == "heard_by_others":
        challenge = Challenge.objects.get(course=step.course_id)
        return not deciders(challenge, step.at) & took_part(carried_by(step))
    if guard in ("has_an_end", "has_a_review"):
        return all(dt.date.fromisoformat(day) > step.on for day in step.stated.values())
    return _held_of_case(step, guard)


def _held_of_case(step: Step, guard: str) -> bool:
    case = Case.objects.filter(course=step.course_id).first()
    if case is None:
        return True
    if guard == "draft_was_shown":
        return Message.objects.filter(case=case, kind=Message.TO_PUBLISH, sent_at__lte=step.at).exists()
    if guard == "lines_are_shared":
        own = FindingVersion.objects.filter(finding__in=case.case_findings.values("finding"), at__lte=step.at)
        return not own.filter(exceptions__gt=0).exists() or SharedLines.objects.filter(case=case).exists()
    if guard == "auditor_is_satisfied":
        said = case.auditor_satisfied_at
        return case.source != Case.AUDIT or (said is not None and said <= step.at)
    return True


def carried_out_of(course: Course) -> Iterable[tuple[Step, Decided]]:
    """Yield each step of a course that carried something out, with that."""
    for step in course.steps.filter(carried__isnull=False).order_by("pk"):
        yield step, carried_by(step)

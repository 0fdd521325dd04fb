"""The office serves a decision on its party, whose time to query begins with its receipt."""

import datetime as dt
from dataclasses import dataclass

from django.db import transaction

from tallystick.cases.decided import hearing
from tallystick.challenges.deciders import day_of
from tallystick.challenges.facts import QUERIED
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import KEY, Challenge
from tallystick.challenges.operations.entries import enter
from tallystick.challenges.operations.steps import step
from tallystick.challenges.suspending import challenge_of
from tallystick.decisions.marks import class_of
from tallystick.decisions.models import Motion, new_reference
from tallystick.decisions.operations.entries import written_once
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes.decided import VERBS, VOTES, Decided
from tallystick.processes.operations.carrying import carried_out, lock_decided
from tallystick.processes.operations.courses import Taken, begin_course
from tallystick.rulebook.rulebook import Rulebook

PROCESS, SERVE, WINDOW = "query", "serve", "query_window"


class UnableToServe(Exception):
    """It decides nothing about a party, is not to be queried, was served, or its receipt cannot be."""


@dataclass(frozen=True)
class Served:
    """A decision as it is served, and the day on which the party received it; `key` is that of the form."""

    decided: Decided
    received_on: dt.date
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def serve_decision(*, served: Served, by: Acting, at: dt.datetime) -> Challenge:
    """Serve a decision on its party, which may query it from the day it received it. It is served once.

    It may be carried out before or afterwards: all that carries it out is challenged with it.

    :raises UnableToServe: if it is none to be queried, was served before, or the receipt cannot be so
    :raises UnableToMove: if it is not for this role
    """
    if by.person is None:
        raise UnableToServe("A decision is served by somebody. Sign in.")
    there = _served_before(served, by)
    if there is not None:
        return there
    lock_decided(served.decided)
    _check(served, by)
    challenge, is_new = _written(served, by, at)
    if not is_new:
        return challenge
    step(challenge, Taken(SERVE, served.key, on=served.received_on), by, at)
    window = Matter(challenge).standing(by.day).running(WINDOW)
    if window is not None and window.is_past(by.day):
        raise UnableToServe(
            f"Its time to query would be over since {window.due_on}. Serve it so that the party has its time."
        )
    said = f"served {served.decided.reference} on {challenge.party.name}"
    facts = {"decided": served.decided.reference, "received_on": served.received_on.isoformat()}
    enter("serve_decision", challenge, by, at, f"{said}: {challenge.reference}", facts)
    return challenge


def deciding_body(code: str, day: dt.date) -> str | None:
    """Return the key of the body whose decisions are queried on the day, if the code has such a process."""
    process = rulebook_of(code).processes.get(PROCESS)
    if process is None or min(process.values) > day:
        return None
    return hearing(process.value_on(day), QUERIED)


def refusal_of(decided: Decided, day: dt.date) -> str:
    """Return why something that was decided is not to be queried, or nothing where it is."""
    if decided.party_id is None:
        return f"{decided.reference} is about no party."
    if not _has_decided(decided):
        return f"{decided.reference} has decided nothing."
    if decided.body.key.lower() != deciding_body(decided.code, day):
        return f"Decisions of {decided.body.name} are not queried under this code."
    return ""


def _has_decided(decided: Decided) -> bool:
    if isinstance(decided, Motion):
        return decided.state == Motion.CLOSED and decided.outcome in VOTES.values()
    return decided.verb in (verb for verbs in VERBS.values() for verb in verbs)


def _served_before(served: Served, by: Acting) -> Challenge | None:
    """Return the challenge that the form began before.

    :raises UnableToServe: if it served something else then
    """
    there: Challenge | None = Challenge.objects.filter(served_by=by.person, key=served.key).first()
    if there is None:
        return None
    if (served.decided, served.received_on) != (there.decided, there.received_on):
        raise UnableToServe(f"This form served {there.reference} before. Open the page again.")
    return there


def _check(served: Served, by: Acting) -> None:
    decided = served.decided
    if not 0 < len(served.key) <= KEY:
        raise UnableToServe("The form has no key, so that it could serve twice. Open the page again.")
    if decided.code != by.code:
        raise UnableToServe("It was decided under another code.")
    refused = refusal_of(decided, served.received_on)
    if refused:
        raise UnableToServe(refused)
    before = challenge_of(decided)
    if before is not None:
        raise UnableToServe(f"It was served before, as {before.reference}.")
    answered = Challenge.objects.filter(course__in=carried_out(decided).values("course")).first()
    if answered is not None:
        raise UnableToServe(
            f"It answers {answered.reference}, and no query follows an answer: an appeal goes on from it."
        )
    decided_on = day_of(decided)
    if not decided_on <= served.received_on <= by.day:
        raise UnableToServe(
            f"It was decided on {decided_on} and is received on a day from then until today, not on "
            f"{served.received_on}."
        )


def _written(served: Served, by: Acting, at: dt.datetime) -> tuple[Challenge, bool]:
    """Write a challenge with its course; neither where the same form, sent twice at once, was quicker."""
    before = transaction.savepoint()
    drafted = _drafted(served, by, at)
    drafted.course = begin_course(drafted, PROCESS, on=served.received_on, at=at)

    def fresh() -> Challenge:
        drafted.pk, drafted.reference = None, new_reference("CHA", by.day.year)
        return drafted

    challenge, is_new = written_once(fresh, lambda: _served_before(served, by))
    if not is_new:
        transaction.savepoint_rollback(before)
    return challenge, is_new


def _drafted(served: Served, by: Acting, at: dt.datetime) -> Challenge:
    decided, rulebook = served.decided, rulebook_of(by.code)
    row = Challenge(
        code=by.code,
        classification=_class_of(rulebook, by.day, served),
        publicity=Challenge.ISSUED,
        party=decided.party,
        served_by=by.person,
        served_at=at,
        received_on=served.received_on,
        key=served.key,
    )
    if isinstance(decided, Motion):
        row.motion = decided
    else:
        row.decision = decided
    return row


def _class_of(rulebook: Rulebook, day: dt.date, served: Served) -> str:
    """Return the class of a challenge: no milder than that of what is challenged."""
    return class_of(rulebook, "challenge", day, served.decided.party, served.decided.classification)

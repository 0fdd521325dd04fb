"""What was decided on leave is served, queried and answered, as the tests of derogations need it."""

import datetime as dt

from tallystick.challenges.models import Challenge
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.decisions.models import Decision
from tallystick.parties.acting import Acting
from tallystick.processes.operations.courses import Taken
from tests.derogations.cast import Cast, at, key, on

SAID = {"grounds": "It was not read."}
REASONS = {"reasons": "It was right."}


def queried(cast: Cast, reference: str, day: dt.date) -> Challenge:
    """Let ALFA query what was decided."""
    decision = Decision.objects.get(reference=reference)
    served = Served(decision, day, key())
    row = serve_decision(served=served, by=on(cast.sam, day), at=at(day, 9))
    taken = Taken("query", key(), SAID)
    step_challenge(challenge=row, taken=taken, by=on(cast.ada, day), at=at(day, 10))
    return row


def answered(cast: Cast, row: Challenge, day: dt.date, *, lets: bool) -> Challenge:
    """Let the PAB change what it decided, or keep to it."""
    decision = cast.decided(day, verb="APPROVED" if lets else "REJECTED")
    return does(row, "allow_query" if lets else "reject_query", cast.sam, day, REASONS, decision)


def does(
    row: Challenge, move: str, by: Acting, day: dt.date, said: dict[str, str], decision: str = ""
) -> Challenge:
    taken = Taken(move, key(), said)
    step_challenge(challenge=row, taken=taken, by=on(by, day), at=at(day, 16), decision=decision)
    row.refresh_from_db()
    return row

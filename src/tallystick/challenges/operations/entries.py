"""What the acts on challenges and disputes share: the lock, and how they name what they changed."""

import datetime as dt
from collections.abc import Mapping

from tallystick.challenges.matter import Row
from tallystick.challenges.models import Challenge, Dispute
from tallystick.journal.models import Entry
from tallystick.journal.operations import record
from tallystick.journal.subjects import Subject
from tallystick.parties.acting import Acting
from tallystick.processes.operations.carrying import lock_decided


def locked_challenge(challenge: Challenge) -> Challenge:
    """Return a challenge as it stands, locked with what is challenged and with all that carried that out.

    What it suspends nobody moves meanwhile, and nobody carries out.
    """
    lock_decided(challenge.decided)
    held = Challenge.objects.select_for_update(of=("self",))
    beside = ("course", "party", "body", "motion__body", "decision__body")
    found: Challenge = held.select_related(*beside).get(pk=challenge.pk)
    return found


def locked_dispute(dispute: Dispute) -> Dispute:
    """Return a dispute as it stands, which nobody else can change until this transaction ends."""
    held = Dispute.objects.select_for_update(of=("self",))
    found: Dispute = held.select_related("course", "party", "body", "finding", "run").get(pk=dispute.pk)
    return found


def enter(act: str, row: Row, by: Acting, at: dt.datetime, said: str, facts: Mapping[str, object]) -> Entry:
    """Write the entry of an act on a challenge or on a dispute."""
    subject = Subject(row.code, row.TYPE, row.handle, row.classification)
    told = {row.TYPE: row.reference, **facts}
    return record(act=f"challenges.{act}", subject=subject, by=by.actor, at=at, said=said, facts=told)

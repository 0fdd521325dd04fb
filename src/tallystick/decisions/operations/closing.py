"""A vote closes: it is counted, explained, and frozen, under the lock that every ballot takes."""

import datetime as dt
from dataclasses import asdict
from typing import Any

from django.db import transaction

from tallystick.decisions.explained import explained
from tallystick.decisions.models import Ballot, Motion, StoodAside
from tallystick.decisions.operations.asides import put_aside
from tallystick.decisions.operations.entries import enter, in_turn, locked
from tallystick.decisions.phrases import numbered
from tallystick.decisions.rights import personal_refusal
from tallystick.decisions.rolls import Vote, vote_of
from tallystick.parties.acting import Acting
from tallystick.parties.models import Role
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped


class UnableToCloseVote(Exception):
    """The vote is not open, or runs on: somebody can still vote, and the scheme or the reason is wanting."""


@in_turn()
@transaction.atomic
@unscoped(BY_AN_ACT)
def close_vote(*, motion: Motion, by: Acting, at: dt.datetime, because: str = "") -> Motion:
    """Close a vote and freeze its count. Closing it again changes nothing.

    Before its time it closes if everybody has voted, or if the chair says why and the scheme lets them.
    Holders who had to declare and did not stand aside with it.

    :raises UnableToCloseVote: if it is not open, or runs on
    """
    held = locked(motion)
    if held.state == Motion.CLOSED:
        return held
    if held.state != Motion.OPEN or held.closes_at is None:
        raise UnableToCloseVote(f"The vote on {held.reference} is not open.")
    vote = vote_of(held)
    is_early = at < held.closes_at and not vote.is_complete
    if is_early:
        _check_early(held, vote, by, because)
    for one in vote.undeclared:
        put_aside(held, one, StoodAside.UNKNOWN, by, at)
    held.count, held.told = vote.count.as_facts(), _told(vote)
    _open_ballots(held, vote)
    early = f", before its time ({because.strip()})" if is_early else ""
    said = f"closed the vote on {held.reference}{early}: {held.told['word']}"
    entry = enter("close_vote", held, by, at, said, motion=held.reference, count=held.count)
    held.state, held.publicity, held.outcome = Motion.CLOSED, Motion.DECIDED, held.count["outcome"]
    held.closed_at, held.closed_entry = max(at, held.opened_at or at), entry.seq
    held.because = because.strip() if is_early else ""
    held.save()
    return held


def _told(vote: Vote) -> dict[str, Any]:
    """Return the result in words, as it is kept with the count."""
    said = explained(vote.scheme, vote.seats, vote.acts, vote.rule.wording())
    return {
        "headline": said.headline,
        "word": said.word,
        "steps": list(said.steps),
        "contrasts": [{**asdict(one), "count": one.count.as_facts()} for one in said.contrasts],
    }


def _open_ballots(motion: Motion, vote: Vote) -> None:
    """Let ballots be read that the scheme opens; secret ones stay their voters'."""
    if vote.rule.ballots != "open":
        return
    for one in Ballot.objects.filter(motion=motion):
        one.publicity = Ballot.DECIDED
        one.save(update_fields=["publicity"])


def _check_early(motion: Motion, vote: Vote, by: Acting, because: str) -> None:
    left = len(vote.roll.silent()) + len(vote.undeclared)
    who = f"{numbered(left, 'seat')} can still vote" if left else "the casting vote can still be given"
    runs_on = f"The vote on {motion.reference} runs on, and {who}."
    if not vote.rule.closes_early:
        raise UnableToCloseVote(f"{runs_on} The scheme lets nobody close it before its time.")
    if by.role is None or by.role.role != Role.CHAIR or by.role.body_id != motion.body_id:
        raise UnableToCloseVote(f"{runs_on} Only the chair may close it before its time.")
    why = personal_refusal(by.person, motion, by.day) if by.person else "Nobody has signed in."
    if why:
        raise UnableToCloseVote(f"{runs_on} {why} Who may not vote does not close it before its time.")
    if not because.strip():
        raise UnableToCloseVote(f"{runs_on} Say why it closes before its time.")

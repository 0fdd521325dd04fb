"""Votes and a decision of the landed world's board: a motion in each state, whose words may be given."""

import datetime as dt
from collections.abc import Callable
from itertools import count

from tallystick.decisions.models import Decision, Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.motions import Put, open_motion, put_motion, withdraw_motion
from tallystick.decisions.operations.records import Taken, record_decision
from tallystick.decisions.operations.voting import Paper, cast_vote
from tests.site.entering import now
from tests.site.landed import NOW, Landed

RUNS_FOR = dt.timedelta(days=30)
MEMBERS = ("bo", "cy", "hal")
Words = Callable[[int], str]


def plain(_: int) -> str:
    return "Accept the plan"


def decide(world: Landed, words: Words = plain) -> dict[str, Motion | Decision]:
    """Return a draft, a vote that is open, one that is closed, one withdrawn, and a decision."""
    board = world.body
    assert board is not None
    sam, keys = world.acting("sam"), count(1)

    def put() -> Motion:
        said = Put(
            title=words(180),
            question=words(500),
            does=words(500),
            body=board,
            scheme="pab", key=f"form-{next(keys)}",
        )  # fmt: skip
        return put_motion(put=said, by=sam, at=NOW)

    def opened(until: dt.datetime) -> Motion:
        return open_motion(motion=put(), closes_at=until, by=sam, at=NOW)

    runs, done, gone = opened(now() + RUNS_FOR), opened(NOW + RUNS_FOR), opened(NOW + RUNS_FOR)
    _vote(world, done, words)
    taken = Taken(
        verb="NOTED",
        title=words(180),
        text=words(500),
        body=board,
        on=NOW.date(),
        key=f"form-{next(keys)}",
        objections={world.people["bo"]: words(500)},
    )
    return {
        "draft": put(),
        "open": runs,
        "closed": close_vote(motion=done, by=sam, at=NOW + RUNS_FOR),
        "withdrawn": withdraw_motion(motion=gone, because=words(500), by=sam, at=NOW),
        "decision": record_decision(taken=taken, by=sam, at=NOW),
    }


def _vote(world: Landed, one: Motion, words: Words) -> None:
    """Let everybody on the board vote for it."""
    for name in MEMBERS:
        row = one.seats.get(seat__name=f"Seat of {name}")
        paper = Paper("approve", f"vote-{name}", has_no_conflict=True, reason=words(500))
        cast_vote(motion=one, seat=row, paper=paper, by=world.acting(name), at=NOW)

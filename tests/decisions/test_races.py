"""Many vote at once, again and again, and a close comes between: each votes once, and counts or is late."""

import os
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection

from tallystick.decisions.models import Ballot, Motion
from tallystick.decisions.operations.closing import close_vote
from tallystick.decisions.operations.voting import UnableToCastVote
from tests.decisions.chamber import CLOSES, Chamber, cast, chamber, opened, recounted, told_of

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("rules")]
VOTERS = int(os.environ.get("TALLY_VOTERS", "12"))
CLOSES_TRIED = int(os.environ.get("TALLY_CLOSES", "3"))
CLIENTS, RETRIES, AT_ONCE = (10, 3, 16) if VOTERS > 100 else (4, 2, 8)
Note = Callable[[str, object], None]


def dice(seed: int) -> Random:
    return Random(seed)  # noqa: S311 - dice, no secrets


def at_once(tasks: Iterable[Callable[[], Any]], workers: int = AT_ONCE) -> list[Any]:
    """Do tasks in several threads that start together; return what each gave or was refused with."""
    waiting = list(tasks)
    barrier = Barrier(min(workers, len(waiting)))

    def done(share: Sequence[Callable[[], Any]]) -> list[Any]:
        barrier.wait()
        try:
            return [answer(task) for task in share]
        finally:
            connection.close()

    shares = [waiting[place :: barrier.parties] for place in range(barrier.parties)]
    with ThreadPoolExecutor(barrier.parties) as pool:
        return [one for answers in pool.map(done, shares) for one in answers]


def answer(task: Callable[[], Any]) -> Any:
    try:
        return task()
    except UnableToCastVote as refusal:
        return refusal


def voting(of: Chamber, motion: Motion, shuffling: Random) -> list[Callable[[], Any]]:
    """Return every request: of each voter several clients, each with a form that is sent again and again."""
    tasks: list[Callable[[], Any]] = []
    for place in range(VOTERS):
        for client in range(CLIENTS):
            choice = "reject" if client == CLIENTS - 1 else "approve"
            sends = partial(cast, of, motion, place, choice, key=f"{place} {client}")
            tasks += [sends] * RETRIES
    shuffling.shuffle(tasks)
    return tasks


class TestVoting:
    def test_is_done_once_by_each_however_often_it_is_sent(self, record_property: Note) -> None:
        pab = chamber(VOTERS)
        motion = opened(pab)

        answers = at_once(voting(pab, motion, dice(5)))

        refused = [one for one in answers if isinstance(one, UnableToCastVote)]
        assert all(one.is_cast for one in refused)
        given = {one.pk for one in answers if isinstance(one, Ballot)}
        assert Ballot.objects.filter(motion=motion).count() == len(given) == VOTERS
        casts = [facts["seat"] for act, facts in told_of(motion) if act == "decisions.cast_vote"]
        assert len(casts) == len(set(casts)) == VOTERS
        ended = close_vote(motion=motion, by=pab.chair, at=CLOSES)
        assert (ended.count["present"], ended.count) == (VOTERS, recounted(motion))
        line = f"{len(answers):,} votes sent by {VOTERS} voters on {connection.vendor}: {len(given)} ballots"
        record_property("counted", f"{line}, {len(refused):,} refused as cast")

    def test_that_may_change_leaves_one_of_each_standing(self) -> None:
        pab = chamber(VOTERS)
        motion = opened(pab, scheme="loose")

        answers = at_once(voting(pab, motion, dice(7)))

        assert all(isinstance(one, Ballot) for one in answers)
        assert Ballot.objects.filter(motion=motion, is_standing=True).count() == VOTERS
        ended = close_vote(motion=motion, by=pab.chair, at=CLOSES)
        assert (ended.count["present"], ended.count) == (VOTERS, recounted(motion))


class TestAClose:
    def test_counts_every_vote_before_it_and_refuses_every_one_after(self, record_property: Note) -> None:
        pab, drawn, late = chamber(VOTERS), dice(11), 0
        for _ in range(CLOSES_TRIED):
            motion = opened(pab)
            tasks: list[Callable[[], Any]] = [
                partial(cast, pab, motion, place, drawn.choice(["approve", "reject"]))
                for place in range(VOTERS)
            ]
            tasks.insert(drawn.randrange(VOTERS), partial(close_vote, motion=motion, by=pab.chair, at=CLOSES))

            answers = at_once(tasks)

            ended = Motion.objects.get(pk=motion.pk)
            ballots = [one for one in answers if isinstance(one, Ballot)]
            refused = [one for one in answers if isinstance(one, UnableToCastVote)]
            assert len(ballots) + len(refused) == VOTERS
            assert all(one.is_late for one in refused)
            assert all(one.entry < (ended.closed_entry or 0) for one in ballots)
            assert (ended.count["present"], ended.count) == (len(ballots), recounted(motion))
            late += len(refused)
        line = f"{CLOSES_TRIED} closes against {VOTERS} votes each on {connection.vendor}"
        record_property("counted", f"{line}: {late:,} came late and were told so")

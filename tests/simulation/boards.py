"""What is put to the boards in a simulated year, and how their members vote on it, or stand aside."""

import datetime as dt
from dataclasses import dataclass
from functools import partial

from tallystick.decisions.models import Ballot, Motion, SeatAtMotion
from tallystick.decisions.operations.closing import UnableToCloseVote, close_vote
from tallystick.decisions.operations.conflicts import UnableToDeclare, stand_aside
from tallystick.decisions.operations.motions import Bar, Put, UnableToOpenMotion, open_motion, put_motion
from tallystick.decisions.operations.voting import Paper, UnableToCastVote, cast_vote, give_casting_vote
from tallystick.parties.models import Body, Organisation, Role
from tests.simulation.chance import dice_of
from tests.simulation.desk import Desk
from tests.simulation.town import Town

OPEN_FOR = dt.timedelta(days=4)
CHOICES = ("approve",) * 7 + ("reject",) * 2 + ("abstain",)


@dataclass
class Vote:
    """A motion whose vote is open, and the day on which it closes."""

    motion: Motion
    body: Body
    closes_at: dt.datetime


class Boards:
    """The votes that are open, each voted on day by day, and closed once their time is over."""

    def __init__(self, desk: Desk, town: Town) -> None:
        self.desk, self.town = desk, town
        self.open: list[Vote] = []
        self.aside: set[tuple[int, int]] = set()

    def put(
        self,
        body: Body,
        party: Organisation | None,
        title: str,
        day: dt.date,
        *,
        bars: tuple[Bar, ...] = (),
    ) -> Motion | None:
        """Put something about a party, or about nobody, to a board, and open its vote; some are barred."""
        by, scheme = self.town.acting(self.town.sam, day), body.key.lower()
        question, does = "Shall it be so?", f"{title}."
        said = Put(title, question, does, body, scheme, self.desk.key(), party, bars=bars)
        motion: Motion = self.desk.do("motions put", lambda at: put_motion(put=said, by=by, at=at))
        closes_at = dt.datetime.combine(day, dt.time(17), dt.UTC) + OPEN_FOR
        opened: Motion | None = self.desk.do(
            "votes opened",
            lambda at: open_motion(motion=motion, closes_at=closes_at, by=by, at=at),
            refusals=(UnableToOpenMotion,),
            entries=None,
        )
        if opened is not None:
            self.open.append(Vote(motion, body, closes_at))
        return opened

    def sit(self, day: dt.date) -> None:
        """Let some members vote, and close what is over."""
        for vote in list(self.open):
            if vote.closes_at.date() < day:
                self._close(vote, day)
            else:
                self._vote(vote, day)
            if vote.closes_at.date() == day and vote.body.key == "PANEL":
                self._cast(vote, day)

    def _vote(self, vote: Vote, day: dt.date) -> None:
        rows = SeatAtMotion.objects.filter(motion=vote.motion).select_related("holder").order_by("place")
        for seat in rows:
            dice = dice_of(self.desk.seed, "vote", vote.motion.reference, seat.place, day)
            role = self.town.members.get(seat.holder_id or 0)
            if role is None or dice.random() < 0.68:
                continue
            if dice.random() < 0.06 and (vote.motion.pk, role.pk) not in self.aside:
                self._declare(vote, role, day)
                continue
            by = self.town.acting(role, day)
            paper = Paper(dice.choice(CHOICES), self.desk.key(), has_no_conflict=dice.random() < 0.97)
            # The same choice by another form changes nothing.
            self.desk.do(
                "votes cast",
                partial(cast_vote, motion=vote.motion, seat=seat, paper=paper, by=by),
                refusals=(UnableToCastVote,),
                entries=partial(_is_new, paper.key),
            )

    def _cast(self, vote: Vote, day: dt.date) -> None:
        """Let the chair of the Panel say how a tie would be decided."""
        by, key = self.town.acting(self.town.chairs["PANEL"], day), self.desk.key()
        paper = Paper("approve", key, has_no_conflict=True)
        give = partial(give_casting_vote, motion=vote.motion, paper=paper, by=by)
        self.desk.do("casting votes", give, refusals=(UnableToCastVote,))

    def _declare(self, vote: Vote, role: Role, day: dt.date) -> None:
        self.aside.add((vote.motion.pk, role.pk))
        by = self.town.acting(role, day)
        self.desk.do(
            "conflicts declared",
            partial(stand_aside, motion=vote.motion, words="My brother works there.", by=by),
            refusals=(UnableToDeclare,),
            entries=None,
            again=False,
        )

    def _close(self, vote: Vote, day: dt.date) -> None:
        chair = self.town.acting(self.town.chairs[vote.body.key], day)
        done = self.desk.do(
            "votes closed",
            partial(close_vote, motion=vote.motion, by=chair),
            refusals=(UnableToCloseVote,),
            entries=None,
        )
        if done is not None:
            self.desk.counts[f"motions {done.outcome}"] += 1
            self.open.remove(vote)


def _is_new(key: str, ballot: Ballot) -> int:
    """Tell whether a ballot is that of a form, and not one that stood before and says the same."""
    return int(ballot.key == key)

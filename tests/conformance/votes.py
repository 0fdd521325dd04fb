"""Motions, ballots and decisions of the world: each in every class and state, before the board."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from tallystick.decisions.frozen import Rule
from tallystick.decisions.models import Ballot, Decision, Motion, Objection, SeatAtMotion
from tallystick.parties.models import Membership
from tallystick.rulebook.load import load
from tests.conformance.cast import ALFA, BRVO, PAB, Crowd
from tests.conformance.judge import What
from tests.site.entering import now

NOW = dt.datetime(2021, 9, 20, 9, 0, tzinfo=dt.UTC)
RUNS_FOR = dt.timedelta(days=30)
STATES = ("draft", "issued", "decided")
CONFIDENTIAL = ("amber", "red")
KINDS = ("motion", "ballot", "decision")

Said = Callable[[What, str], str]
Keep = Callable[[Any, What], Any]


def marks() -> Iterator[What]:
    """Yield how motions are marked: one about a party is confidential."""
    for state in STATES:
        for cls in ("white", "green", *CONFIDENTIAL):
            for party in (ALFA, BRVO, "") if cls in CONFIDENTIAL else ("",):
                yield What("motion", cls, party, PAB, state)


class Votes:
    """Enters motions and decisions; every text of theirs is a secret."""

    def __init__(self, crowd: Crowd, said: Said, keep: Keep) -> None:
        self.crowd, self.said, self.keep = crowd, said, keep
        rulebook = load(Path("rulebooks/sec")).rulebook
        assert rulebook is not None
        self.rule = Rule.of(rulebook, "pab", "pab", NOW.date()).as_row()
        self.terms = list(Membership.objects.select_related("seat").order_by("pk"))
        for what in marks():
            self._motion(what)
            if what.state == "decided":
                self._decision(what.of("decision"))

    def common(self, what: What) -> dict[str, Any]:
        return {
            "code": "sec",
            "handle": f"{self.said(what, 'handle')}HANDLE",
            "classification": what.cls,
            "publicity": what.state,
            "party": self.crowd.parties.get(what.party),
            "body": self.crowd.bodies[what.body],
        }

    def _motion(self, what: What) -> None:
        row = Motion(
            **self.common(what),
            reference=f"MOT-{self.said(what, 'reference')}",
            title=self.said(what, "title"),
            question=self.said(what, "question"),
            does=self.said(what, "does"),
            scheme="pab",
            put_by=self.crowd.people["enterer"],
            put_at=NOW,
            key=self.said(what, "key"),
        )
        row.publicity = Motion.DRAFT
        row.save()
        if what.state != "draft":
            seat = self._seat(row)
            row.rule, row.edition = self.rule, "a" * 64
            row.opened_at, row.closes_at, row.opened_entry = NOW, now() + RUNS_FOR, 1
            row.state, row.publicity = Motion.OPEN, Motion.ISSUED
            row.save()
            self._cast(row, seat, what.of("ballot"))
        if what.state == "decided":
            self._close(row, what)
        self.keep(row, what)

    def _close(self, row: Motion, what: What) -> None:
        row.state, row.publicity = Motion.CLOSED, Motion.DECIDED
        row.outcome, row.closed_at, row.closed_entry = "carried", NOW, 2
        row.because = self.said(what, "because")
        sums = {"constituency": "member", "for": 1, "against": 0, "abstained": 0, "outcome": "for"}
        row.count = {"outcome": "carried", "for": 1, "against": 0, "abstained": 0, "categories": [sums]}
        row.told = {
            "headline": self.said(what, "headline"),
            "word": "approved",
            "steps": [self.said(what, "step")],
            "contrasts": [{"says": self.said(what, "contrast")}],
        }

    def _seat(self, motion: Motion) -> SeatAtMotion:
        """Enter the seat of somebody who knocks nowhere."""
        term = next(one for one in self.terms if one.person == self.crowd.people["holder"])
        seat = SeatAtMotion(
            motion=motion,
            seat=term.seat,
            place=0,
            name=f"The {term.seat.name}",
            constituency="member",
            holder=term,
            state=SeatAtMotion.FILLED,
        )
        seat.save()
        return seat

    def _cast(self, motion: Motion, seat: SeatAtMotion, what: What) -> None:
        ballot = Ballot(
            **{**self.common(what), "publicity": Ballot.ISSUED},
            motion=motion,
            seat=seat,
            choice="approve",
            reason=self.said(what, "reason"),
            cast_by=self.crowd.people["holder"],
            right=Ballot.HOLDER,
            key=self.said(what, "key"),
            at=NOW,
            entry=1_000_000 + Ballot.objects.count(),
        )
        self.keep(ballot, what)
        ballot.publicity = what.state
        ballot.save(update_fields=["publicity"])

    def _decision(self, what: What) -> None:
        row = Decision(
            **self.common(what),
            reference=f"DEC-{self.said(what, 'reference')}",
            verb="NOTED",
            title=self.said(what, "title"),
            text=self.said(what, "text"),
            on=NOW.date(),
            recorded_by=self.crowd.people["enterer"],
            recorded_at=NOW,
            key=self.said(what, "key"),
        )
        made = self.keep(row, what)
        objection = Objection(
            **self.common(what),
            decision=made.row,
            person=self.crowd.people["holder"],
            words=self.said(what, "objection"),
            at=NOW,
        )
        objection.save()

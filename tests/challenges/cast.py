"""A case that the PAB sent to the Panel, and all that its party can do about that."""

import datetime as dt
from dataclasses import dataclass, fields
from typing import Any

from tallystick.cases.models import Case
from tallystick.challenges.matter import Matter
from tallystick.challenges.models import Challenge, Dispute
from tallystick.challenges.operations.disputing import Raised, raise_dispute, step_dispute
from tallystick.challenges.operations.serving import Served, serve_decision
from tallystick.challenges.operations.stepping import step_challenge
from tallystick.decisions.models import Decision
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.processes.operations.carrying import carried_out
from tallystick.processes.operations.courses import Taken
from tests.cases.cast import NOTICED, Cast, at, key, landed, on

SERVED = NOTICED  # Tuesday 7 September 2021
QUERY_DUE = dt.date(2021, 9, 21)  # ten working days after its receipt
NEXT = dt.date(2021, 9, 8)
GROUNDS = {"grounds": "The hubs of July were counted twice."}
APPEAL = {"ground": "weight", "grounds": "The recount was given no weight."}
REASONS = {"reasons": "The count was right."}


@dataclass(frozen=True)
class Chamber(Cast):
    """The cast of cases, and what they do about decisions and figures."""

    def sent_up(self, case: Case | None = None, day: dt.date = NOTICED) -> tuple[Case, Decision]:
        """Let a case go up to the Panel, as the PAB decided without a vote."""
        one = self.escalated(case or self.opened(), day)
        decision = self.decided(self.pab, day)
        return self.step(
            one, "escalate_to_panel", by=self.hal, decision=decision.reference, day=day
        ), decision

    def served(self, case: Case | None = None, day: dt.date = SERVED, **told: Any) -> Challenge:
        """Serve on ALFA that its case went up to the Panel."""
        _, decision = self.sent_up(case)
        served = Served(decision, told.get("received_on", day), told.get("key") or key())
        return serve_decision(served=served, by=on(self.sam, day), at=at(day, 14))

    def case_of(self, row: Challenge) -> Case:
        """Return the case that carried out what is challenged."""
        found: Case = Case.objects.get(course__in=carried_out(row.decided).values("course"))
        return found

    def does(
        self, row: Challenge, move: str, by: Acting | None = None, day: dt.date = NEXT, **more: Any
    ) -> Challenge:
        """Take a step of a challenge, the delegate of ALFA unless somebody else is named."""
        decision, hour = more.pop("decision", ""), more.pop("hour", 14)
        taken = Taken(move, more.pop("key", None) or key(), **more)
        by = on(by or self.ada, day)
        step_challenge(challenge=row, taken=taken, by=by, at=at(day, hour), decision=decision)
        row.refresh_from_db()
        return row

    def queried(self, row: Challenge | None = None, day: dt.date = NEXT) -> Challenge:
        return self.does(row or self.served(), "query", day=day, said=GROUNDS, hour=10)

    def answered(self, row: Challenge | None = None, day: dt.date = NEXT) -> Challenge:
        """Let the PAB reject the query."""
        one = self.queried(row, day)
        decision = self.decided(self.pab, day, verb="REJECTED")
        return self.does(
            one, "reject_query", self.hal, day, said=REASONS, decision=decision.reference, hour=13
        )

    def appealed(self, row: Challenge | None = None, day: dt.date = NEXT) -> Challenge:
        return self.does(self.answered(row, day), "appeal", day=day, said=APPEAL)

    def disputed(self, day: dt.date = SERVED, **told: Any) -> Dispute:
        """Let ALFA dispute a finding on it."""
        finding = told.pop("finding", None) or landed(self.alfa)
        raised = Raised("The hubs were counted twice.", key(), finding, **told)
        return raise_dispute(raised=raised, by=on(self.ada, day), at=at(day, 9))

    def moves(
        self, row: Dispute, move: str, by: Acting | None = None, day: dt.date = SERVED, **more: Any
    ) -> Dispute:
        """Take a step of a dispute, the analyst unless somebody else is named."""
        decision, hour = more.pop("decision", ""), more.pop("hour", 14)
        taken = Taken(move, more.pop("key", None) or key(), **more)
        step_dispute(dispute=row, taken=taken, by=on(by or self.jo, day), at=at(day, hour), decision=decision)
        row.refresh_from_db()
        return row


def made_chamber(cast: Cast) -> Chamber:
    return Chamber(**{one.name: getattr(cast, one.name) for one in fields(cast)})


def stage(row: Challenge | Dispute, day: dt.date = NEXT) -> str:
    """Return the stage of a matter on the day."""
    return Matter(row).stage(day)


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="challenges.").order_by("seq").values_list("act", flat=True)
    return [one.removeprefix("challenges.") for one in found]

"""A derogation of ALFA from the hubs' variant, driven along its way, and forbearance from forecasts."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from tallystick.decisions.operations import records
from tallystick.derogations.drafts import Drafted
from tallystick.derogations.models import Derogation, Forbearance, Term
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.forbearing import (
    Proposal,
    propose_forbearance,
    take_forbearance_step,
)
from tallystick.derogations.operations.granting import (
    Granting,
    extend_derogation,
    grant_derogation,
    vary_derogation,
)
from tallystick.derogations.operations.moving import submit_derogation, take_derogation_step
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body, Organisation
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tests.cases import cast as of_cases
from tests.cases.cast import CODE, OPENED, at, key, on

__all__ = ["CODE", "at", "key", "on"]

# A Monday in September, and what is asked for from then on.
ASKED = OPENED
FROM, UNTIL = dt.date(2021, 9, 1), dt.date(2022, 3, 31)
OBLIGATION, MEASURE = "OBL-AREA-B", "AREA-B"
FORECASTS = "FCT-SR"
REVIEW = dt.date(2022, 1, 31)


@dataclass(frozen=True)
class Cast:
    """The people and parties of cases, and what they do with derogations and forbearance."""

    of: of_cases.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def drafted(self, by: Acting | None = None, day: dt.date = ASKED, **told: Any) -> Derogation:
        drafted = asked(self.of.alfa, **told)
        return draft_derogation(drafted=drafted, by=on(by or self.of.ada, day), at=at(day))

    def submitted(self, day: dt.date = ASKED, **told: Any) -> Derogation:
        row = self.drafted(day=day, **told)
        submit_derogation(derogation=row, key=key(), by=on(self.of.ada, day), at=at(day, 10))
        return fresh(row)

    def assessed(self, day: dt.date = ASKED, **told: Any) -> Derogation:
        row = self.submitted(day=day, **told)
        said = {"impact": "412 homes of the north."}
        taken = Taken("assess", key(), said)
        take_derogation_step(derogation=row, taken=taken, by=on(self.of.jo, day), at=at(day, 11))
        return fresh(row)

    def granted(self, day: dt.date = ASKED, *, until: dt.date = UNTIL, **told: Any) -> Derogation:
        row = self.assessed(day=day, **told)
        self.grant(row, day, until_on=until)
        return fresh(row)

    def decided(self, day: dt.date = ASKED, *, verb: str = "APPROVED", **told: Any) -> str:
        """Let the PAB decide about ALFA, and give the reference."""
        reference: str = self.of.decided(self.of.pab, day, verb=verb, **told).reference
        return reference

    def grant(self, row: Derogation, day: dt.date = ASKED, **told: Any) -> Term:
        return grant_derogation(derogation=row, **self._said(day, {"until_on": UNTIL, **told}))

    def vary(self, row: Derogation, day: dt.date, **told: Any) -> Term:
        return vary_derogation(derogation=row, **self._said(day, told))

    def extend(self, row: Derogation, day: dt.date, until_on: dt.date, **told: Any) -> Term:
        return extend_derogation(derogation=row, **self._said(day, {"until_on": until_on, **told}))

    def step(
        self, row: Derogation, move: str, day: dt.date = ASKED, *, by: Acting | None = None, **told: Any
    ) -> Step:
        decision = told.pop("decision", "")
        taken = Taken(move, told.pop("key", None) or key(), **told)
        acting = on(by or self.of.sam, day)
        return take_derogation_step(derogation=row, taken=taken, by=acting, at=at(day, 14), decision=decision)

    def proposed(self, day: dt.date = ASKED, **told: Any) -> Forbearance:
        said = {"obligation": FORECASTS, "why": "Forecasts are far off for everybody.", "key": key(), **told}
        return propose_forbearance(proposal=Proposal(**said), by=on(self.of.jo, day), at=at(day))

    def forborne(self, day: dt.date = ASKED, review: dt.date = REVIEW, **told: Any) -> Forbearance:
        row = self.proposed(day, **told)
        self.forbear(row, "decide", day, review)
        return Forbearance.objects.get(pk=row.pk)

    def forbear(
        self, row: Forbearance, move: str, day: dt.date = ASKED, review: dt.date | None = None, **told: Any
    ) -> Step:
        """Take a step of forbearance as the Panel decided."""
        body: Body = self.of.panel
        verb = "REJECTED" if move == "refuse" else "AGREED"
        carries = move not in ("withdraw", "look_again")
        decision = told.pop("decision", None) or (
            decided_on_nobody(self.of, body, day, verb) if carries else ""
        )
        asks = {"reasons": "As agreed."} if move in ("decide", "go_on", "refuse") else {}
        stated = {"review": review} if review else {}
        taken = Taken(move, told.pop("key", None) or key(), asks, stated)
        acting = on(told.pop("by", self.of.sam), day)
        return take_forbearance_step(
            forbearance=row, taken=taken, by=acting, at=at(day, 14), decision=decision
        )

    def _said(self, day: dt.date, told: dict[str, Any]) -> dict[str, Any]:
        decision = told.pop("decision", None) or self.decided(day)
        by = told.pop("by", self.of.sam)
        said = {"words": "Report each month.", "decision": decision, "key": key(), **told}
        return {"granting": Granting(**said), "by": on(by, day), "at": at(day, 13)}


def made_cast() -> Cast:
    return Cast(of_cases.made_cast())


def asked(party: Organisation, **told: Any) -> Drafted:
    said: dict[str, Any] = {
        "party": party,
        "obligation": OBLIGATION,
        "scope": "Hubs in the two regions of the north.",
        "from_on": FROM,
        "until_on": UNTIL,
        "justification": "The hubs of the variant are not delivered before spring.",
        "control": "Each home is visited again.",
        "key": key(),
        "measure": MEASURE,
        "level": Decimal(70),
        **told,
    }
    return Drafted(**said)


def fresh(row: Derogation) -> Derogation:
    found: Derogation = Derogation.objects.select_related("course", "party", "body").get(pk=row.pk)
    return found


def decided_on_nobody(cast: of_cases.Cast, body: Body, day: dt.date, verb: str = "AGREED") -> str:
    """Let a body decide on a matter that is about no party."""
    taken = records.Taken(verb, "Forecasts", "So decided.", body, day, key())
    reference: str = records.record_decision(taken=taken, by=on(cast.sam, day), at=at(day, 12)).reference
    return reference


def stands(row: Derogation | Forbearance, day: dt.date = ASKED) -> str:
    """Return the stage that a matter stands in."""
    [stage] = standing_of(row.course, day).at.values()
    return stage


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="derogations.").order_by("seq")
    return [one.removeprefix("derogations.") for one in found.values_list("act", flat=True)]

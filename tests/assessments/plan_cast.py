"""The office, the PAB and two parties with a register of two scored risks, a plan and its documents."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from tallystick.assessments.models import Comment, Document, Draft, Reply
from tallystick.assessments.planning.operations.clocks import pass_clock_of_document
from tallystick.assessments.planning.operations.commenting import comment_on_document, reply_to_comment
from tallystick.assessments.planning.operations.documents import (
    Drafting,
    draft_document,
    implement_document,
    put_forward,
    take_document_step,
)
from tallystick.assessments.planning.operations.drafts import Saving, save_draft
from tallystick.assessments.planning.terms import Terms
from tallystick.decisions.operations import records
from tallystick.journal.models import Entry
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body
from tallystick.processes.models import Step
from tallystick.processes.operations.courses import Taken
from tallystick.processes.queries import standing_of
from tallystick.risks.models import OperatingPeriod
from tests.cases.cast import made_cast as made_people
from tests.risks import cast as of_risks
from tests.risks.cast import CODE, DAY, at, key, last_said, latest, on, without_factor

__all__ = ["CODE", "DAY", "at", "key", "last_said", "latest", "on", "without_factor"]

BUDGET = 30_000_00
OVER = dt.date(2021, 9, 28)  # the day after fifteen working days from DAY
APRIL = dt.date(2022, 4, 1)
BODIES = {"recommend": "pab", "parties_endorse": "panel", "panel_endorse": "panel"}
REFUSING = {"do_not_recommend": "pab", "do_not_endorse": "panel"}
SAID = {
    "parties_endorse": {"how": "Through the members they elect."},
    "do_not_recommend": {"reasons": "It costs too much."},
    "do_not_endorse": {"reasons": "It costs too much."},
    "withdraw": {"reasons": "Another is better."},
}
FIRST = "There is none before it."


@dataclass(frozen=True)
class Cast:
    """The people of the register, and what they do with plans and documents."""

    of: of_risks.Cast

    def __getattr__(self, name: str) -> Any:
        return getattr(self.of, name)

    def scored_year(self) -> OperatingPeriod:
        """Open the register and score two of its risks."""
        period = self.of.opened()
        self.of.scored("R-02")
        self.of.scored("R-06", (5, 2, 5, 1))
        return period

    def saved(self, **told: Any) -> Draft:
        by, day = told.pop("by", self.jo), told.pop("day", DAY)
        said: dict[str, Any] = {"terms": Terms(BUDGET), "key": key(), **told}
        return save_draft(period=latest(), saving=Saving(**said), by=on(by, day), at=at(day))

    def drafted(self, kind: str = Document.PLAN, **told: Any) -> Document:
        by, day = told.pop("by", self.jo), told.pop("day", DAY)
        said: dict[str, Any] = {"why": "The year needs one.", "key": key(), **told}
        if kind == Document.PLAN and "draft" not in said:
            said["draft"] = Draft.objects.order_by("-number").first() or self.saved()
        drafting = Drafting(kind, **said)
        return draft_document(period=latest(), drafting=drafting, by=on(by, day), at=at(day, 10))

    def put(self, row: Document, move: str = "consult", day: dt.date = DAY, **told: Any) -> Step:
        by = told.pop("by", self.sam)
        reason = told.pop("reason", FIRST if move == "bring_at_once" else "")
        taken = Taken(move, told.pop("key", None) or key(), reason=reason)
        return put_forward(document=row, taken=taken, by=on(by, day), at=at(day, 11))

    def step(self, row: Document, move: str, day: dt.date = DAY, **told: Any) -> Step:
        """Take a step of a document; what carries out a decision of a body has it decided first."""
        by, decision = told.pop("by", self.sam), told.pop("decision", None)
        body = BODIES.get(move) or REFUSING.get(move)
        if decision is None and body is not None:
            decision = self.decided(body, day, "REJECTED" if move in REFUSING else "AGREED")
        taken = Taken(move, told.pop("key", None) or key(), SAID.get(move, {}))
        acting = on(by, day)
        return take_document_step(
            document=row, taken=taken, by=acting, at=at(day, 14), decision=decision or ""
        )

    def decided(self, body: str, day: dt.date = DAY, verb: str = "AGREED") -> str:
        of: Body = getattr(self, body)
        taken = records.Taken(verb, "The document", "So decided.", of, day, key())
        made = records.record_decision(taken=taken, by=on(self.sam, day), at=at(day, 14))
        return str(made.reference)

    def implemented(self, row: Document, day: dt.date = DAY, **told: Any) -> Step:
        by = on(told.pop("by", self.jo), day)
        return implement_document(document=row, key=told.pop("key", None) or key(), by=by, at=at(day, 15))

    def consulted(self, row: Document, day: dt.date = OVER) -> bool:
        """Let the consultation end by itself."""
        by = Acting(CODE, day, stands_for="Worker")
        return pass_clock_of_document(document=row, clock="consultation", by=by, at=at(day, 8))

    def in_force(self, kind: str = Document.METHODOLOGY, day: dt.date = DAY, **told: Any) -> Document:
        """Lead a document into force without consulting anybody."""
        row = self.drafted(kind, day=day, **told)
        self.put(row, "bring_at_once", day)
        for move in BODIES:
            self.step(row, move, day)
        self.implemented(row, day)
        return fresh(row)

    def commented(self, row: Document, words: str = "Too dear.", **told: Any) -> Comment:
        by, day = told.pop("by", self.ada), told.pop("day", DAY)
        form = told.pop("key", None) or key()
        return comment_on_document(document=row, words=words, key=form, by=on(by, day), at=at(day, 12))

    def answered(self, comment: Comment, words: str = "It pays for itself.", **told: Any) -> Reply:
        by, day = told.pop("by", self.sam), told.pop("day", DAY)
        form = told.pop("key", None) or key()
        return reply_to_comment(comment=comment, words=words, key=form, by=on(by, day), at=at(day, 13))


def made_cast() -> Cast:
    return Cast(of_risks.Cast(made_people()))


def fresh(row: Document) -> Document:
    related = ("course", "period", "draft", "revises", "body")
    found: Document = Document.objects.select_related(*related).get(pk=row.pk)
    return found


def stands(row: Document, day: dt.date = DAY) -> str:
    """Return the stage that a document stands in."""
    [stage] = standing_of(fresh(row).course, day).at.values()
    return stage


def acts() -> list[str]:
    """Return what the journal holds of this room, in order."""
    found = Entry.objects.filter(act__startswith="assessments.").order_by("seq")
    return [one.removeprefix("assessments.") for one in found.values_list("act", flat=True)]

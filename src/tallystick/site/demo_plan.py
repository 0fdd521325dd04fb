"""The documents of the demonstration's year: methodology and register in force, the plan in consultation."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import transaction

from tallystick.assessments.models import Document, Draft
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
from tallystick.processes.operations.courses import Taken
from tallystick.risks.models import OperatingPeriod
from tallystick.site.demo_story import ALDERBROOK, FELLSIDE, Story, august

KEYS = "demo-plan"
BUDGET = 67_500_00
FIRST = "The first of its kind: there is nothing before it, and the plan is put to everybody."
WAYS: tuple[tuple[str, str, str, Mapping[str, str]], ...] = (
    ("recommend", "PAB", "recommended", {}),
    (
        "parties_endorse",
        "PANEL",
        "endorsed for Parties",
        {"how": "Asked through the members that Parties elect; none objected."},
    ),
    ("panel_endorse", "PANEL", "endorsed by the Panel", {}),
)


@transaction.atomic
def make_plan(code: str) -> None:
    """Bring the first methodology and register into force, and put a plan out; what is there stays."""
    period = OperatingPeriod.objects.filter(code=code).first()
    if period is None or Document.objects.filter(code=code).exists():
        return
    story = Story(code, KEYS)
    _in_force(story, period, (Document.METHODOLOGY, "How risks are scored on steps of 1 to 5.", 16))
    _in_force(story, period, (Document.REGISTER, "The eight areas of the paper, scored from July.", 18))
    _draft(story, period, Saving(Terms(50_000_00), story.key(), "What the standard techniques cost."), 10)
    draft = _draft(story, period, _saving(story), 11)
    why = "What the board may spend in 2022-23, and where it takes off most."
    drafting = Drafting(Document.PLAN, why, story.key(), draft)
    row = draft_document(period=period, drafting=drafting, **story.told(story.jo, august(19, 12)))
    put_forward(document=row, taken=Taken("consult", story.key()), **story.told(story.jo, august(19, 13)))
    _said(story, row)


def _saving(story: Story) -> Saving:
    terms = Terms(
        BUDGET,
        levels={"R-02": "substantial"},
        hours={"small_supplier": Decimal(60)},
        fixed={"breach": False},
    )
    whys = {"breach": "Nobody plans a breach. It is declared where it has to be."}
    return Saving(terms, story.key(), "The provision of 2021, with no Small Supplier overburdened.", whys)


def _draft(story: Story, period: OperatingPeriod, saving: Saving, hour: int) -> Draft:
    return save_draft(period=period, saving=saving, **story.told(story.jo, august(19, hour)))


def _in_force(story: Story, period: OperatingPeriod, what: tuple[str, str, int]) -> None:
    """Let a document go its whole way, from a day of August on."""
    kind, why, day = what
    hours = iter(range(15, 24))

    def told() -> dict[str, Any]:
        return story.told(story.sam, august(day, next(hours)))

    row = draft_document(period=period, drafting=Drafting(kind, why, story.key()), **told())
    at_once = Taken("bring_at_once", story.key(), reason=FIRST)
    put_forward(document=row, taken=at_once, **told())
    for move, body, did, said in WAYS:
        at = august(day, next(hours))
        decision = story.decided(body, f"{row.title}: {did}", "AGREED to it as it stands.", at)
        taken, minute = Taken(move, story.key(), said), story.told(story.sam, at)
        take_document_step(document=row, taken=taken, decision=decision.reference, **minute)
    implement_document(document=row, key=story.key(), **told())


def _said(story: Story, row: Document) -> None:
    said = {
        FELLSIDE: "We would rather have the lists of devices each week than a comparison once a year.",
        ALDERBROOK: "The questionnaire on tenancy comes in June, when our teams change. September suits us.",
    }
    made = []
    for hour, (party, words) in enumerate(said.items(), start=9):
        told = story.told(story.delegates[party], august(20, hour))
        made.append(comment_on_document(document=row, words=words, key=story.key(), **told))
    answer = "The lists go out each month with the report. Weekly lists would cost four times as much."
    told = story.told(story.sam, august(20, 11))
    reply_to_comment(comment=made[0], words=answer, key=story.key(), **told)

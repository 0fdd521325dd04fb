"""How far the plan of a period has come: the steps of its endorsement in words."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from django.utils import timezone

from tallystick.assessments.models import Document, Draft
from tallystick.assessments.planning.seen import stages
from tallystick.risks.models import OperatingPeriod

STEPS = (
    "Risks scored",
    "Plan drafted",
    "Consulted",
    "Board recommends",
    "Parties and Panel endorse",
    "In force",
)
# By the stage of its document, the step that the plan is at; what has ended aside is at none of its own.
AT = {
    "drafted": 1,
    "consulting": 2,
    "consulted": 3,
    "recommended": 4,
    "endorsed_by_parties": 4,
    "endorsed": 5,
    "in_force": 5,
    "superseded": 5,
    "over": 5,
}
SAYS = {
    "consulting": "under way",
    "consulted": "is to decide",
    "recommended": "Parties next",
    "endorsed_by_parties": "the Panel next",
    "superseded": "superseded",
    "over": "its period is over",
    "withdrawn": "withdrawn",
    "refused": "refused",
}


class Step(NamedTuple):
    """A step: its words, whether it is done or now, and what is said of it."""

    title: str
    state: str
    says: str


def progress(
    period: OperatingPeriod, scored: int, draft: Draft | None, plans: Sequence[Document]
) -> list[Step]:
    """Return the steps of the plan of a period, as far as a draft has come.

    :param scored: of how many risks the scores are known
    :param plans: the documents of its kind, the latest first
    """
    own = next((one for one in plans if draft is not None and one.draft_id == draft.pk), None)
    stage = stages([own]).get(own.pk, "") if own else ""
    now = AT.get(stage, 1 if scored else 0)
    says = _says(period, scored, draft)
    if own is not None and stage in SAYS:
        says[now] = f"{says[now]}, {SAYS[stage]}" if says[now] else SAYS[stage]
    if own is not None and own.from_on is not None:
        says[-1] = f"since {_day(own.from_on)}" if own.until_on is None else f"until {_day(own.until_on)}"
    states = ["done" if place < now else "now" if place == now else "" for place in range(len(STEPS))]
    return [Step(*told) for told in zip(STEPS, states, says, strict=True)]


def _says(period: OperatingPeriod, scored: int, draft: Draft | None) -> list[str]:
    saved = f"draft {draft.number}, {_day(timezone.localtime(draft.at).date())}" if draft else "not saved"
    return [
        f"{scored} risks" if scored else "none yet",
        saved,
        "15 working days",
        "",
        "",
        _day(period.from_on),
    ]


def _day(one: dt.date) -> str:
    return f"{one.day} {one:%b %Y}"

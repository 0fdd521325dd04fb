"""What the demonstration lets parties off: leave in force, leave refused, and forbearance."""

import datetime as dt
from decimal import Decimal
from typing import Any

from django.db import transaction
from django.utils import timezone

from tallystick.cases.models import Case
from tallystick.decisions.models import Decision
from tallystick.derogations.drafts import Drafted
from tallystick.derogations.models import Derogation, Forbearance
from tallystick.derogations.operations.drafting import draft_derogation
from tallystick.derogations.operations.forbearing import (
    Proposal,
    propose_forbearance,
    take_forbearance_step,
)
from tallystick.derogations.operations.granting import Granting, grant_derogation
from tallystick.derogations.operations.moving import submit_derogation, take_derogation_step
from tallystick.parties.models import Organisation
from tallystick.processes.operations.courses import Taken
from tallystick.site.demo_story import ALDERBROOK, FELLSIDE, Story, august

KEYS = "demo-leave"
FORECASTS = "FCT-SR"
# The minutes name the month of the Panel's decision alone; the day of its review is made up.
DECIDED_ON, REVIEW_ON = dt.date(2021, 1, 15), dt.date(2021, 10, 15)
GRANTED_UNTIL = dt.date(2021, 12, 31)


@transaction.atomic
def make_leave(code: str) -> Decision | None:
    """Plant them, and give the decision that refused one; what is there stays as it is."""
    if Forbearance.objects.filter(code=code, key=f"{KEYS}-1").exists():
        return None
    story = Story(code, KEYS)
    _forborne(story)
    _granted(story)
    return _refused(story)


def _forborne(story: Story) -> None:
    at = timezone.make_aware(dt.datetime.combine(DECIDED_ON, dt.time(9)))
    why = (
        "Forecasts of Service Requests were at 17% of what came, and the report on them was of limited use. "
        "Pursuing single parties would not mend them."
    )
    proposal = Proposal(FORECASTS, why, story.key())
    row = propose_forbearance(proposal=proposal, **story.told(story.jo, at))
    text = "The Panel AGREED not to actively pursue compliance with the forecasting obligations for now."
    decision = story.decided("PANEL", "Forecasts of Service Requests", text, at.replace(hour=13))
    said = {"reasons": "The obligation stands; the way forecasts are made is looked at first."}
    taken = Taken("decide", story.key(), said, {"review": REVIEW_ON})
    told = story.told(story.sam, at.replace(hour=15))
    take_forbearance_step(forbearance=row, taken=taken, decision=decision.reference, **told)


def _granted(story: Story) -> None:
    """Let a party fit other hubs than its areas need while the right ones are scarce."""
    drafted = _drafted(
        story,
        FELLSIDE,
        ("OBL-AREA-B", "AREA-B", Decimal(80)),
        scope="Hubs that are fitted in mesh areas of the two northern regions.",
        days=(dt.date(2021, 8, 19), dt.date(2021, 12, 31)),
        justification="Mesh hubs are delivered in small lots until November.",
        control="Each home is listed, and visited again within three months.",
        conditions="The list of homes is sent each month.",
        case=Case.objects.filter(code=story.code, party__name=FELLSIDE, area="b", closed_at=None).first(),
    )
    row = _assessed(story, drafted, august(17, 15), "About 60 homes a month, which would wait without a hub.")
    text = "The board APPROVED it to the end of 2021, as the homes are listed and visited again."
    title = "Leave for hubs in mesh areas"
    decision = story.decided("PAB", title, text, august(19, 11), "APPROVED", FELLSIDE)
    conditions = "The list of homes is sent by the fifth working day of each month."
    granting = Granting(conditions, decision.reference, story.key(), GRANTED_UNTIL)
    grant_derogation(derogation=row, granting=granting, **story.told(story.sam, august(19, 14)))


def _refused(story: Story) -> Decision:
    drafted = _drafted(
        story,
        ALDERBROOK,
        ("OBL-AREA-E", "AREA-E2", Decimal(85)),
        scope="Devices that are removed by contractors.",
        days=(dt.date(2021, 8, 16), dt.date(2022, 3, 31)),
        justification="Two contractors report what they removed once a month.",
        control="The contracts are being changed.",
    )
    row = _assessed(story, drafted, august(6, 15), "The inventory would be wrong by some 40 devices a month.")
    text = "The board REJECTED it: a contract is the party's own to change, and others pay for the errors."
    title = "No leave for removed devices"
    decision = story.decided("PAB", title, text, august(10, 11), "REJECTED", ALDERBROOK)
    said = {"reasons": "What contractors report is the party's to arrange."}
    told = story.told(story.sam, august(10, 14))
    taken = Taken("refuse", story.key(), said)
    take_derogation_step(derogation=row, taken=taken, decision=decision.reference, **told)
    return decision


def _drafted(
    story: Story, party: str, asked: tuple[str, str, Decimal], *, days: tuple[dt.date, dt.date], **told: Any
) -> Drafted:
    """Return what is asked for: leave under an obligation, with the level asked for of a measure of it."""
    obligation, measure, level = asked
    of = Organisation.objects.get(name=party)
    own: dict[str, Any] = {"measure": measure, "level": level, "from_on": days[0], "until_on": days[1]}
    return Drafted(party=of, obligation=obligation, key=story.key(), **own, **told)


def _assessed(story: Story, drafted: Drafted, at: dt.datetime, impact: str) -> Derogation:
    """Let the party ask, and the office say on the next working day whom it touches."""
    own = story.told(story.delegates[drafted.party.name], at)
    row = draft_derogation(drafted=drafted, **own)
    submit_derogation(derogation=row, key=story.key(), **own)
    taken = Taken("assess", story.key(), {"impact": impact})
    days = 3 if at.isoweekday() == dt.date(2021, 8, 6).isoweekday() else 1
    later = story.told(story.jo, at + dt.timedelta(days=days))
    take_derogation_step(derogation=row, taken=taken, **later)
    return row

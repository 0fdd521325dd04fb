"""An effect that was found is accepted for the plans of a period or declined, by a person who says why."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal

from django.db import transaction

from tallystick.assessments.models import EffectAnswer
from tallystick.assessments.planning.experience import Experience, experiences
from tallystick.assessments.planning.operations.rows import (
    LONGEST,
    class_for,
    enter,
    locked_period,
    person_of,
)
from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.risks.models import OperatingPeriod


class UnableToAnswerEffect(Exception):
    """Nothing is proposed, something else was found meanwhile, or nothing is said why."""


@dataclass(frozen=True)
class Answering:
    """The answer to an effect: `shown` is the digest of what whoever answers was shown."""

    technique: str
    risk: str
    shown: str
    is_accepted: bool
    reason: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def answer_effect(
    *, period: OperatingPeriod, answering: Answering, by: Acting, at: dt.datetime
) -> EffectAnswer:
    """Accept an effect for the plans drawn from now on for a period, or decline it: the rulebook's counts.

    :raises UnableToAnswerEffect: if it cannot be so
    """
    person = person_of(by, answering.key, UnableToAnswerEffect)
    held = locked_period(period)
    there: EffectAnswer | None = EffectAnswer.objects.filter(by=person, key=answering.key).first()
    if there is not None:
        if (there.period_id, *_said(there)) != (held.pk, *_said(answering)):
            raise UnableToAnswerEffect("This form answered something else before. Open the page again.")
        return there
    of, share = _proposed(held, answering, by)
    before = EffectAnswer.objects.filter(period=held, technique=of.technique, risk=of.risk)
    made = EffectAnswer(code=by.code, classification=class_for(by), body_id=held.body_id, period=held)
    made.technique, made.risk, made.number = of.technique, of.risk, before.count() + 1
    made.stated, made.found = dict(of.stated), of.told
    made.proposed = share
    made.is_accepted, made.reason = answering.is_accepted, answering.reason.strip()
    made.by, made.at, made.key = person, at, answering.key
    made.save(force_insert=True)
    verb = "accepted" if made.is_accepted else "declined"
    said = f"{verb} {made.proposed} as the effect of {of.title} on {of.risk} for {held.name}"
    facts = {"period": held.name, "technique": of.technique, "risk": of.risk, "number": made.number}
    facts |= {"proposed": str(made.proposed), "stated": made.stated, "answer": verb}
    enter("answer_effect", made, by, at, said, {**facts, **named(*worded(made, "reason"))})
    return made


def _proposed(period: OperatingPeriod, answering: Answering, by: Acting) -> tuple[Experience, Decimal]:
    """Return what is answered, as it stands, with the share that it proposes.

    :raises UnableToAnswerEffect: if nothing is proposed, another thing than was shown, or nothing is said why
    """
    if not answering.reason.strip() or len(answering.reason) > LONGEST:
        raise UnableToAnswerEffect(f"Say why, in {LONGEST:,} characters at most.")
    wanted = (answering.technique, answering.risk)
    of = next((one for one in experiences(by, period) if (one.technique, one.risk) == wanted), None)
    if of is None or of.proposed is None:
        raise UnableToAnswerEffect("No effect of this technique on this risk is proposed.")
    if of.digest != answering.shown:
        raise UnableToAnswerEffect("Something else was found since the page was opened. Look at it again.")
    return of, of.proposed


def _said(one: EffectAnswer | Answering) -> tuple[str, str, bool, str]:
    return one.technique, one.risk, one.is_accepted, one.reason.strip()

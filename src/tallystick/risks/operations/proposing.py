"""A likelihood is proposed from findings, and accepted or declined by a person who says why."""

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from django.db import transaction

from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.risks.methods import value_of_period
from tallystick.risks.models import Answer, OperatingPeriod, Proposal, Risk, Wording
from tallystick.risks.operations.entries import enter, locked_register, person_of
from tallystick.risks.scoring.likelihood import Prior, Proposed, Seen, UnableToPropose, propose
from tallystick.risks.seen import Counted, counted
from tallystick.risks.words import LONGEST
from tallystick.rulebook.scoring import Grid

PLACES = Decimal("0.000001")


class UnableToProposeLikelihood(Exception):
    """No indicator was seen yet, the prior cannot be, the method has no steps, or the risk has ended."""


class UnableToAnswer(Exception):
    """It was answered before, nothing is said why, or it is not the office that answers."""


@dataclass(frozen=True)
class Asked:
    """The prior in months of parties as if seen before, with a finding and without."""

    found: Fraction
    clear: Fraction
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def propose_likelihood(
    *, risk: Risk, period: OperatingPeriod, asked: Asked, by: Acting, at: dt.datetime
) -> Proposal:
    """Propose the likelihood of a risk in a year from what its indicators showed. Nothing is scored by it.

    :raises UnableToProposeLikelihood: if it cannot be so
    """
    person = person_of(by, asked.key, UnableToProposeLikelihood)
    locked_register(by.code)
    there = _before(risk, period, asked, person)
    if there is not None:
        return there
    held = Risk.objects.get(pk=risk.pk)
    if held.ended_on is not None or held.code != by.code or period.code != by.code:
        raise UnableToProposeLikelihood(f"{held.reference} is not in the register any more.")
    method = value_of_period(period)
    if method is None or not isinstance(method[1], Grid):
        raise UnableToProposeLikelihood("The method of the period has no steps of likelihood.")
    found = counted(by.code, Wording.objects.filter(risk=held).latest("number").indicators)
    if found is None:
        raise UnableToProposeLikelihood(f"No month has landed a figure of an indicator of {held.reference}.")
    try:
        told = propose(Prior(asked.found, asked.clear), Seen(found.seen, found.found))
    except UnableToPropose as refusal:
        raise UnableToProposeLikelihood(str(refusal)) from None
    made = _row(held, period, asked, found, told)
    made.method_on, made.step = method[0], method[1].step_of(made.year)
    made.by, made.at = person, at
    made.save(force_insert=True)
    said = f"proposed likelihood {made.step} for {held.reference} from {found.found} of {found.seen} months"
    enter("propose_likelihood", made, by, at, said, _facts(made))
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def answer_likelihood(
    *, proposal: Proposal, is_accepted: bool, reason: str, key: str, by: Acting, at: dt.datetime
) -> Answer:
    """Accept or decline a proposed likelihood, saying why.

    :raises UnableToAnswer: if it was answered before, or nothing is said why
    """
    person = person_of(by, key, UnableToAnswer)
    locked_register(by.code)
    held = (
        Proposal.objects.select_for_update(of=("self",)).select_related("risk", "period").get(pk=proposal.pk)
    )
    there: Answer | None = Answer.objects.filter(proposal=held).first()
    if there is not None:
        if (there.by_id, there.key, there.is_accepted) == (person.pk, key, is_accepted):
            return there
        raise UnableToAnswer("It was answered before. Propose another, if more was seen since.")
    if held.code != by.code:
        raise UnableToAnswer("It stands in the register of another code.")
    if not reason.strip() or len(reason) > LONGEST:
        raise UnableToAnswer(f"Say why, in {LONGEST} characters at most.")
    made = Answer(
        code=held.code,
        classification=held.classification,
        body_id=held.body_id,
        proposal=held,
        is_accepted=is_accepted,
        reason=reason.strip(),
        by=person,
        at=at,
        key=key,
    )
    made.save(force_insert=True)
    verb = "accepted" if is_accepted else "declined"
    said = f"{verb} likelihood {held.step} proposed for {held.risk.reference}"
    told = {"risk": held.risk.reference, "period": held.period.name, "proposal": held.number}
    enter("answer_likelihood", made, by, at, said, {**told, "answer": verb, **named(*worded(made, "reason"))})
    return made


def _before(risk: Risk, period: OperatingPeriod, asked: Asked, person: Person) -> Proposal | None:
    """Return what the form proposed before.

    :raises UnableToProposeLikelihood: if it asked something else then
    """
    there: Proposal | None = Proposal.objects.filter(by=person, key=asked.key).first()
    if there is None:
        return None
    told = (risk.pk, period.pk, str(asked.found), str(asked.clear))
    if told != (there.risk_id, there.period_id, there.prior_found, there.prior_clear):
        raise UnableToProposeLikelihood("This form proposed something else before. Open the page again.")
    return there


def _row(risk: Risk, period: OperatingPeriod, asked: Asked, found: Counted, told: Proposed) -> Proposal:
    return Proposal(
        code=risk.code,
        classification=Proposal.AMBER,
        body_id=period.body_id,
        risk=risk,
        period=period,
        number=Proposal.objects.filter(risk=risk, period=period).count() + 1,
        prior_found=str(asked.found),
        prior_clear=str(asked.clear),
        first=found.first,
        last=found.last,
        seen=found.seen,
        found=found.found,
        findings=list(found.findings),
        month=_decimal(told.month),
        low=Decimal(str(told.low)),
        high=Decimal(str(told.high)),
        year=min(_decimal(told.year), Decimal(1)),
        method=period.method,
        key=asked.key,
    )


def _decimal(share: Fraction) -> Decimal:
    return (Decimal(share.numerator) / Decimal(share.denominator)).quantize(PLACES)


def _facts(made: Proposal) -> dict[str, object]:
    told = {"risk": made.risk.reference, "period": made.period.name, "proposal": made.number}
    told |= {"prior": [made.prior_found, made.prior_clear], "seen": made.seen, "found": made.found}
    told |= {"months": [made.first, made.last], "findings": made.findings}
    return {
        **told,
        **{name: str(getattr(made, name)) for name in ("month", "low", "high", "year")},
        "step": made.step,
    }

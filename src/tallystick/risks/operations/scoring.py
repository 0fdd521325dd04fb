"""The office scores a risk for a period, and scores a period again under another method."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from django.db import transaction

from tallystick.decisions.worded import named, worded
from tallystick.parties.acting import Acting
from tallystick.parties.models import Person
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.risks.methods import Method, amount, value_of, value_of_period
from tallystick.risks.models import OperatingPeriod, Risk, Score, Wording
from tallystick.risks.operations.entries import enter, locked_register, person_of
from tallystick.risks.scoring.reckoned import MOST, Reckoned, UnableToReckon, asked, reckon
from tallystick.risks.words import LONGEST

WAYS = ("rises", "steady", "falls")


class UnableToScoreRisk(Exception):
    """An answer is none of the method's, nothing is said why, or the risk is not to be scored so."""


@dataclass(frozen=True)
class Scored:
    """The answers as the form has them, by the names that `scoring.reckoned` asks; with what holds the risk.

    `method` is a key of the rulebook. `appetite` and `target` are scores of the same method. `heading` says
    of drivers whether they rise, are steady or fall.
    """

    method: str
    inputs: Mapping[str, str]
    appetite: Decimal
    target: Decimal
    control: str
    reason: str
    key: str
    heading: Mapping[str, str] = field(default_factory=dict)


@transaction.atomic
@unscoped(BY_AN_ACT)
def score_risk(*, risk: Risk, period: OperatingPeriod, scored: Scored, by: Acting, at: dt.datetime) -> Score:
    """Score a risk by the method of its period. It is a draft until the register of the period is approved.

    :raises UnableToScoreRisk: if it cannot be so
    """
    value = value_of_period(period)
    if scored.method != period.method or value is None:
        raise UnableToScoreRisk(f"{period.name} is scored by another method. Score it again under this one.")
    made, is_new = _scored(risk, period, scored, (by, at), value)
    if is_new:
        scores = f"{amount(value[1], made.net)} net, {amount(value[1], made.inherent)} inherent"
        said = f"scored {risk.reference} for {period.name}: {scores}"
        enter("score_risk", made, by, at, said, _facts(made))
    return made


@transaction.atomic
@unscoped(BY_AN_ACT)
def score_again(*, risk: Risk, period: OperatingPeriod, scored: Scored, by: Acting, at: dt.datetime) -> Score:
    """Score a risk of a period again under another method, or another version; what stood stays beside it.

    :raises UnableToScoreRisk: if it cannot be so, or was never scored for the period
    """
    value, own = value_of(by.code, scored.method, by.day), value_of_period(period)
    if value is None:
        raise UnableToScoreRisk(f"The code has no way to score {scored.method[:60]!r} on this day.")
    if scored.method == period.method and own is not None and value[0] == own[0]:
        raise UnableToScoreRisk(f"{period.name} is scored by this method: score it, not again.")
    if not Score.objects.filter(risk=risk, period=period).exists():
        raise UnableToScoreRisk(f"{risk.reference} was not scored for {period.name}: there is nothing again.")
    made, is_new = _scored(risk, period, scored, (by, at), value, again=True)
    if is_new:
        net = f"{amount(value[1], made.net)} net"
        said = f"scored {risk.reference} for {period.name} again under {made.method}: {net}"
        enter("score_again", made, by, at, said, _facts(made))
    return made


def _scored(
    risk: Risk,
    period: OperatingPeriod,
    scored: Scored,
    doing: tuple[Acting, dt.datetime],
    value: tuple[dt.date, Method],
    *,
    again: bool = False,
) -> tuple[Score, bool]:
    """Write a score by a method's value, and tell whether it was written now."""
    (by, at), (since, method) = doing, value
    person = person_of(by, scored.key, UnableToScoreRisk)
    locked_register(by.code)
    there = _before(risk, period, scored, person)
    if there is not None:
        return there, False
    _check(risk, period, scored, by)
    try:
        reckoned = reckon(method, scored.inputs, risk.reference)
    except UnableToReckon as refusal:
        raise UnableToScoreRisk(str(refusal)) from None
    made = _row(risk, period, scored, reckoned)
    made.method_on, made.inputs, made.again = (
        since,
        {name: scored.inputs[name] for name in asked(method)},
        again,
    )
    made.by, made.at = person, at
    made.save(force_insert=True)
    return made, True


def _row(risk: Risk, period: OperatingPeriod, scored: Scored, reckoned: Reckoned) -> Score:
    return Score(
        code=risk.code,
        classification=risk.classification,
        body_id=period.body_id,
        risk=risk,
        period=period,
        number=Score.objects.filter(risk=risk, period=period).count() + 1,
        method=scored.method,
        drawn=reckoned.drawn,
        inherent=reckoned.inherent,
        net=reckoned.net,
        appetite=scored.appetite,
        target=scored.target,
        control=scored.control.strip(),
        heading=dict(scored.heading),
        reason=scored.reason.strip(),
        key=scored.key,
    )


def _before(risk: Risk, period: OperatingPeriod, scored: Scored, person: Person) -> Score | None:
    """Return what the form scored before.

    :raises UnableToScoreRisk: if it said something else then
    """
    there: Score | None = Score.objects.filter(by=person, key=scored.key).select_related("risk").first()
    if there is None:
        return None
    told = (risk.pk, period.pk, scored.method, scored.appetite, scored.target)
    said = (dict(scored.inputs), dict(scored.heading), scored.control.strip(), scored.reason.strip())
    if told != (there.risk_id, there.period_id, there.method, there.appetite, there.target) or said != (
        there.inputs,
        there.heading,
        there.control,
        there.reason,
    ):
        raise UnableToScoreRisk(f"This form scored {there.risk.reference} before. Open the page again.")
    return there


def _check(risk: Risk, period: OperatingPeriod, scored: Scored, by: Acting) -> None:
    held = Risk.objects.get(pk=risk.pk)
    if held.code != by.code or period.code != by.code:
        raise UnableToScoreRisk("It stands in the register of another code.")
    if held.ended_on is not None:
        raise UnableToScoreRisk(f"{held.reference} was split or merged: score what came of it.")
    for what, said in (("what holds it", scored.control), ("why", scored.reason)):
        if not said.strip() or len(said) > LONGEST:
            raise UnableToScoreRisk(f"Say {what}, in {LONGEST} characters at most.")
    if not all(one.is_finite() and 0 <= one < MOST for one in (scored.appetite, scored.target)):
        raise UnableToScoreRisk("Appetite and target are not below nothing.")
    drivers = Wording.objects.filter(risk=held).latest("number").drivers
    if any(name not in drivers or way not in WAYS for name, way in scored.heading.items()):
        raise UnableToScoreRisk("Only the risk's own drivers rise, are steady or fall.")


def _facts(made: Score) -> dict[str, object]:
    told = {"risk": made.risk.reference, "period": made.period.name, "number": made.number}
    told |= {"method": made.method, "method_on": str(made.method_on), "inputs": made.inputs}
    told |= {"drawn": made.drawn} if made.drawn else {}
    told |= {name: str(getattr(made, name)) for name in ("inherent", "net", "appetite", "target")}
    return {**told, "heading": made.heading, **named(*worded(made, "control", "reason"))}

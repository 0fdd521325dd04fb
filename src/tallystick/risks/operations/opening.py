"""The office opens the register of an operating period, the first one from the rulebook's risks."""

import datetime as dt
import re
from dataclasses import dataclass

from django.db import transaction

from tallystick.decisions.worded import named
from tallystick.parties.acting import Acting
from tallystick.parties.models import Body
from tallystick.parties.policy.guard import BY_AN_ACT, unscoped
from tallystick.parties.rulebooks import rulebook_of
from tallystick.processes import decided
from tallystick.risks.models import OperatingPeriod, Risk
from tallystick.risks.operations.entries import (
    Writing,
    class_for,
    enter,
    locked_register,
    person_of,
    places,
    written_risk,
)
from tallystick.risks.words import of_rulebook

NAME = re.compile(r"[0-9A-Za-z-]{1,20}")


class UnableToOpenRegister(Exception):
    """The period has no name or days, meets another, or the code has no such method or body."""


@dataclass(frozen=True)
class Opened:
    """A period as the form has it: its name, its days, the method of its scores, the body they go before."""

    name: str
    from_on: dt.date
    until_on: dt.date
    method: str
    body: str
    key: str


@transaction.atomic
@unscoped(BY_AN_ACT)
def open_register(*, opened: Opened, by: Acting, at: dt.datetime) -> OperatingPeriod:
    """Open the register of a period. Risks go on; those of the rulebook that are not there yet are added.

    :raises UnableToOpenRegister: if it cannot be so
    """
    person = person_of(by, opened.key, UnableToOpenRegister)
    locked_register(by.code)
    there: OperatingPeriod | None = OperatingPeriod.objects.filter(opened_by=person, key=opened.key).first()
    if there is not None:
        if (there.name, there.from_on, there.until_on) != (opened.name, opened.from_on, opened.until_on):
            raise UnableToOpenRegister(f"This form opened {there.name} before. Open the page again.")
        return there
    body = _checked(opened, by)
    period = OperatingPeriod(
        code=by.code,
        classification=class_for(by),
        publicity=OperatingPeriod.ISSUED,
        body=body,
        name=opened.name,
        from_on=opened.from_on,
        until_on=opened.until_on,
        method=opened.method,
        opened_by=person,
        opened_on=by.day,
        opened_at=at,
        key=opened.key,
    )
    period.save(force_insert=True)
    added, words = _from_rulebook(Writing(by, at, "As the code begins with it.", opened.key, body.pk))
    said = f"opened the register of {period.name} with {len(added)} risks of the rulebook"
    facts = {"period": period.name, "from_on": str(period.from_on), "until_on": str(period.until_on)}
    facts |= {"method": period.method, "body": body.key}
    enter("open_register", period, by, at, said, {**facts, "risks": added, **named(*words)})
    return period


def _from_rulebook(told: Writing) -> tuple[list[str], list[str]]:
    """Write the risks of the rulebook that the register has not; return references, and where words stand."""
    code = told.by.code
    known = set(Risk.objects.filter(code=code).values_list("reference", flat=True))
    added, words = [], []
    for reference, text in sorted(rulebook_of(code).risks.items()):
        if reference not in known:
            _, wording = written_risk(reference, of_rulebook(text), told, class_for(told.by))
            added.append(reference)
            words += places(wording)
    return added, words


def _checked(opened: Opened, by: Acting) -> Body:
    if not NAME.fullmatch(opened.name):
        raise UnableToOpenRegister("Name the period in letters, digits and hyphens, such as 2022-23.")
    if opened.until_on <= opened.from_on:
        raise UnableToOpenRegister("A period ends after it begins.")
    method = rulebook_of(by.code).scoring.get(opened.method)
    if method is None or min(method.values) > by.day:
        raise UnableToOpenRegister(f"The code has no way to score {opened.method[:60]!r} on this day.")
    others = OperatingPeriod.objects.filter(code=by.code)
    meets = others.filter(from_on__lte=opened.until_on, until_on__gte=opened.from_on).first()
    meets = meets or others.filter(name=opened.name).first()
    if meets is not None:
        raise UnableToOpenRegister(f"{meets.name} is open from {meets.from_on} until {meets.until_on}.")
    body = decided.body_of(by.code, opened.body, by.day)
    if body is None:
        raise UnableToOpenRegister(f"The code has no body {opened.body[:60]!r} on this day.")
    return body
